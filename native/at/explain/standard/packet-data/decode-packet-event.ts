import { addressText } from '../../addresses.ts';
import type { ExplainedFields } from '../../explanation.ts';
import { whole } from '../../readers.ts';

type Shape = {
  readonly words: string;
  readonly type: string;
  readonly fields: readonly string[];
};

/** The events of 3GPP TS 27.007 §10.1.19. Longer words first, since several begin alike. */
const shapes: readonly Shape[] = [
  ...(['NW', 'ME'] as const).flatMap((actor): readonly Shape[] => {
    const who = actor.toLowerCase();
    return [
      { words: `${actor} PDN ACT`, type: `${who}-act-primary`, fields: ['cid', 'reason', 'otherCid'] },
      { words: `${actor} PDN DEACT`, type: `${who}-deact-primary`, fields: ['cid'] },
      { words: `${actor} ACT`, type: `${who}-act-secondary`, fields: ['parentCid', 'cid', 'eventType'] },
      { words: `${actor} DEACT`, type: `${who}-deact-secondary`, fields: ['parentCid', 'cid', 'eventType'] },
      { words: `${actor} MODIFY`, type: `${who}-modify`, fields: ['cid', 'changeReason', 'eventType'] },
      { words: `${actor} DETACH`, type: `${who}-detach`, fields: [] },
      { words: `${actor} CLASS`, type: `${who}-class`, fields: ['class'] },
    ];
  }),
  { words: 'NW REACT', type: 'nw-react', fields: ['pdpType', 'pdpAddr', 'cid'] },
  { words: 'REJECT', type: 'reject', fields: ['pdpType', 'pdpAddr'] },
  { words: 'ME BATTERY LOW', type: 'me-battery-low', fields: [] },
  { words: 'ME OVERHEATED', type: 'me-overheated', fields: [] },
];

/** Why a context has only one of two addresses, `<reason>` of PDN ACT. */
const reasons = ['ipv4-only', 'ipv6-only', 'single-address-only', 'single-address-only-second-failed'];

/** Before the types of bearers there were contexts with an address: `NW DEACT <type>,<address>[,<cid>]`. */
const contextEvent = /^(NW|ME) DEACT\s+"?([A-Z][A-Z0-9-]*)"?\s*,/;

export function decodePacketEvent(rest: string): ExplainedFields | null {
  const text = rest.trim();
  const upper = text.toUpperCase();
  const old = contextEvent.exec(upper);
  if (old?.[1] !== undefined) return withFields(`${old[1].toLowerCase()}-deact-pdp`, text.slice(8), ['pdpType', 'pdpAddr', 'cid']);
  for (const { words, type, fields } of shapes) {
    if (!upper.startsWith(words)) continue;
    const tail = text.slice(words.length);
    if (tail === '' || /^[\s,]/.test(tail)) return withFields(type, tail, fields);
  }
  return null;
}

function withFields(type: string, tail: string, fields: readonly string[]): ExplainedFields | null {
  const parts = tail.split(',').map((part) => part.trim().replaceAll('"', ''));
  const value: Record<string, ExplainedFields[string]> = { type };
  for (const [index, field] of fields.entries()) {
    const part = parts[index] ?? '';
    const read = field === 'pdpType' || field === 'class' ? part || null : field === 'pdpAddr' ? addressText(part) : whole(part);
    // The context is what the event is about; only the oldest events leave it out.
    if (read === null && field === 'cid' && !fields.includes('pdpAddr')) return null;
    value[field] = field === 'reason' ? (reasons[Number(part === '' ? NaN : part)] ?? null) : read;
  }
  return value;
}
