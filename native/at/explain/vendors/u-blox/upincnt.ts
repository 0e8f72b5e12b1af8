import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { namedFields, whole } from '../../readers.ts';

export const upincnt: readonly LineDecoder[] = [
  {
    kind: 'upincnt',
    names: ['+UPINCNT'],
    specification: 'u-blox cellular modules AT commands manual, +UPINCNT',
    decode: (rest) =>
      namedFields(
        splitFields(rest),
        [
          ['pinAttempts', whole],
          ['pin2Attempts', whole],
          ['pukAttempts', whole],
          ['puk2Attempts', whole],
        ],
        4,
      ),
  },
];
