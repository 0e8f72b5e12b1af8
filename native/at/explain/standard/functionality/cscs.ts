import { splitFields } from '../../../line-fields.ts';
import { decodeUcs2 } from '../../charset.ts';
import type { LineDecoder } from '../../explanation.ts';
import { splitGroups, wordsOf } from '../../groups.ts';

export const cscs: readonly LineDecoder[] = [
  {
    kind: 'cscs-test',
    names: ['+CSCS'],
    specification: '3GPP TS 27.007 §5.5',
    form: 'test',
    // ASCII is what the standard calls IRA.
    decode: (rest) => ({
      charsets: wordsOf(splitGroups(rest)[0]).map((name) => (name.toUpperCase() === 'ASCII' ? 'ira' : decodeUcs2(name).toLowerCase())),
    }),
  },
  {
    kind: 'cscs',
    names: ['+CSCS'],
    specification: '3GPP TS 27.007 §5.5',
    decode(rest) {
      const name = decodeUcs2(splitFields(rest)[0] ?? '').toLowerCase();
      return name === '' ? null : { charset: name === 'ascii' ? 'ira' : name };
    },
  },
];
