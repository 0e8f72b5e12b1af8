import { decodeHexText } from '../../charset.ts';
import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole, word } from '../../readers.ts';

export const csca: readonly LineDecoder[] = [
  {
    kind: 'csca',
    names: ['+CSCA'],
    specification: '3GPP TS 27.005 §3.3.1',
    decode: (rest) =>
      readFields(rest, [
        ['number', (text) => word(decodeHexText(text))],
        ['type', whole],
      ]),
  },
];
