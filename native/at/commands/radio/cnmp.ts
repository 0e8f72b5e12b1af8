import { answerError } from '../../answer-error.ts';
import { afterPrefix, fieldsOf, wholeNumber } from '../../line-fields.ts';
import type { Answers, RadioTechnology, TechnologyWay } from './setting-way.ts';
import { distinctSets, sameTechnologies, technologySet } from './technology-sets.ts';

const automatic = 2;
const sets: ReadonlyMap<number, readonly RadioTechnology[]> = new Map([
  [13, ['gsm']],
  [14, ['utran']],
  [19, ['gsm', 'utran']],
  [38, ['eutran']],
  [39, ['gsm', 'utran', 'eutran']],
  [51, ['gsm', 'eutran']],
  [54, ['utran', 'eutran']],
  [71, ['nr']],
  [109, ['eutran', 'nr']],
]);

/** `(2,13,38)`, and on some models in words too: `((2-Automatic),(38-LTE Only))`. Digits inside of a word are none of the list. */
function knownNumbers(answers: Answers): readonly number[] {
  const texts = (answers[1] ?? []).flatMap((line) => afterPrefix(line, '+CNMP') ?? []);
  return texts.flatMap((text) => [...text.matchAll(/(?<![A-Za-z\d])\d{1,3}(?!\d)/g)].map(([digits]) => Number(digits)));
}

function setOf(number: number, known: readonly number[]): readonly RadioTechnology[] {
  return number === automatic ? technologySet(known.flatMap((one) => sets.get(one) ?? [])) : (sets.get(number) ?? []);
}

export const cnmpTechnologies: TechnologyWay = {
  name: '+CNMP',
  specification: 'SIMCom SIM7000, SIM7600 and SIM8200 series AT commands manuals, AT+CNMP',
  questions: ['AT+CNMP?', 'AT+CNMP=?'],
  decode(answers) {
    const lines = answers[0] ?? [];
    const known = knownNumbers(answers);
    const allowed = setOf(wholeNumber(fieldsOf(lines, '+CNMP')?.[0]) ?? -1, known);
    if (allowed.length === 0) throw answerError('+CNMP', lines);
    return { choices: distinctSets([...known.map((number) => setOf(number, known)), allowed]), allowed, preferred: null, canPrefer: false };
  },
  encode({ allowed, preferred }, answers) {
    const known = knownNumbers(answers);
    // Automatic before a number that says the same.
    const number = [automatic, ...known].find((one) => known.includes(one) && sameTechnologies(setOf(one, known), allowed));
    return number === undefined || preferred !== null ? null : [`AT+CNMP=${number}`];
  },
};
