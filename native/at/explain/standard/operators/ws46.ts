import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { rangeNumbers, splitGroups } from '../../groups.ts';
import { whole } from '../../readers.ts';
import { networkSelectionSets } from './network-selections.ts';

export const ws46: readonly LineDecoder[] = [
  {
    kind: 'ws46-test',
    names: ['+WS46'],
    specification: '3GPP TS 27.007 §5.9',
    form: 'test',
    decode: networkSelections,
    decodeBare: (line) => (line.startsWith('(') ? networkSelections(line) : null),
  },
  {
    kind: 'ws46',
    names: ['+WS46'],
    specification: '3GPP TS 27.007 §5.9',
    decode(rest) {
      const allowed = networkSelectionSets.get(whole(rest) ?? -1);
      if (allowed === undefined) return null;
      return { number: whole(rest), mode: allowed.length === 1 ? (allowed[0] ?? null) : null, allowed };
    },
  },
];

/**
 * The selections that a modem has. 25 is "everything": it is read as what the modem's other selections hold, since a modem for LTE has no
 * 5G in it.
 */
function networkSelections(rest: string): ExplainedFields | null {
  const numbers = rangeNumbers(splitGroups(rest)[0] ?? '');
  if (numbers === null) return null;
  const known = numbers.filter((number) => networkSelectionSets.has(number));
  const found = new Set(known.flatMap((number) => (number === 25 ? [] : (networkSelectionSets.get(number) ?? []))));
  const everything = found.size === 0 ? networkSelectionSets.get(25) : networkSelectionSets.get(25)?.filter((mode) => found.has(mode));
  return { modes: known.map((number) => (number === 25 ? (everything ?? []) : (networkSelectionSets.get(number) ?? []))) };
}
