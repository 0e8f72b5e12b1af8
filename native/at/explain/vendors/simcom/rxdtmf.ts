import type { LineDecoder } from '../../explanation.ts';

export const rxdtmf: readonly LineDecoder[] = [
  {
    kind: 'rxdtmf-urc',
    names: ['+RXDTMF'],
    specification: 'SIMCom AT commands manuals, +RXDTMF',
    decode: (rest) => (/^[0-9A-D*#]$/i.test(rest) ? { dtmf: rest.toUpperCase() } : null),
  },
];
