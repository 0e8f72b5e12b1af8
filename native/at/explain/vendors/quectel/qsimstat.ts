import type { LineDecoder } from '../../explanation.ts';
import { flag, readFields } from '../../readers.ts';

export const qsimstat: readonly LineDecoder[] = [
  {
    kind: 'qsimstat',
    names: ['+QSIMSTAT'],
    specification: 'Quectel AT commands manuals, +QSIMSTAT',
    decode: (rest) =>
      readFields(rest, [
        ['reporting', flag],
        ['inserted', flag],
      ]),
  },
];
