/**
 * Whether the last two digits of an EID fit the thirty before them: the whole number leaves 1 when divided by 97 (SGP.02 §2.2.2,
 * ISO/IEC 7064 MOD 97-10). Some old cards do not keep to it: a reason to look twice, not to refuse.
 */
export function hasValidCheckDigits(eid: string): boolean {
  return /^\d{32}$/u.test(eid) && BigInt(eid) % 97n === 1n;
}
