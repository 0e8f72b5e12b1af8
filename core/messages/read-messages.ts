import type { TextMessage } from '#contract/desk/messages.ts';
import { assembleParts, joinText } from '#native/sms/assemble-parts.ts';
import { otherParty, type SmsMessage } from '#native/sms/sms-message.ts';
import { decodePdu } from '#native/sms/sms-pdu.ts';
import type { StoredPart } from './message-store.ts';

export type ReadPart = StoredPart & {
  /** Null where the PDU cannot be read. */
  readonly message: SmsMessage | null;
};

/** A message and the parts that it was put together from. */
export type ReadMessage = { readonly message: TextMessage; readonly parts: readonly ReadPart[] };

/** A part that still waits after so long was left behind by a program that ended. */
const longestSending = 10 * 60_000;

/** Reads PDUs, each once. */
export function createPartReader(): (part: StoredPart) => ReadPart {
  const known = new Map<string, SmsMessage | null>();
  return (part) => {
    let message = known.get(part.partId);
    if (message === undefined) {
      message = readPdu(part.pdu, part.direction);
      known.set(part.partId, message);
    }
    return { ...part, message };
  };
}

/** What the PDU says; null where it cannot be read: it is kept all the same. */
export function readPdu(pdu: string, direction: StoredPart['direction']): SmsMessage | null {
  try {
    return decodePdu(pdu, { direction: direction === 'sent' ? 'fromMobile' : 'toMobile' }).message;
  } catch {
    return null;
  }
}

/** The messages that parts make, newest first. @param now instant */
export function readMessages(parts: readonly ReadPart[], now: string): readonly ReadMessage[] {
  const here = parts.filter(({ removed }) => !removed);
  const own = Map.groupBy(
    here.filter(({ messageId }) => messageId !== null),
    ({ messageId }) => messageId,
  );
  const foreign = here.filter((part) => part.messageId === null);
  const readable = foreign.flatMap((part) => (part.message === null ? [] : [{ ...part, message: part.message }]));
  const messages = [
    ...[...own.values()].map((group) => toMessage(group, [], [], now)),
    ...assembleParts(readable).map(({ entries, duplicates, missing }) => toMessage(entries, duplicates, missing, now)),
    ...foreign.filter(({ message }) => message === null).map((part) => toMessage([part], [], [], now)),
  ];
  return messages.toSorted((one, other) => other.message.at.localeCompare(one.message.at));
}

function toMessage(entries: readonly ReadPart[], duplicates: readonly ReadPart[], missing: readonly number[], now: string): ReadMessage {
  const parts = [...entries, ...duplicates];
  const [first] = parts.toSorted((one, other) => one.at.localeCompare(other.at) || one.partId.localeCompare(other.partId));
  if (first === undefined) throw new RangeError('a message without parts');
  const contents = entries.map(({ message }) => message?.userData ?? null);
  const text = contents.some((content) => content === null) ? null : joinText(contents.flatMap((content) => content ?? []));
  return {
    parts,
    message: {
      messageId: first.messageId ?? first.partId,
      direction: first.direction,
      deviceId: first.deviceId,
      iccid: first.iccid,
      number: first.message === null ? null : (otherParty(first.message)?.number ?? null),
      text,
      data: text === null ? entries.map(dataOf).join('') : null,
      at: first.at,
      parts: entries.length + missing.length,
      missing: [...missing],
      state: stateOf(entries, now),
      partsSent: entries.filter(({ state }) => state === 'sent').length,
      unread: parts.some(({ unread }) => unread),
      stored: parts.some(({ place }) => place !== null),
      orderNumber: first.direction === 'received' ? orderNumberIn(text) : null,
      problem: entries.find(({ problem }) => problem !== null)?.problem ?? null,
    },
  };
}

function dataOf({ message, pdu }: ReadPart): string {
  const content = message?.userData?.content;
  return content === undefined ? pdu : Buffer.from(content).toString('hex').toUpperCase();
}

function stateOf(entries: readonly ReadPart[], now: string): TextMessage['state'] {
  const states = entries.map(({ state }) => state);
  if (states.includes('received')) return 'received';
  if (states.includes('draft')) return 'draft';
  if (states.includes('failed')) return 'failed';
  const leftBehind = Date.parse(now) - longestSending;
  if (states.includes('waiting')) return entries.some(({ at }) => Date.parse(at) > leftBehind) ? 'sending' : 'failed';
  const reports = entries.map(({ report }) => report);
  if (reports.includes('failed')) return 'undelivered';
  if (reports.includes('trying')) return 'trying';
  return reports.every((report) => report !== null) ? 'delivered' : 'sent';
}

/** The number of an order of the account service, as its confirmations write it: `LEB-26-000001`. */
export function orderNumberIn(text: string | null): string | null {
  return /\bLEB-\d{2}-\d{6,}\b/.exec(text ?? '')?.[0] ?? null;
}
