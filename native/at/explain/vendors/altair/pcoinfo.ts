import { splitFields } from '../../../line-fields.ts';
import type { LineDecoder } from '../../explanation.ts';
import { whole } from '../../readers.ts';

function octet(value: number): string {
  return value.toString(16).padStart(2, '0');
}

export const pcoinfo: readonly LineDecoder[] = [
  {
    kind: 'pcoinfo',
    names: ['%PCOINFO'],
    specification: 'Altair AT commands, %PCOINFO; 3GPP TS 24.008 §10.5.6.3',
    decode(rest) {
      const fields = splitFields(rest);
      const [container = '', content = ''] = fields.slice(-2);
      const session = whole(fields.length > 3 ? (fields[1] ?? '') : (fields[0] ?? ''));
      // Only containers that operators define, FF00 and above, are handed on.
      if (session === null || !/^FF[0-9A-F]{2}$/i.test(container) || !/^(?:[0-9A-F]{2}){1,120}$/i.test(content)) return null;
      const bytes = content.length / 2;
      return { sessionId: session, pco: `27${octet(bytes + 4)}80${container}${octet(bytes)}${content}`.toUpperCase() };
    },
  },
];
