import type { LineDecoder } from '../../explanation.ts';
import { readFields, word } from '../../readers.ts';

export const zpas: readonly LineDecoder[] = [
  {
    kind: 'zpas',
    names: ['+ZPAS'],
    specification: 'ZTE AT commands reference guide, +ZPAS',
    decode: (rest) =>
      readFields(rest, [
        ['technology', word],
        ['domain', word],
      ]),
  },
];
