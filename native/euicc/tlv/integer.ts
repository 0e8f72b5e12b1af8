import { DeviceError } from '../../errors.ts';

/**
 * A DER INTEGER's content, two's complement (ITU-T X.690 §8.3).
 * @throws DeviceError CARD_ANSWER where it is empty or does not fit 48 bits
 */
export function decodeInteger(content: Uint8Array): number {
  const magnitude = decodeUnsigned(content);
  return (content[0] ?? 0) >= 0x80 ? magnitude - 2 ** (8 * content.length) : magnitude;
}

/** Big-endian octets without a sign, as memory sizes come. @throws DeviceError CARD_ANSWER as above */
export function decodeUnsigned(content: Uint8Array): number {
  if (content.length === 0 || content.length > 6) throw new DeviceError('CARD_ANSWER', { reason: 'integer', length: content.length });
  return content.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** The shortest content octets of a number that is not negative: 128 becomes 00 80, so that it stays positive. */
export function encodeInteger(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a number for the wire: ${value}`);
  const octets: number[] = [];
  let rest = value;
  do {
    octets.unshift(rest % 256);
    rest = Math.floor(rest / 256);
  } while (rest > 0);
  if ((octets[0] ?? 0) >= 0x80) octets.unshift(0);
  return Uint8Array.from(octets);
}
