import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole, word } from '../../readers.ts';

export const sind: readonly LineDecoder[] = [
  {
    kind: 'sind',
    names: ['^SIND'],
    specification: 'Cinterion AT command set, ^SIND',
    decode: (rest) =>
      readFields(
        rest,
        [
          ['description', word],
          ['mode', whole],
          ['value', whole],
        ],
        2,
      ),
  },
];
