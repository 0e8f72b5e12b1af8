import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { cardAnswer } from './card-answer.ts';
import { decodeRetries } from './card-status.ts';

export const csim: readonly LineDecoder[] = [
  {
    kind: 'csim',
    names: ['+CSIM'],
    specification: '3GPP TS 27.007 §8.17',
    decode(rest) {
      const [length = '', hex = ''] = splitFields(rest);
      const answer = cardAnswer(length, hex);
      return answer === null ? null : { ...answer, retries: decodeRetries(answer.statusWord) };
    },
  },
];
