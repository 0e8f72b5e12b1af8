import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { whole } from '../../readers.ts';
import { statusWordMeaning } from './card-status.ts';

export const crsm: readonly LineDecoder[] = [
  {
    kind: 'crsm',
    names: ['+CRSM'],
    specification: '3GPP TS 27.007 §8.18',
    decode(rest) {
      const [first = '', second = '', data = ''] = splitFields(rest);
      const [sw1, sw2] = [whole(first), whole(second)];
      if (sw1 === null || sw2 === null || sw1 > 255 || sw2 > 255 || !/^(?:[0-9A-Fa-f]{2})*$/.test(data)) return null;
      const status = [sw1, sw2].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');
      return { sw1, sw2, hex: data.toUpperCase(), meaning: statusWordMeaning(status) };
    },
  },
];
