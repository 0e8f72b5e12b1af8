import type { LineDecoder } from '../../explanation.ts';

export const simcard: readonly LineDecoder[] = [
  {
    kind: 'simcard',
    names: ['+SIMCARD'],
    specification: 'SIMCom AT commands manuals, +SIMCARD',
    decode: (rest) => ({ available: !/NOT AVAILABLE/i.test(rest), text: rest.slice(0, 80) }),
  },
];
