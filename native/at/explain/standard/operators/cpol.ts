import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { flag, namedFields, whole } from '../../readers.ts';

export const cpol: readonly LineDecoder[] = [
  {
    kind: 'cpol',
    names: ['+CPOL'],
    specification: '3GPP TS 27.007 §7.19',
    decode(rest) {
      const fields = splitFields(rest);
      const [, format, operator = ''] = fields;
      // Only the numeric format tells operators apart for certain.
      if (format !== '2' || !/^\d{5,6}$/.test(operator)) return null;
      const technologies = fields.slice(3).map(flag);
      const value = namedFields(fields, [['index', whole]]);
      if (value === null || technologies.includes(null)) return null;
      const has = (index: number): boolean => technologies[index] ?? false;
      const names = { gsm: has(0), gsmCompact: has(1), utran: has(2), eutran: has(3), ngran: has(4) };
      return { ...value, operator, ...names, actCount: technologies.length };
    },
  },
];
