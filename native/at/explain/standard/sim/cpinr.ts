import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { readFields, whole, word } from '../../readers.ts';
import { codes } from './pin-codes.ts';

/** `"<code>",<retries>[,<default retries>]` */
function decodePinRetries(rest: string): ExplainedFields | null {
  const value = readFields(
    rest,
    [
      ['code', word],
      ['retries', whole],
      ['defaultRetries', whole],
    ],
    2,
  );
  return value !== null && typeof value['code'] === 'string' && codes.has(value['code']) ? value : null;
}

export const cpinr: readonly LineDecoder[] = [
  { kind: 'cpinr', names: ['+CPINR'], specification: '3GPP TS 27.007 §8.65', decode: decodePinRetries },
];
