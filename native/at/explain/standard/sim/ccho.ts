import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';

export const ccho: readonly LineDecoder[] = [
  {
    kind: 'ccho',
    names: ['+CCHO'],
    specification: '3GPP TS 27.007 §8.45',
    decode(rest) {
      const handle = splitFields(rest)[0] ?? '';
      return /^(?:0x)?[0-9A-Fa-f]{1,10}$/.test(handle) ? { session: handle } : null;
    },
    decodeBare: (line) => (/^\d{1,10}$/.test(line) ? { session: line } : null),
  },
];
