import { splitFields } from '../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { numbersOf, splitGroups, wordsOf } from '../groups.ts';
import { choice, namedFields, whole } from '../readers.ts';

const memories: ReadonlySet<string> = new Set(['sm', 'me', 'mt', 'sr', 'bm', 'ta']);

function memoryName(text: string): string {
  const name = text.toLowerCase();
  return memories.has(name) ? name : 'unknown';
}

function memoryNames(group: string | undefined): readonly string[] {
  return [...new Set(wordsOf(group).map(memoryName))];
}

/** `"SM",3,20` three times, or twice: the name, how much is used, how much there is. */
function memoriesInUse(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const value: Record<string, ExplainedFields[string]> = {};
  // The answer to the set command has only the numbers.
  const named = whole(fields[0] ?? '') === null;
  const width = named ? 3 : 2;
  for (let place = 0; place < 3 && place * width < fields.length; place += 1) {
    const [name = '', used = '', total = ''] = named ? fields.slice(place * 3) : ['', ...fields.slice(place * 2)];
    if (named) value[`mem${place + 1}`] = memoryName(name);
    value[`used${place + 1}`] = whole(used);
    value[`total${place + 1}`] = whole(total);
  }
  return rest === '' ? null : value;
}

/** `0-1,100-200` of `+CSCB`: message identifiers, alone or from … to. */
function channels(text: string): readonly ExplainedFields[] | null {
  if (text === '') return [];
  const found: ExplainedFields[] = [];
  for (const part of text.split(',')) {
    const match = /^\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?$/.exec(part);
    if (match?.[1] === undefined) return null;
    found.push({ start: Number(match[1]), end: Number(match[2] ?? match[1]) });
  }
  return found;
}

export const messageSettingDecoders: readonly LineDecoder[] = [
  {
    kind: 'cpms-test',
    names: ['+CPMS'],
    specification: '3GPP TS 27.005 §3.2.2',
    form: 'test',
    decode(rest) {
      const groups = splitGroups(rest);
      return { mem1: memoryNames(groups[0]), mem2: memoryNames(groups[1]), mem3: memoryNames(groups[2]) };
    },
  },
  { kind: 'cpms-query', names: ['+CPMS'], specification: '3GPP TS 27.005 §3.2.2', decode: memoriesInUse },
  {
    kind: 'cnmi-test',
    names: ['+CNMI'],
    specification: '3GPP TS 27.005 §3.4.1',
    form: 'test',
    decode(rest) {
      const [mode, mt, bm, ds, bfr] = splitGroups(rest).map(numbersOf);
      return mode === undefined || mode.length === 0 ? null : { mode, mt: mt ?? [], bm: bm ?? [], ds: ds ?? [], bfr: bfr ?? [] };
    },
  },
  {
    kind: 'cnmi',
    names: ['+CNMI'],
    specification: '3GPP TS 27.005 §3.4.1',
    decode: (rest) =>
      namedFields(splitFields(rest), [
        ['mode', whole],
        ['mt', whole],
        ['bm', whole],
        ['ds', whole],
        ['bfr', whole],
      ]),
  },
  {
    kind: 'cscb',
    names: ['+CSCB'],
    specification: '3GPP TS 27.005 §3.3.4',
    decode(rest) {
      const [mode = '', identifiers = '', codings = ''] = splitFields(rest);
      const accepted = choice(['accepted', 'refused'])(mode);
      const list = channels(identifiers);
      const schemes = channels(codings);
      return accepted === null || list === null ? null : { mode: accepted, channels: list, codingSchemes: schemes ?? [] };
    },
  },
];
