import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { namedFields, whole, word } from '../../readers.ts';

export const cgauth: readonly LineDecoder[] = [
  {
    kind: 'cgauth',
    names: ['+CGAUTH'],
    specification: '3GPP TS 27.007 §10.1.31',
    decode(rest) {
      const fields = splitFields(rest);
      // The password behind the name comes in clear. It is none of our business.
      return namedFields(fields, [
        ['cid', whole],
        ['auth', (text) => ['none', 'pap', 'chap'][whole(text) ?? -1] ?? null],
        ['user', word],
      ]);
    },
  },
];
