import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { whole, word } from '../../readers.ts';

export const cnum: readonly LineDecoder[] = [
  {
    kind: 'cnum',
    names: ['+CNUM'],
    specification: '3GPP TS 27.007 §7.1',
    decode(rest) {
      const [name = '', number = '', type = ''] = splitFields(rest);
      return number === '' ? null : { numbers: [number], name: word(name), type: whole(type) };
    },
  },
];
