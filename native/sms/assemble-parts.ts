import { concatBytes } from '#native/euicc/tlv/hex.ts';
import { otherParty, type SmsMessage } from './sms-message.ts';
import { decodeContent, type UserData } from './user-data.ts';
import type { Concatenation } from './user-data-header.ts';

/** A message of one part or of several, as far as they came. */
export type AssembledSms<Entry> = {
  /** In the order of the parts, each once. */
  readonly entries: readonly Entry[];
  /** The same part once more, as networks and storages give them. */
  readonly duplicates: readonly Entry[];
  /** The numbers of the parts that did not come, from 1. */
  readonly missing: readonly number[];
  /** Of the parts that came; null: data for a program. */
  readonly text: string | null;
};

/**
 * Puts parts together (TS 23.040 §9.2.3.24.1): those of one party, direction, reference and count belong together, in whatever order
 * they came. A reference comes around again; a part that is there already with another content begins a new message.
 * @param entries in the order in which they came; the result is in the order of their first parts
 */
export function assembleParts<Entry extends { readonly message: SmsMessage }>(entries: readonly Entry[]): readonly AssembledSms<Entry>[] {
  const groups: Group<Entry>[] = [];
  for (const entry of entries) {
    const place = entry.message.userData?.header?.concatenation ?? null;
    const key = place === null ? null : keyOf(entry.message, place);
    // The latest group comes first: an older one with the same reference is done.
    const group = key === null ? undefined : groups.findLast((candidate) => candidate.key === key && takes(candidate, entry, place));
    if (group === undefined || place === null) {
      groups.push({ key, count: place?.parts ?? 1, parts: new Map([[place?.part ?? 1, entry]]), duplicates: [] });
    } else if (group.parts.has(place.part)) group.duplicates.push(entry);
    else group.parts.set(place.part, entry);
  }
  return groups.map(({ count, parts, duplicates }) => {
    const numbers = Array.from({ length: count }, (_none, index) => index + 1);
    const present = numbers.flatMap((number) => parts.get(number) ?? []);
    return {
      entries: present,
      duplicates,
      missing: numbers.filter((number) => !parts.has(number)),
      text: joinText(present.flatMap(({ message }) => message.userData ?? [])),
    };
  });
}

/**
 * The text of user data that belongs together. Where all of it is coded alike it is decoded as one, so that a character that a
 * careless sender cut in two comes out whole. `null`: not all of it is text.
 */
export function joinText(parts: readonly UserData[]): string | null {
  const [first] = parts;
  if (first === undefined || parts.some(({ text }) => text === null)) return null;
  const alike = parts.every(
    ({ alphabet, header }) =>
      alphabet === first.alphabet && header?.locking === first.header?.locking && header?.singleShift === first.header?.singleShift,
  );
  if (!alike) return parts.map(({ text }) => text).join('');
  return decodeContent(first.alphabet, first.header, concatBytes(...parts.map(({ content }) => content)))?.toWellFormed() ?? null;
}

type Group<Entry> = {
  readonly key: string | null;
  readonly count: number;
  readonly parts: Map<number, Entry>;
  readonly duplicates: Entry[];
};

function keyOf(message: SmsMessage, { reference, wide, parts }: Concatenation): string {
  return JSON.stringify([message.type, otherParty(message)?.number ?? '', reference, wide, parts]);
}

function takes<Entry extends { readonly message: SmsMessage }>(group: Group<Entry>, entry: Entry, place: Concatenation | null): boolean {
  const former = place === null ? undefined : group.parts.get(place.part)?.message.userData;
  const content = entry.message.userData?.content;
  return former === undefined || (content !== undefined && former !== null && sameBytes(former.content, content));
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
