import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole, word } from '../../readers.ts';

export const qpinc: readonly LineDecoder[] = [
  {
    kind: 'qpinc',
    names: ['+QPINC'],
    specification: 'Quectel AT commands manuals, +QPINC',
    decode: (rest) =>
      readFields(
        rest,
        [
          ['facility', word],
          ['retries', whole],
          ['pukRetries', whole],
        ],
        2,
      ),
  },
];
