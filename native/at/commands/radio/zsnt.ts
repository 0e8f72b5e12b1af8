import { answerError } from '../../answer-error.ts';
import { numbersOf, splitGroups } from '../../explain/groups.ts';
import { afterPrefix, fieldsOf, wholeNumber } from '../../line-fields.ts';
import type { Answers, RadioTechnology, TechnologyWay } from './setting-way.ts';
import { distinctSets, sameTechnologies, technologySet } from './technology-sets.ts';

const automatic = 0;
const single: ReadonlyMap<number, RadioTechnology> = new Map([
  [1, 'gsm'],
  [2, 'utran'],
  [6, 'eutran'],
]);
/** What is looked for first, where everything is allowed. */
const firsts: readonly (RadioTechnology | null)[] = [null, 'gsm', 'utran'];

/** A model that does not list its numbers has GSM and UMTS. */
function knownTechnologies(answers: Answers): readonly RadioTechnology[] {
  const listed = (answers[1] ?? []).flatMap((line) => numbersOf(splitGroups(afterPrefix(line, '+ZSNT') ?? '')[0]));
  return technologySet((listed.length > 0 ? listed : [1, 2]).flatMap((number) => single.get(number) ?? []));
}

/** `<technology>,<who chooses the network>,<first>` */
export const zsntTechnologies: TechnologyWay = {
  name: '+ZSNT',
  specification: 'ZTE AT commands reference guide, AT+ZSNT',
  questions: ['AT+ZSNT?', 'AT+ZSNT=?'],
  decode(answers) {
    const lines = answers[0] ?? [];
    const [mode, , first] = fieldsOf(lines, '+ZSNT') ?? [];
    const number = wholeNumber(mode);
    const all = knownTechnologies(answers);
    const only = single.get(number ?? -1);
    const allowed = number === automatic ? all : only === undefined ? [] : [only];
    if (allowed.length === 0) throw answerError('+ZSNT', lines);
    const preferred = firsts[wholeNumber(first) ?? 0] ?? null;
    return {
      choices: distinctSets([...all.map((one) => [one]), all, allowed]),
      allowed,
      preferred: number === automatic ? preferred : null,
      canPrefer: true,
    };
  },
  encode({ allowed, preferred }, answers) {
    const [, selection = '0'] = fieldsOf(answers[0] ?? [], '+ZSNT') ?? [];
    const first = firsts.indexOf(preferred);
    if (sameTechnologies(allowed, knownTechnologies(answers))) return first < 0 ? null : [`AT+ZSNT=${automatic},${selection},${first}`];
    const number = [...single].find(([, technology]) => sameTechnologies(allowed, [technology]))?.[0];
    return number === undefined || (preferred !== null && preferred !== allowed[0]) ? null : [`AT+ZSNT=${number},${selection},0`];
  },
};
