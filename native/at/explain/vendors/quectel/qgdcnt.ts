import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const qgdcnt: readonly LineDecoder[] = [
  {
    kind: 'qgdcnt',
    names: ['+QGDCNT'],
    specification: 'Quectel AT commands manuals, +QGDCNT',
    decode: (rest) =>
      readFields(
        rest,
        [
          ['sent', whole],
          ['received', whole],
        ],
        2,
      ),
  },
];
