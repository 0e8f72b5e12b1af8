import { splitFields } from '../../../line-fields.ts';
import { gsmBands } from '../../bands.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { whole } from '../../readers.ts';

/** UTRA bands by the frequency that `+UBANDSEL` calls them by. */
const utraFrequencies: ReadonlyMap<number, string> = new Map([
  [800, 'utran-6'],
  [850, 'utran-5'],
  [900, 'utran-8'],
  [1700, 'utran-4'],
  [1900, 'utran-2'],
  [2100, 'utran-1'],
]);

/** Frequencies that only UTRA has show that the modem has it; without any the list is of GSM. */
function selectedBands(rest: string): ExplainedFields | null {
  const frequencies = splitFields(rest).flatMap((field) => whole(field) ?? []);
  if (frequencies.length === 0) return null;
  const hasUtra = frequencies.some((frequency) => [800, 1700, 2100].includes(frequency));
  const bands = frequencies.flatMap((frequency) =>
    [gsmBands.get(frequency) ?? [], hasUtra ? (utraFrequencies.get(frequency) ?? []) : []].flat(),
  );
  return { frequencies, bands };
}

export const ubandsel: readonly LineDecoder[] = [
  { kind: 'ubandsel', names: ['+UBANDSEL'], specification: 'u-blox cellular modules AT commands manual, +UBANDSEL', decode: selectedBands },
];
