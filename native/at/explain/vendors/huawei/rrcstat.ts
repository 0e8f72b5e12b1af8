import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { whole } from '../../readers.ts';

export const rrcstat: readonly LineDecoder[] = [
  {
    kind: 'rrcstat',
    names: ['^RRCSTAT'],
    specification: 'Huawei AT command interface specification, ^RRCSTAT',
    decode(rest) {
      const fields = splitFields(rest);
      const state = whole(fields[fields.length > 1 ? 1 : 0] ?? '');
      return state === null ? null : { connected: state === 1, camped: state === 0 };
    },
  },
];
