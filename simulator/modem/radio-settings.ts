/** From the oldest to the newest. */
export const radioTechnologies = ['gsm', 'utran', 'eutran', 'nr'] as const;
export type RadioTechnology = (typeof radioTechnologies)[number];

/** GSM by its frequency in MHz (850, 900, 1800, 1900), the others by the numbers of their bands (3GPP TS 25.101, TS 36.101, TS 38.101). */
export type BandTable = Readonly<Partial<Record<RadioTechnology, readonly number[]>>>;

/** What the radio may use. A modem keeps it over a restart. */
export type RadioSettings = {
  allowed: readonly RadioTechnology[];
  preferred: RadioTechnology | null;
  bands: BandTable;
};

/** As delivered: everything that the radio can do. */
export function makeRadioSettings(supported: BandTable): RadioSettings {
  return { allowed: technologiesOf(supported), preferred: null, bands: supported };
}

export function technologiesOf(bands: BandTable): readonly RadioTechnology[] {
  return radioTechnologies.filter((technology) => bands[technology] !== undefined);
}

/** `<AcT>` (3GPP TS 27.007 §7.3). */
export const accessTechnologies: Readonly<Record<RadioTechnology, number>> = { gsm: 0, utran: 2, eutran: 7, nr: 11 };
