import type { LineDecoder } from '../../explanation.ts';
import { flag, readFields, whole, word } from '../../readers.ts';
import { serviceClasses } from './service-classes.ts';

export const ccfc: readonly LineDecoder[] = [
  {
    kind: 'ccfc',
    names: ['+CCFC'],
    specification: '3GPP TS 27.007 §7.11',
    decode(rest) {
      const value = readFields(
        rest,
        [
          ['active', flag],
          ['class', whole],
          ['number', word],
          ['type', whole],
          ['subaddress', word],
          ['subaddressType', whole],
          ['seconds', whole],
        ],
        2,
      );
      return value === null ? null : { ...value, classes: serviceClasses(Number(value['class'])) };
    },
  },
];
