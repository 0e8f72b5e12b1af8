import { answerError } from '../../answer-error.ts';
import type { Answers, RadioTechnology, TechnologyWay } from './setting-way.ts';
import { distinctSets, sameTechnologies, technologySet } from './technology-sets.ts';

type Entry = { readonly index: string; readonly technologies: readonly RadioTechnology[] | 'all' };

const words: readonly (readonly [pattern: RegExp, technology: RadioTechnology])[] = [
  [/GSM|2G/i, 'gsm'],
  [/UMTS|3G/i, 'utran'],
  [/LTE/i, 'eutran'],
  [/NR|5G/i, 'nr'],
];

/** `!SELRAT: 06, LTE Only`, the list without the command's name. The numbers differ from firmware to firmware, the words do not. */
function entries(lines: readonly string[] | null | undefined): readonly Entry[] {
  return (lines ?? []).flatMap((line): readonly Entry[] => {
    const match = /^(?:!SELRAT\s*:)?\s*([0-9A-F]{2})\s*,\s*(\S.*)$/i.exec(line);
    const [, index = '', name = ''] = match ?? [];
    if (match === null || /CDMA|HRPD|TDS/i.test(name)) return [];
    if (/automatic/i.test(name)) return [{ index, technologies: 'all' }];
    const technologies = technologySet(words.flatMap(([pattern, technology]) => (pattern.test(name) ? [technology] : [])));
    return technologies.length === 0 ? [] : [{ index, technologies }];
  });
}

function everything(answers: Answers): readonly RadioTechnology[] {
  return technologySet(entries(answers[1]).flatMap(({ technologies }) => (technologies === 'all' ? [] : technologies)));
}

function setOf({ technologies }: Entry, answers: Answers): readonly RadioTechnology[] {
  return technologies === 'all' ? everything(answers) : technologies;
}

export const selratTechnologies: TechnologyWay = {
  name: '!SELRAT',
  specification: 'Sierra Wireless EM74xx, MC74xx and EM91xx AT command reference, AT!SELRAT',
  questions: ['AT!SELRAT?', 'AT!SELRAT=?'],
  decode(answers) {
    const [now] = entries(answers[0]);
    const allowed = now === undefined ? [] : setOf(now, answers);
    if (allowed.length === 0) throw answerError('!SELRAT', answers[0] ?? []);
    const choices = distinctSets([...entries(answers[1]).map((entry) => setOf(entry, answers)), allowed]);
    return { choices, allowed, preferred: null, canPrefer: false };
  },
  encode({ allowed, preferred }, answers) {
    const found = entries(answers[1]).find((entry) => sameTechnologies(setOf(entry, answers), allowed));
    return found === undefined || preferred !== null ? null : [`AT!SELRAT=${found.index}`];
  },
};
