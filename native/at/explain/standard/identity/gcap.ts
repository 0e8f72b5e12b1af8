import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';

export const gcap: readonly LineDecoder[] = [
  {
    kind: 'gcap',
    names: ['+GCAP'],
    specification: 'ITU-T V.250 §6.1.9',
    decode: (rest) => ({ capabilities: splitFields(rest).filter((name) => name !== '') }),
  },
];
