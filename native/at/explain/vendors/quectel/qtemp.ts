import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { signed } from '../../readers.ts';

export const qtemp: readonly LineDecoder[] = [
  {
    kind: 'qtemp',
    names: ['+QTEMP'],
    specification: 'Quectel AT commands manuals, +QTEMP',
    decode(rest) {
      const fields = splitFields(rest);
      const numbers = fields.map(signed);
      const named = numbers[0] === null && fields.length === 2;
      const sensors = named
        ? [{ name: fields[0] ?? '', celsius: numbers[1] ?? null }]
        : numbers.map((celsius) => ({ name: null, celsius }));
      return sensors.every(({ celsius }) => celsius === null) ? null : { sensors };
    },
  },
];
