import type { LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';

export const ifc: readonly LineDecoder[] = [
  {
    kind: 'ifc-test',
    names: ['+IFC'],
    specification: 'ITU-T V.250 §6.2.12',
    form: 'test',
    decode(rest) {
      const [fromModem, fromTerminal] = splitGroups(rest.replace(')(', '),(')).map(numbersOf);
      // Only what works in both directions is of use; 0 alone is not even the choice of having none.
      const both = (fromModem ?? []).filter((number) => fromTerminal?.includes(number) === true);
      if (both.length < 2) return { flowControl: [] };
      return { flowControl: both.flatMap((number) => ['none', 'xon-xoff', 'rts-cts'][number] ?? []) };
    },
  },
];
