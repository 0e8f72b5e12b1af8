import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { readFields, whole } from '../../readers.ts';

export const cnsmod: readonly LineDecoder[] = [
  {
    kind: 'cnsmod',
    names: ['+CNSMOD'],
    specification: 'SIMCom AT commands manuals, +CNSMOD',
    decode: (rest) =>
      splitFields(rest).length > 1
        ? readFields(rest, [
            ['mode', whole],
            ['system', whole],
          ])
        : readFields(rest, [['system', whole]]),
  },
];
