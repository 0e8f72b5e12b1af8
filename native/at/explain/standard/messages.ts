import { splitFields } from '../../line-fields.ts';
import { decodeHexText, decodeUcs2 } from '../charset.ts';
import type { ExplainedFields, ExplainedValue, LineDecoder } from '../explanation.ts';
import { choice, readFields, whole, word } from '../readers.ts';
import { networkTime } from './clock.ts';
import { messageOfPdu } from './message-of-pdu.ts';

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

/** What stands in front of a message in text mode: the other side and the time. Old firmwares leave out the empty name between the two. */
function textHeader(fields: readonly string[]): ExplainedFields {
  const [number = '', ...others] = fields;
  const time = others.map(networkTime).find((found) => found !== null);
  return { number: word(decodeUcs2(number)), timestamp: time?.iso8601 ?? null };
}

/** A status in front of a list or of one message, in either mode. */
function messageHeader(fields: readonly string[]): ExplainedFields | null {
  const [status = '', ...others] = fields;
  const inText = statusWords.indexOf(status.toUpperCase());
  if (inText >= 0) return { ...statusFields(inText), ...textHeader(others), text: null };
  if (status !== '' && whole(status) === null) return null;
  // A length with the PDU behind it on the same line comes from programs that joined the lines.
  const [length = '', pdu = ''] = (others.at(-1) ?? '').split(/\s+/);
  return { ...statusFields(whole(status)), length: whole(length), ...pduFields(pdu) };
}

function isPdu(line: string): boolean {
  return line.length >= 4 && line.length <= 1_024 && /^[0-9A-Fa-f]+$/.test(line);
}

function pduFields(line: string): ExplainedFields {
  return isPdu(line) ? { pdu: line.toUpperCase(), message: messageOfPdu(line) } : { pdu: null, message: null };
}

/** A message takes one line in PDU mode, in text mode as many as its text has. */
function withBody(message: ExplainedFields, line: string): ExplainedFields | null {
  if (!('text' in message)) {
    return message['pdu'] === null && isPdu(line) ? { ...message, ...pduFields(line) } : null;
  }
  const former = message['text'];
  if (typeof former === 'string' && former.length > 4_096) return null;
  return { ...message, text: typeof former === 'string' ? `${former}\n${line}` : decodeUcs2(line) };
}

function memory(text: string): string | null {
  const name = decodeUcs2(text).toUpperCase();
  return ['SM', 'ME', 'MT', 'SR', 'BM', 'TA'].includes(name) ? name.toLowerCase() : name === '' ? null : 'unknown';
}

/** A new message that the modem hands over at once, `+CMT` and `+CDS` (3GPP TS 27.005 §3.4.1). */
function handedOver(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const length = whole(fields.at(-1) ?? '');
  if (fields.length <= 2 && length !== null) return { length, ...pduFields('') };
  return fields.length >= 2 && fields.some((field) => networkTime(field) !== null) ? { ...textHeader(fields), text: null } : null;
}

function storedAt(kind: string, specification: string): LineDecoder {
  return {
    kind,
    names: [`+${kind.toUpperCase()}`],
    specification,
    decode: (rest) =>
      readFields(
        rest,
        [
          ['memory', memory],
          ['index', whole],
        ],
        2,
      ),
  };
}

export const messageDecoders: readonly LineDecoder[] = [
  {
    kind: 'cmgl',
    names: ['+CMGL'],
    specification: '3GPP TS 27.005 §3.4.2 and §4.1',
    empty: { messages: [] },
    decode(rest) {
      const [index = '', ...fields] = splitFields(rest);
      const place = whole(index);
      const header = messageHeader(fields);
      return place === null || header === null ? null : { messages: [{ index: place, ...header }] };
    },
    body(value, line) {
      const [message] = Array.isArray(value['messages']) ? (value['messages'] as readonly ExplainedValue[]) : [];
      const longer = withBody(message as ExplainedFields, line);
      return longer === null ? null : { messages: [longer] };
    },
  },
  {
    kind: 'cmgr',
    names: ['+CMGR'],
    specification: '3GPP TS 27.005 §3.4.3 and §4.2',
    decode: (rest) => messageHeader(splitFields(rest)),
    body: withBody,
  },
  { kind: 'cmt', names: ['+CMT'], specification: '3GPP TS 27.005 §3.4.1', decode: handedOver, body: withBody },
  { kind: 'cds', names: ['+CDS'], specification: '3GPP TS 27.005 §3.4.1', decode: handedOver, body: withBody },
  storedAt('cmti', '3GPP TS 27.005 §3.4.1'),
  storedAt('cdsi', '3GPP TS 27.005 §3.4.1'),
  {
    kind: 'cmgs',
    names: ['+CMGS', '+CMSS'],
    specification: '3GPP TS 27.005 §3.5.1',
    decode: (rest) => readFields(rest, [['messageReference', whole]]),
  },
  { kind: 'cmgw', names: ['+CMGW'], specification: '3GPP TS 27.005 §3.5.3', decode: (rest) => readFields(rest, [['index', whole]]) },
  {
    kind: 'cmgf',
    names: ['+CMGF'],
    specification: '3GPP TS 27.005 §3.2.3',
    decode: (rest) => readFields(rest, [['mode', choice(['pdu', 'text'])]]),
  },
  {
    kind: 'csca',
    names: ['+CSCA'],
    specification: '3GPP TS 27.005 §3.3.1',
    decode: (rest) =>
      readFields(rest, [
        ['number', (text) => word(decodeHexText(text))],
        ['type', whole],
      ]),
  },
];
