import type { LineDecoder } from '../../explanation.ts';
import { choice, readFields, whole, word } from '../../readers.ts';

export const sgauth: readonly LineDecoder[] = [
  {
    kind: 'sgauth',
    names: ['^SGAUTH'],
    specification: 'Cinterion AT command set, ^SGAUTH',
    decode: (rest) =>
      readFields(
        rest,
        [
          ['cid', whole],
          ['auth', choice(['none', 'pap', 'chap'])],
          ['user', word],
        ],
        2,
      ),
  },
];
