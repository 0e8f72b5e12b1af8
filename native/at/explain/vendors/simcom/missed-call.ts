import type { LineDecoder } from '../../explanation.ts';

export const missedCall: readonly LineDecoder[] = [
  {
    kind: 'missed-call-urc',
    names: ['MISSED_CALL'],
    specification: 'SIMCom AT commands manuals, MISSED_CALL',
    decode: (rest) => (rest === '' ? null : { details: rest.slice(0, 200) }),
  },
];
