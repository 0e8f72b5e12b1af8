import { answerError } from '../../answer-error.ts';
import { numbersOf, splitGroups } from '../../explain/groups.ts';
import { afterPrefix, splitFields, wholeNumber } from '../../line-fields.ts';
import type { Answers, RadioTechnology, TechnologyWay } from './setting-way.ts';
import { distinctSets, sameTechnologies, technologySet } from './technology-sets.ts';

const automatic = 0;
const single: ReadonlyMap<number, RadioTechnology> = new Map([
  [1, 'gsm'],
  [2, 'utran'],
  [3, 'eutran'],
]);

/** The list of all settings tells which numbers the model has: `+QCFG: "nwscanmode",(0-3),(0,1)`. */
function knownTechnologies(answers: Answers): readonly RadioTechnology[] {
  for (const line of answers[1] ?? []) {
    const groups = splitGroups(afterPrefix(line, '+QCFG') ?? '');
    if (groups[0]?.replaceAll('"', '').toLowerCase() === 'nwscanmode')
      return numbersOf(groups[1]).flatMap((number) => single.get(number) ?? []);
  }
  return [];
}

/** Quectel's modems up to LTE: one technology, or all. */
export const nwscanmodeTechnologies: TechnologyWay = {
  name: '+QCFG="nwscanmode"',
  specification: 'Quectel EC2x, EG2x and EG9x AT commands manual, AT+QCFG="nwscanmode"',
  questions: ['AT+QCFG="nwscanmode"', 'AT+QCFG=?'],
  decode(answers) {
    const lines = answers[0] ?? [];
    const number = lines.map((line) => splitFields(afterPrefix(line, '+QCFG') ?? '')).find(([name]) => name === 'nwscanmode')?.[1];
    const mode = wholeNumber(number);
    const all = technologySet(knownTechnologies(answers));
    const only = single.get(mode ?? -1);
    const allowed = mode === automatic ? all : only === undefined ? [] : [only];
    // Without the list nobody knows what "all" is.
    if (allowed.length === 0) throw answerError('+QCFG', lines);
    return { choices: distinctSets([...all.map((one) => [one]), all, allowed]), allowed, preferred: null, canPrefer: false };
  },
  encode({ allowed, preferred }, answers) {
    const all = knownTechnologies(answers);
    if (preferred !== null) return null;
    // Everything first: where there is only one technology both are the same.
    const number = sameTechnologies(allowed, all)
      ? automatic
      : [...single].find(([, one]) => all.includes(one) && sameTechnologies(allowed, [one]))?.[0];
    // 1: at once, without a restart.
    return number === undefined ? null : [`AT+QCFG="nwscanmode",${number},1`];
  },
};
