import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const xlcsslp: readonly LineDecoder[] = [
  {
    kind: 'xlcsslp',
    names: ['+XLCSSLP'],
    specification: 'Intel XMM AT commands; Fibocom L8 family AT commands manual, +XLCSSLP',
    decode(rest) {
      const value = readFields(
        rest,
        [
          ['type', whole],
          ['address', (text) => (text === '' ? null : text)],
          ['port', whole],
        ],
        3,
      );
      return value === null ? null : { ...value, server: splitFields(rest).slice(1, 3).join(':') };
    },
  },
];
