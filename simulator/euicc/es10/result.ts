import { encodeInteger } from '#native/euicc/tlv/integer.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';

/** `tag { 80 result }`, the answer of every function that has nothing else to say. */
export function encodeResult(tag: number, result: number): Uint8Array {
  return encodeTlv(tag, encodeTlv(0x80, encodeInteger(result)));
}

export const undefinedError = 127;
