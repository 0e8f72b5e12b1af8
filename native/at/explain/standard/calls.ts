import { splitFields } from '../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { choice, flag, namedFields, readFields, whole, word } from '../readers.ts';

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

function call(fields: readonly string[]): ExplainedFields | null {
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

/** `<class>` is a sum (3GPP TS 27.007 §7.4); 7 is all of the first three. */
const classNames = ['voice', 'data', 'fax', 'sms', 'data-circuit-sync', 'data-circuit-async', 'packet', 'pad'];

export function serviceClasses(number: number | null): readonly string[] {
  return number === null ? [] : classNames.filter((_, bit) => (number & (1 << bit)) !== 0);
}

/** An empty list is the prefix alone; Cinterion's list leaves out the multiparty flag where a call carries no number. */
function callList(rest: string): ExplainedFields | null {
  if (rest === '') return { calls: [] };
  const one = call(splitFields(rest));
  return one === null ? null : { calls: [one] };
}

export const callDecoders: readonly LineDecoder[] = [
  { kind: 'clcc', names: ['+CLCC'], specification: '3GPP TS 27.007 §7.18', empty: { calls: [] }, decode: callList },
  {
    kind: 'slcc-urc',
    names: ['^SLCC'],
    specification: 'Cinterion AT command set, ^SLCC',
    decode(rest) {
      if (rest === '') return { calls: [] };
      // A traffic channel stands between the mode and the multiparty flag.
      const fields = splitFields(rest);
      const one = call([...fields.slice(0, 4), ...fields.slice(5)]);
      return one === null ? null : { calls: [one] };
    },
  },
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
  {
    kind: 'cring-urc',
    names: ['+CRING'],
    specification: '3GPP TS 27.007 §6.11',
    decode: (rest) => (rest === '' ? null : { type: rest }),
  },
  {
    kind: 'ccwa-query',
    names: ['+CCWA'],
    specification: '3GPP TS 27.007 §7.12',
    decode(rest, { command }) {
      const fields = splitFields(rest);
      // A number in front is the state of the service; a number to call back comes in quotes and stands alone in unasked lines.
      const state = whole(fields[0] ?? '');
      if (command === null && rest.trimStart().startsWith('"')) return null;
      if (state === null || state > 1 || fields.length > 2) return null;
      const classes = serviceClasses(whole(fields[1] ?? '') ?? 1);
      return { active: state === 1, classes, voiceEnabled: classes.includes('voice') ? state === 1 : null };
    },
  },
  {
    kind: 'ccwa-urc',
    names: ['+CCWA'],
    specification: '3GPP TS 27.007 §7.12',
    decode: (rest) =>
      readFields(
        rest,
        [
          ['number', (text) => text],
          ['type', whole],
          ['class', whole],
        ],
        2,
      ),
  },
  {
    kind: 'ccfc',
    names: ['+CCFC'],
    specification: '3GPP TS 27.007 §7.11',
    decode(rest) {
      const value = readFields(
        rest,
        [
          ['active', flag],
          ['class', whole],
          ['number', word],
          ['type', whole],
          ['subaddress', word],
          ['subaddressType', whole],
          ['seconds', whole],
        ],
        2,
      );
      return value === null ? null : { ...value, classes: serviceClasses(Number(value['class'])) };
    },
  },
];
