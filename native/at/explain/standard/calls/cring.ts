import type { LineDecoder } from '../../explanation.ts';

export const cring: readonly LineDecoder[] = [
  {
    kind: 'cring-urc',
    names: ['+CRING'],
    specification: '3GPP TS 27.007 §6.11',
    decode: (rest) => (rest === '' ? null : { type: rest }),
  },
];
