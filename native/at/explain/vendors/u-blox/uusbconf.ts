import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { whole, word } from '../../readers.ts';

export const uusbconf: readonly LineDecoder[] = [
  {
    kind: 'uusbconf',
    names: ['+UUSBCONF'],
    specification: 'u-blox cellular modules AT commands manual, +UUSBCONF',
    decode(rest) {
      const [number = '', network = '', , productId = ''] = splitFields(rest);
      if (whole(number) === null) return null;
      const profile = network === '' ? 'back-compatible' : network.toLowerCase();
      return { number: whole(number), profile, productId: word(productId) };
    },
  },
];
