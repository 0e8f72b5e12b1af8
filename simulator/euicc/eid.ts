/** The bench's EUM number: an E.118 prefix of nobody. */
const eumPrefix = '89044990';

/**
 * An EID with right check digits (GSMA SGP.29 v1.0 §4, ISO/IEC 7064 MOD 97-10): the whole number of 32 digits leaves 1 when divided by 97.
 * @param serial number of the chip, up to 22 digits
 */
export function makeEid(serial: number): string {
  const body = `${eumPrefix}${String(serial).padStart(22, '0')}`;
  const check = 98n - (BigInt(`${body}00`) % 97n);
  return `${body}${String(check).padStart(2, '0')}`;
}

/** Whether these are 32 digits whose check digits are right. */
export function isEid(text: string): boolean {
  return /^\d{32}$/.test(text) && BigInt(text) % 97n === 1n;
}
