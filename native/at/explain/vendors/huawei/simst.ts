import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { whole } from '../../readers.ts';

export const simst: readonly LineDecoder[] = [
  {
    kind: 'simst',
    names: ['^SIMST'],
    specification: 'Huawei AT command interface specification, ^SIMST',
    decode(rest) {
      const state = whole(splitFields(rest)[0] ?? '');
      return state === null ? null : { number: state, valid: state === 1, absent: state === 255 };
    },
  },
];
