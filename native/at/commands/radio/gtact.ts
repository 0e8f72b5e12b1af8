import { answerError } from '../../answer-error.ts';
import { numbersOf, splitGroups } from '../../explain/groups.ts';
import { afterPrefix, fieldsOf, wholeNumber } from '../../line-fields.ts';
import { sortedBands } from './band-names.ts';
import type { Answers, BandWay, RadioTechnology, TechnologyWay } from './setting-way.ts';
import { distinctSets, sameTechnologies, technologySet } from './technology-sets.ts';

const manual = 'Fibocom FM150, FM160 and FM350 AT commands manuals, AT+GTACT';

const automatic = 10;
const sets: ReadonlyMap<number, readonly RadioTechnology[]> = new Map([
  [1, ['utran']],
  [2, ['eutran']],
  [4, ['utran', 'eutran']],
  [14, ['nr']],
  [16, ['utran', 'nr']],
  [17, ['eutran', 'nr']],
  [20, ['utran', 'eutran', 'nr']],
]);
/** The numbers by which a technology is preferred. */
const preferences: readonly (readonly [number: string, technology: RadioTechnology])[] = [
  ['2', 'utran'],
  ['3', 'eutran'],
  ['6', 'nr'],
];

function groupsOf(answers: Answers): readonly string[] {
  const line = (answers[1] ?? []).find((one) => afterPrefix(one, '+GTACT') !== null);
  return line === undefined ? [] : splitGroups(afterPrefix(line, '+GTACT') ?? '');
}

function knownNumbers(answers: Answers): readonly number[] {
  return numbersOf(groupsOf(answers)[0]);
}

function setOf(number: number, known: readonly number[]): readonly RadioTechnology[] {
  return number === automatic ? technologySet(known.flatMap((one) => sets.get(one) ?? [])) : (sets.get(number) ?? []);
}

function preferenceOf(technology: RadioTechnology | undefined): string {
  return preferences.find(([, one]) => one === technology)?.[0] ?? '';
}

/** `<technologies>,<preferred>,<preferred next>,<band>…` */
export const gtactTechnologies: TechnologyWay = {
  name: '+GTACT',
  specification: manual,
  questions: ['AT+GTACT?', 'AT+GTACT=?'],
  decode(answers) {
    const lines = answers[0] ?? [];
    const [number, first] = fieldsOf(lines, '+GTACT') ?? [];
    const known = knownNumbers(answers);
    const allowed = setOf(wholeNumber(number) ?? -1, known);
    if (allowed.length === 0) throw answerError('+GTACT', lines);
    const preferred = preferences.find(([code]) => code === first)?.[1] ?? null;
    return {
      choices: distinctSets([...known.map((one) => setOf(one, known)), allowed]),
      allowed,
      preferred: preferred !== null && allowed.length > 1 && allowed.includes(preferred) ? preferred : null,
      canPrefer: true,
    };
  },
  encode({ allowed, preferred }, answers) {
    const known = knownNumbers(answers);
    const number = known.find((one) => one !== automatic && sameTechnologies(setOf(one, known), allowed));
    if (number === undefined || (preferred !== null && !allowed.includes(preferred))) return null;
    if (preferred === null || allowed.length < 2) return [`AT+GTACT=${number}`];
    const next = technologySet(allowed).findLast((technology) => technology !== preferred);
    return [`AT+GTACT=${number},${preferenceOf(preferred)},${preferenceOf(next)}`];
  },
};

/** UMTS by its number, LTE by its number and 100, NR by its number behind a 50. */
function bandOf(code: string): string | null {
  if (/^50\d{1,3}$/.test(code)) return `n${Number(code.slice(2))}`;
  const number = wholeNumber(code);
  if (number === null || number === 0) return null;
  return number < 100 ? `U${number}` : number > 100 && number < 400 ? `B${number - 100}` : null;
}

function codeOf(band: string): string {
  const digits = band.slice(1);
  return band.startsWith('n') ? `50${digits}` : band.startsWith('B') ? String(Number(digits) + 100) : digits;
}

/** Behind the technologies and their two preferences; each technology has a group of its own, or each band stands alone. */
function supportedBands(answers: Answers): readonly string[] {
  const codes = groupsOf(answers)
    .slice(3)
    .flatMap((group) => group.split(','));
  return sortedBands(codes.flatMap((code) => bandOf(code.trim()) ?? []));
}

export const gtactBands: BandWay = {
  name: '+GTACT',
  specification: manual,
  questions: ['AT+GTACT?', 'AT+GTACT=?'],
  decode(answers) {
    const lines = answers[0] ?? [];
    const fields = fieldsOf(lines, '+GTACT');
    const supported = supportedBands(answers);
    if (fields === null || supported.length === 0) throw answerError('+GTACT', lines);
    const told = sortedBands(fields.slice(3).flatMap((code) => bandOf(code) ?? []));
    // No band, or 0, stands for all.
    return { supported, enabled: told.length === 0 ? supported : told };
  },
  encode(wish, answers) {
    const bands = wish ?? supportedBands(answers);
    // The technologies stand in front, and are told again as they are.
    const [number = '', first = '', next = ''] = fieldsOf(answers[0] ?? [], '+GTACT') ?? [];
    return bands.length === 0 ? null : [`AT+GTACT=${number},${first},${next},${bands.map(codeOf).join(',')}`];
  },
};
