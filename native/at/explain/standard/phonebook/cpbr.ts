import { splitFields } from '../../../line-fields.ts';
import { decodeHexText } from '../../charset.ts';
import type { LineDecoder } from '../../explanation.ts';
import { whole, word } from '../../readers.ts';

export const cpbr: readonly LineDecoder[] = [
  {
    kind: 'cpbr',
    names: ['+CPBR', '+CPBF'],
    specification: '3GPP TS 27.007 §8.12',
    decode(rest) {
      const fields = splitFields(rest);
      const [index = '', number = '', type = '', text = ''] = fields;
      const place = whole(index);
      if (place === null || fields.length < 4) return null;
      return { entries: [{ index: place, number: word(number), type: whole(type), text: decodeHexText(text) }] };
    },
  },
];
