import type { LineDecoder } from '../../explanation.ts';
import { flag, readFields } from '../../readers.ts';

export const qusim: readonly LineDecoder[] = [
  {
    kind: 'qusim',
    names: ['+QUSIM'],
    specification: 'Quectel AT commands manuals, +QUSIM',
    decode: (rest) => readFields(rest, [['initialised', flag]]),
  },
];
