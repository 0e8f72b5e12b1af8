import { numbersOf, splitGroups } from '../../explain/groups.ts';
import { networkSelectionSets } from '../../explain/standard/operators/network-selections.ts';
import { afterPrefix } from '../../line-fields.ts';
import { needExplained } from './explained.ts';
import type { Answers, TechnologyWay } from './setting-way.ts';
import { distinctSets, sameTechnologies, technologiesOf, technologySet } from './technology-sets.ts';

const everything = 25;

/** The numbers that the modem knows; `(12,22,25,28-31)`, with the command's name in front or without. */
function knownNumbers(answers: Answers): readonly number[] {
  const lines = answers[1] ?? [];
  const groups = lines.map((line) => afterPrefix(line, '+WS46') ?? line).filter((text) => text.startsWith('('));
  return groups.flatMap((text) => numbersOf(splitGroups(text)[0])).filter((number) => networkSelectionSets.has(number));
}

function setOf(number: number, known: readonly number[]) {
  const own = known.filter((other) => other !== everything).flatMap((other) => technologiesOf(networkSelectionSets.get(other)));
  // A modem for LTE has no 5G in its "everything".
  return number === everything && own.length > 0 ? technologySet(own) : technologiesOf(networkSelectionSets.get(number));
}

/** The standard's own way: a number for each set, no preference. */
export const ws46Technologies: TechnologyWay = {
  name: '+WS46',
  specification: '3GPP TS 27.007 §5.9',
  questions: ['AT+WS46?', 'AT+WS46=?'],
  decode(answers) {
    const { number } = needExplained(answers[0], 'AT+WS46?', 'ws46');
    const known = knownNumbers(answers);
    const allowed = setOf(Number(number), known);
    return { choices: distinctSets([...known.map((one) => setOf(one, known)), allowed]), allowed, preferred: null, canPrefer: false };
  },
  encode({ allowed, preferred }, answers) {
    const known = knownNumbers(answers);
    const number = known.find((one) => sameTechnologies(setOf(one, known), allowed));
    return number === undefined || preferred !== null ? null : [`AT+WS46=${number}`];
  },
};
