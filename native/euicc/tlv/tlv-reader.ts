import { DeviceError } from '../../errors.ts';

/**
 * One BER-TLV object (ITU-T X.690 §8.1). `raw` is the slice with tag and length as it came: signed parts are passed on byte for byte.
 * Contents of constructed objects are read on demand, so that a field which nobody asks for cannot spoil the rest.
 */
export type Tlv = {
  /** The tag's octets as one number: 0x5A, 0x9F70, 0xBF2D. */
  readonly tag: number;
  readonly value: Uint8Array;
  readonly raw: Uint8Array;
  /** How deep this object lies: 1 for the outermost. */
  readonly depth: number;
};

export const maxTlvLength = 1024 * 1024;
export const maxTlvDepth = 8;

/** Every object of a run of TLVs. @throws DeviceError CARD_ANSWER where they do not fill the bytes exactly */
export function readTlvs(bytes: Uint8Array, depth = 1): readonly Tlv[] {
  if (bytes.length > maxTlvLength) throw malformed('too long', 0);
  if (depth > maxTlvDepth) throw malformed('nested too deep', 0);
  const found: Tlv[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const one = readAt(bytes, offset, depth);
    found.push(one);
    offset += one.raw.length;
  }
  return found;
}

/** The one object that the bytes are. @throws DeviceError CARD_ANSWER where there is none, or something follows it */
export function readTlv(bytes: Uint8Array): Tlv {
  const [only, ...rest] = readTlvs(bytes);
  if (only === undefined) throw malformed('empty', 0);
  if (rest.length > 0) throw malformed('something follows', only.raw.length);
  return only;
}

/** What a constructed object holds. @throws DeviceError CARD_ANSWER */
export function childrenOf(parent: Tlv): readonly Tlv[] {
  return readTlvs(parent.value, parent.depth + 1);
}

/** The first child with this tag, or undefined. @throws DeviceError CARD_ANSWER where the content is malformed */
export function findChild(parent: Tlv, tag: number): Tlv | undefined {
  return childrenOf(parent).find((child) => child.tag === tag);
}

function readAt(bytes: Uint8Array, start: number, depth: number): Tlv {
  let offset = start;
  const octet = (): number => {
    const value = bytes[offset];
    if (value === undefined) throw malformed('truncated', offset);
    offset += 1;
    return value;
  };

  let tag = octet();
  if ((tag & 0x1f) === 0x1f) {
    let following = octet();
    if (following === 0x80) throw malformed('tag', start);
    tag = (tag << 8) | following;
    if ((following & 0x80) !== 0) {
      following = octet();
      if ((following & 0x80) !== 0) throw malformed('tag', start);
      tag = (tag << 8) | following;
    }
  }

  let length = octet();
  if (length === 0x80) throw malformed('indefinite length', start);
  if (length > 0x80) {
    const octets = length & 0x7f;
    if (octets > 4) throw malformed('length', start);
    length = 0;
    for (let index = 0; index < octets; index += 1) length = length * 256 + octet();
  }
  if (length > bytes.length - offset) throw malformed('truncated', offset);
  return { tag, value: bytes.subarray(offset, offset + length), raw: bytes.subarray(start, offset + length), depth };
}

function malformed(reason: string, offset: number): DeviceError {
  return new DeviceError('CARD_ANSWER', { reason: `tlv: ${reason}`, offset });
}
