import type { LineDecoder } from '../../explanation.ts';
import { choice, readFields, whole } from '../../readers.ts';

export const cemode: readonly LineDecoder[] = [
  {
    kind: 'cemode',
    names: ['+CEMODE'],
    specification: '3GPP TS 27.007 §10.1.28',
    decode: (rest) =>
      readFields(rest.replace(/^(.*)$/, '$1,$1'), [
        ['modeOfOperation', whole],
        ['mode', choice(['ps-2', 'cs-ps-1', 'cs-ps-2', 'ps-1'])],
      ]),
  },
];
