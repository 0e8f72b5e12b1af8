import { decodeUcs2 } from '../../charset.ts';
import type { ExplainedFields } from '../../explanation.ts';
import { messageOfPdu } from './message-of-pdu.ts';

function isPdu(line: string): boolean {
  return line.length >= 4 && line.length <= 1_024 && /^[0-9A-Fa-f]+$/.test(line);
}

export function pduFields(line: string): ExplainedFields {
  return isPdu(line) ? { pdu: line.toUpperCase(), message: messageOfPdu(line) } : { pdu: null, message: null };
}

/** A message takes one line in PDU mode, in text mode as many as its text has. */
export function withBody(message: ExplainedFields, line: string): ExplainedFields | null {
  if (!('text' in message)) {
    return message['pdu'] === null && isPdu(line) ? { ...message, ...pduFields(line) } : null;
  }
  const former = message['text'];
  if (typeof former === 'string' && former.length > 4_096) return null;
  return { ...message, text: typeof former === 'string' ? `${former}\n${line}` : decodeUcs2(line) };
}
