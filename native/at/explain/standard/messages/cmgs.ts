import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const cmgs: readonly LineDecoder[] = [
  {
    kind: 'cmgs',
    names: ['+CMGS', '+CMSS'],
    specification: '3GPP TS 27.005 §3.5.1',
    decode: (rest) => readFields(rest, [['messageReference', whole]]),
  },
];
