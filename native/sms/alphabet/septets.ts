/**
 * Septets, one in a byte, as octets: seven bits after seven bits, the low ones first (TS 23.038 §6.1.2.1.1).
 * `fillBits` zero bits come first; after a user data header they bring the text to a septet boundary (TS 23.040 §9.2.3.24).
 */
export function packSeptets(septets: Uint8Array, fillBits = 0): Uint8Array {
  const octets = new Uint8Array(Math.ceil((septets.length * 7 + fillBits) / 8));
  let bit = fillBits;
  for (const septet of septets) {
    const index = bit >> 3;
    const placed = (septet & 0x7f) << (bit & 7);
    octets[index] = (octets[index] ?? 0) | (placed & 0xff);
    if (placed > 0xff) octets[index + 1] = placed >> 8;
    bit += 7;
  }
  return octets;
}

/** The septets in `octets` after `fillBits`: `count` of them at most, or as many as are whole. */
export function unpackSeptets(octets: Uint8Array, fillBits = 0, count = Number.POSITIVE_INFINITY): Uint8Array {
  const whole = Math.max(0, Math.floor((octets.length * 8 - fillBits) / 7));
  const septets = new Uint8Array(Math.min(count, whole));
  for (let index = 0; index < septets.length; index += 1) {
    const bit = fillBits + index * 7;
    const both = (octets[bit >> 3] ?? 0) | ((octets[(bit >> 3) + 1] ?? 0) << 8);
    septets[index] = (both >> (bit & 7)) & 0x7f;
  }
  return septets;
}

const carriageReturn = 0x0d;

/**
 * As `packSeptets`, for USSD, which has no length of its own (TS 23.038 §6.1.2.3.1): seven spare bits hold CR instead of what would be
 * read as @, and a text that itself ends with CR on an octet boundary gets a second one, so that it keeps the first.
 */
export function packUssdSeptets(septets: Uint8Array, fillBits = 0): Uint8Array {
  const bits = septets.length * 7 + fillBits;
  const fillsUp = bits % 8 === 1;
  const endsWithCr = bits % 8 === 0 && septets.at(-1) === carriageReturn;
  return packSeptets(fillsUp || endsWithCr ? Uint8Array.of(...septets, carriageReturn) : septets, fillBits);
}

/** The reverse of `packUssdSeptets`: without the CR that only fills up, and without the second one of two. */
export function unpackUssdSeptets(octets: Uint8Array, fillBits = 0): Uint8Array {
  const septets = unpackSeptets(octets, fillBits);
  if (septets.at(-1) !== carriageReturn || septets.length === 1) return septets;
  const bits = septets.length * 7 + fillBits;
  const fillsUp = bits % 8 === 0;
  const isSecond = (bits - 7) % 8 === 0 && septets.at(-2) === carriageReturn;
  return fillsUp || isSecond ? septets.subarray(0, -1) : septets;
}
