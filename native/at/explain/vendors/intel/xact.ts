import { splitFields } from '../../../line-fields.ts';
import { numberedBand } from '../../bands.ts';
import type { LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';
import { whole } from '../../readers.ts';
import { modeCombinations } from '../mode-combinations.ts';
import { accessModes } from './access-modes.ts';

function bandsOf(fields: readonly string[]): readonly string[] {
  return fields.flatMap((field) => numberedBand(whole(field) ?? -1) ?? []);
}

function generationOf(band: string): string {
  return band.startsWith('utran') ? '3g' : band.startsWith('eutran') ? '4g' : '2g';
}

export const xact: readonly LineDecoder[] = [
  {
    kind: 'xact-test',
    names: ['+XACT'],
    specification: 'Intel XMM AT commands; Fibocom L8 family AT commands manual, +XACT',
    form: 'test',
    decode(rest) {
      const [allowed, preferred, ...others] = splitGroups(rest);
      const bands = bandsOf(others);
      // The ranges are those of the family; what the model has is seen from its bands.
      const present = new Set(bands.map(generationOf));
      const modes = modeCombinations(accessModes, numbersOf(allowed), numbersOf(preferred)).filter(
        ({ allowed: set }) => Array.isArray(set) && set.every((mode) => present.has(String(mode))),
      );
      return bands.length === 0 ? null : { modes, bands };
    },
  },
  {
    kind: 'xact',
    names: ['+XACT'],
    specification: 'Intel XMM AT commands; Fibocom L8 family AT commands manual, +XACT',
    decode(rest) {
      const [selected = '', preferred = '', , ...others] = splitFields(rest);
      const allowed = accessModes.allowed[whole(selected) ?? -1];
      const first = accessModes.preferred[whole(preferred) ?? -1] ?? null;
      return allowed === undefined
        ? null
        : { allowed, preferred: first === null || allowed.length < 2 ? [] : [first], bands: bandsOf(others) };
    },
  },
];
