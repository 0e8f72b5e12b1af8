/** The sixteen values of a semi-octet in an address (TS 23.040 §9.1.2.3); F is fill. */
const signs = '0123456789*#abc';

/**
 * Digits, the low half of an octet first. F is skipped wherever it stands: some networks count it as a digit, and some put another value
 * in its place, which is cut off by the count of the digits.
 */
export function decodeDigits(octets: Uint8Array): string {
  let digits = '';
  for (const octet of octets) digits += (signs[octet & 0x0f] ?? '') + (signs[octet >> 4] ?? '');
  return digits;
}

/** The reverse, filled with F; null where something else than a digit is in it. */
export function encodeDigits(digits: string): Uint8Array | null {
  const octets = new Uint8Array(Math.ceil(digits.length / 2)).fill(0xf0);
  for (let index = 0; index < digits.length; index += 1) {
    const value = signs.indexOf(digits.charAt(index));
    if (value < 0) return null;
    const octet = octets[index >> 1] ?? 0xf0;
    octets[index >> 1] = index % 2 === 0 ? 0xf0 | value : (value << 4) | (octet & 0x0f);
  }
  return octets;
}

/**
 * Two decimal digits, the low half first. Where one is not decimal it counts as 0 (TS 23.040 §9.2.3.11).
 */
export function decodeDecimal(octet: number): number {
  return decimal(octet & 0x0f) * 10 + decimal(octet >> 4);
}

/** The reverse, for 0 to 99. */
export function encodeDecimal(value: number): number {
  return ((value % 10) << 4) | (Math.floor(value / 10) % 10);
}

function decimal(digit: number): number {
  return digit > 9 ? 0 : digit;
}
