import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';
import { namedFields, whole } from '../../readers.ts';

export const cnmi: readonly LineDecoder[] = [
  {
    kind: 'cnmi-test',
    names: ['+CNMI'],
    specification: '3GPP TS 27.005 §3.4.1',
    form: 'test',
    decode(rest) {
      const [mode, mt, bm, ds, bfr] = splitGroups(rest).map(numbersOf);
      return mode === undefined || mode.length === 0 ? null : { mode, mt: mt ?? [], bm: bm ?? [], ds: ds ?? [], bfr: bfr ?? [] };
    },
  },
  {
    kind: 'cnmi',
    names: ['+CNMI'],
    specification: '3GPP TS 27.005 §3.4.1',
    decode: (rest) =>
      namedFields(splitFields(rest), [
        ['mode', whole],
        ['mt', whole],
        ['bm', whole],
        ['ds', whole],
        ['bfr', whole],
      ]),
  },
];
