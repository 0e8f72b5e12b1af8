import type { ExplainedFields } from '../../explanation.ts';
import { choice, flag, namedFields, whole, word } from '../../readers.ts';

/** `<stat>` of 3GPP TS 27.007 §7.18. */
const callStates = ['active', 'held', 'dialing', 'ringing-out', 'ringing-in', 'waiting', 'terminated'];
/** `<mode>` of the same clause; those that are voice at this moment are 0, 3, 4 and 5. */
const callModes = [
  'voice',
  'data',
  'fax',
  'voice-then-data',
  'voice-or-data',
  'voice-or-fax',
  'data-after-voice',
  'data-or-voice',
  'fax-or-voice',
  'unknown',
];
const voiceModes: ReadonlySet<number> = new Set([0, 3, 4, 5]);

export function call(fields: readonly string[]): ExplainedFields | null {
  const value = namedFields(
    fields,
    [
      ['index', whole],
      ['direction', choice(['outgoing', 'incoming'])],
      ['state', choice(callStates)],
      ['mode', choice(callModes)],
      ['multiparty', flag],
      ['number', word],
      ['type', whole],
    ],
    3,
  );
  return value === null ? null : { ...value, voice: voiceModes.has(whole(fields[3] ?? '') ?? 0) };
}
