import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole, word } from '../../readers.ts';

export const cpbs: readonly LineDecoder[] = [
  {
    kind: 'cpbs',
    names: ['+CPBS'],
    specification: '3GPP TS 27.007 §8.11',
    decode: (rest) =>
      readFields(rest, [
        ['storage', word],
        ['used', whole],
        ['total', whole],
      ]),
  },
];
