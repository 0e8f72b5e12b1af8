import type { LineDecoder } from '../../explanation.ts';
import { choice, readFields } from '../../readers.ts';

export const cmgf: readonly LineDecoder[] = [
  {
    kind: 'cmgf',
    names: ['+CMGF'],
    specification: '3GPP TS 27.005 §3.2.3',
    decode: (rest) => readFields(rest, [['mode', choice(['pdu', 'text'])]]),
  },
];
