import type { ExplainedFields } from '../../explanation.ts';
import { whole } from '../../readers.ts';
import { pduFields } from './message-body.ts';
import { textHeader } from './text-header.ts';

/** `<stat>` of 3GPP TS 27.005 §3.1, as numbers in PDU mode and as words in text mode. */
const statusWords = ['REC UNREAD', 'REC READ', 'STO UNSENT', 'STO SENT'];
const states = ['unread', 'read', 'unsent', 'sent'];

function statusFields(status: number | null): ExplainedFields {
  const known = status !== null && status < 4;
  return {
    status,
    state: known ? (states[status] ?? null) : null,
    unread: status === 0,
    type: known ? (status < 2 ? 'received' : 'stored') : null,
  };
}

/** A status in front of a list or of one message, in either mode. */
export function messageHeader(fields: readonly string[]): ExplainedFields | null {
  const [status = '', ...others] = fields;
  const inText = statusWords.indexOf(status.toUpperCase());
  if (inText >= 0) return { ...statusFields(inText), ...textHeader(others), text: null };
  if (status !== '' && whole(status) === null) return null;
  // A length with the PDU behind it on the same line comes from programs that joined the lines.
  const [length = '', pdu = ''] = (others.at(-1) ?? '').split(/\s+/);
  return { ...statusFields(whole(status)), length: whole(length), ...pduFields(pdu) };
}
