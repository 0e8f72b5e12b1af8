/** The names of an `<AcT>` number of 3GPP TS 27.007 §7.3. */
const technologies: readonly string[] = [
  'gsm',
  'gsm-compact',
  'umts',
  'edge',
  'hsdpa',
  'hsupa',
  'hspa',
  'lte',
  'ec-gsm-iot',
  'nb-iot',
  'lte', // E-UTRA on a 5G core
  '5gnr',
  '5gnr', // NG-RAN
  'lte', // E-UTRA with NR beside it: an LTE registration, which proves no 5G
];

/** The name of an `<AcT>` number; null where the modem gave none, `unknown` where the standard has none. */
export function technologyName(number: number | null): string | null {
  return number === null ? null : (technologies[number] ?? 'unknown');
}
