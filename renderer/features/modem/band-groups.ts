import type { RadioTechnology } from '#contract/desk/modem.ts';

export type BandGroup = { readonly technology: RadioTechnology; readonly bands: readonly string[] };

/** How bands are named, newest generation first: n78, B3, U1, GSM900. */
const shapes: readonly (readonly [RadioTechnology, RegExp])[] = [
  ['nr', /^n\d+$/u],
  ['eutran', /^B\d+$/u],
  ['utran', /^U\d+$/u],
  ['gsm', /^GSM\d+$/u],
];
const numberOf = (band: string): number => Number(/\d+$/u.exec(band)?.[0]);

/** The bands by generation, in the order of their numbers. A name of another shape is left out: nobody could say what it is. */
export function groupBands(bands: readonly string[]): readonly BandGroup[] {
  return shapes
    .map(([technology, shape]) => ({
      technology,
      bands: [...new Set(bands)].filter((band) => shape.test(band)).toSorted((one, other) => numberOf(one) - numberOf(other)),
    }))
    .filter((group) => group.bands.length > 0);
}
