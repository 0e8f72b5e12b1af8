import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const ugcntrd: readonly LineDecoder[] = [
  {
    kind: 'ugcntrd',
    names: ['+UGCNTRD'],
    specification: 'u-blox cellular modules AT commands manual, +UGCNTRD',
    decode: (rest) =>
      readFields(
        rest,
        [
          ['cid', whole],
          ['sessionTxBytes', whole],
          ['sessionRxBytes', whole],
          ['totalTxBytes', whole],
          ['totalRxBytes', whole],
        ],
        5,
      ),
  },
];
