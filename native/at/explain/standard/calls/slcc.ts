import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { call } from './call.ts';

export const slcc: readonly LineDecoder[] = [
  {
    kind: 'slcc-urc',
    names: ['^SLCC'],
    specification: 'Cinterion AT command set, ^SLCC',
    decode(rest) {
      if (rest === '') return { calls: [] };
      // A traffic channel stands between the mode and the multiparty flag.
      const fields = splitFields(rest);
      const one = call([...fields.slice(0, 4), ...fields.slice(5)]);
      return one === null ? null : { calls: [one] };
    },
  },
];
