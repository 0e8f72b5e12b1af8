import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const cpinc: readonly LineDecoder[] = [
  {
    kind: 'cpinc',
    names: ['+CPINC'],
    specification: 'Sierra Wireless AT command reference, +CPINC',
    decode: (rest) =>
      readFields(
        rest,
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
