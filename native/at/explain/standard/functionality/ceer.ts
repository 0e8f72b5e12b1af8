import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';

export const ceer: readonly LineDecoder[] = [
  {
    kind: 'ceer',
    names: ['+CEER'],
    specification: '3GPP TS 27.007 §6.10',
    decode: (rest) => ({ cause: splitFields(rest).length === 1 ? (splitFields(rest)[0] ?? '') : rest }),
  },
];
