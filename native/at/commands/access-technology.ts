export type AccessTechnologyName = 'gsm' | 'utran' | 'eutran' | 'nr' | 'nbIot' | 'ltem' | 'unknown';

/** `<AcT>` of 3GPP TS 27.007 §7.2 and §7.3. 13 (E-UTRA with NR beside it) is an LTE registration and proves no 5G. */
const technologies: readonly AccessTechnologyName[] = [
  'gsm',
  'gsm', // compact
  'utran',
  'gsm', // EGPRS
  'utran', // HSDPA
  'utran', // HSUPA
  'utran', // both
  'eutran',
  'gsm', // EC-GSM-IoT
  'nbIot',
  'eutran', // on a 5G core
  'nr',
  'nr',
  'eutran',
];

/** The name of an `<AcT>` number; null where the modem gave none. */
export function accessTechnology(number: number | null): AccessTechnologyName | null {
  return number === null ? null : (technologies[number] ?? 'unknown');
}
