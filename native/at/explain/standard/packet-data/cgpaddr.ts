import { splitFields } from '../../../line-fields.ts';
import { addressFamily, addressText } from '../../addresses.ts';
import type { LineDecoder } from '../../explanation.ts';
import { whole } from '../../readers.ts';

export const cgpaddr: readonly LineDecoder[] = [
  {
    kind: 'cgpaddr',
    names: ['+CGPADDR'],
    specification: '3GPP TS 27.007 §10.1.18',
    decode(rest) {
      const [first = '', ...fields] = splitFields(rest);
      const cid = whole(first);
      if (cid === null) return null;
      const found = fields.flatMap((field) => addressText(field) ?? []);
      if (found.length === 0) return { addresses: [{ cid, address: null, family: null }] };
      return { addresses: found.map((address) => ({ cid, address, family: addressFamily(address) })) };
    },
  },
];
