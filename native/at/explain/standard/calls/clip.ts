import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { flag, namedFields, whole, word } from '../../readers.ts';

export const clip: readonly LineDecoder[] = [
  {
    kind: 'clip',
    names: ['+CLIP'],
    specification: '3GPP TS 27.007 §7.6',
    decode(rest) {
      const fields = splitFields(rest);
      if (fields.length >= 2 && /^[0-4]$/.test(fields[0] ?? '') && /^[0-2]$/.test(fields[1] ?? '')) {
        return { enabled: flag(fields[0] ?? ''), network: whole(fields[1] ?? '') };
      }
      return namedFields(
        fields,
        [
          ['number', (text) => text],
          ['type', whole],
          ['subaddress', word],
          ['subaddressType', whole],
          ['name', word],
          ['validity', whole],
        ],
        2,
      );
    },
  },
];
