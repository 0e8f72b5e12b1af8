import { splitFields } from '../../../line-fields.ts';
import { numberedBand } from '../../bands.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { numbersOf, splitGroups } from '../../groups.ts';
import { whole } from '../../readers.ts';

/** The first three places are the technologies; bands of each technology follow in groups of their own. */
function bandGroups(rest: string): ExplainedFields | null {
  const bands = splitGroups(rest)
    .slice(3)
    .flatMap(numbersOf)
    .flatMap((number) => numberedBand(number) ?? []);
  if (bands.length === 0) return null;
  return {
    '2g': bands.filter((band) => !band.includes('-')),
    '3g': bands.filter((band) => band.startsWith('utran')),
    '4g': bands.filter((band) => band.startsWith('eutran')),
  };
}

export const uact: readonly LineDecoder[] = [
  {
    kind: 'uact-test',
    names: ['+UACT'],
    specification: 'u-blox cellular modules AT commands manual, +UACT',
    form: 'test',
    decode: bandGroups,
  },
  {
    kind: 'uact',
    names: ['+UACT'],
    specification: 'u-blox cellular modules AT commands manual, +UACT',
    decode(rest) {
      const bands = splitFields(rest)
        .slice(3)
        .flatMap((field) => numberedBand(whole(field) ?? -1) ?? []);
      return bands.length === 0 ? null : { bands };
    },
  },
];
