import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole, word } from '../../readers.ts';

export const qnwinfo: readonly LineDecoder[] = [
  {
    kind: 'qnwinfo',
    names: ['+QNWINFO'],
    specification: 'Quectel AT commands manuals, +QNWINFO',
    decode(rest) {
      if (/^"?no service/i.test(rest)) return { rat: null, operatorNumeric: null, mcc: null, mnc: null, band: null, channel: null };
      const value = readFields(rest, [
        ['rat', word],
        ['operatorNumeric', word],
        ['band', word],
        ['channel', whole],
      ]);
      const numeric = splitFields(rest)[1] ?? '';
      const known = /^\d{5,6}$/.test(numeric);
      return value === null ? null : { ...value, mcc: known ? numeric.slice(0, 3) : null, mnc: known ? numeric.slice(3) : null };
    },
  },
];
