import type { LineDecoder } from '../../explanation.ts';
import { readFields, signed } from '../../readers.ts';

export const zrssi: readonly LineDecoder[] = [
  {
    kind: 'zrssi',
    names: ['+ZRSSI'],
    specification: 'ZTE AT commands reference guide, +ZRSSI',
    decode: (rest) =>
      readFields(rest, [
        ['first', signed],
        ['second', signed],
        ['third', signed],
      ]),
  },
];
