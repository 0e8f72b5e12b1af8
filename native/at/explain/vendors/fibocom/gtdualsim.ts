import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole, word } from '../../readers.ts';

export const gtdualsim: readonly LineDecoder[] = [
  {
    kind: 'gtdualsim',
    names: ['+GTDUALSIM'],
    specification: 'Fibocom FM350 and L8 AT commands manuals, +GTDUALSIM',
    decode: (rest) =>
      readFields(rest, [
        ['slot', whole],
        ['state', word],
      ]),
  },
];
