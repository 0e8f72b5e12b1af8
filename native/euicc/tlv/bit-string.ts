import { DeviceError } from '../../errors.ts';

/**
 * The numbers of the bits that are set; bit 0 is the highest of the first octet (ITU-T X.690 §8.6).
 * Cards do not all trim trailing zeros as DER asks, and some count the unused bits wrongly: what is set is what counts.
 * @throws DeviceError CARD_ANSWER where the content is empty or names more than seven unused bits
 */
export function decodeBitString(content: Uint8Array): readonly number[] {
  const unused = content[0];
  if (unused === undefined || unused > 7) throw new DeviceError('CARD_ANSWER', { reason: 'bit string', length: content.length });
  const bits: number[] = [];
  content.subarray(1).forEach((octet, index) => {
    for (let bit = 0; bit < 8; bit += 1) if ((octet & (0x80 >> bit)) !== 0) bits.push(index * 8 + bit);
  });
  return bits;
}

/** The content octets with these bits set, trailing zeros trimmed as DER asks for named bits (ITU-T X.690 §11.2.2). */
export function encodeBitString(bits: readonly number[]): Uint8Array {
  if (bits.length === 0) return Uint8Array.of(0);
  const highest = Math.max(...bits);
  const octets = new Uint8Array(2 + (highest >> 3));
  octets[0] = 7 - (highest & 7);
  for (const bit of bits) octets[1 + (bit >> 3)] = (octets[1 + (bit >> 3)] ?? 0) | (0x80 >> (bit & 7));
  return octets;
}

/** The set bits by their names; a bit without a name keeps its number, as `bit42`, so that nothing is hidden. */
export function nameBits(bits: readonly number[], names: Readonly<Record<number, string>>): readonly string[] {
  return bits.map((bit) => names[bit] ?? `bit${bit}`);
}
