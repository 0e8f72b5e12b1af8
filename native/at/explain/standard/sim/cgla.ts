import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { cardAnswer } from './card-answer.ts';

export const cgla: readonly LineDecoder[] = [
  {
    kind: 'cgla',
    names: ['+CGLA'],
    specification: '3GPP TS 27.007 §8.43',
    decode(rest) {
      const [length = '', hex = ''] = splitFields(rest);
      return cardAnswer(length, hex);
    },
  },
];
