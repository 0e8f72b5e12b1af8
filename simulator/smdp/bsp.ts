import { createCipheriv, createHash } from 'node:crypto';
import { cmac } from '@noble/ciphers/aes.js';
import { concatBytes } from '#native/euicc/tlv/hex.ts';
import { encodeLength, encodeTag } from '#native/euicc/tlv/tlv-writer.ts';

/** Keys of one run of protected TLVs, sixteen bytes each (SGP.22 v2.5 §2.6.4). */
export type BspKeys = {
  /** The MAC chaining value that the first MAC starts from. */
  readonly initialMcv: Uint8Array;
  readonly encryption: Uint8Array;
  readonly mac: Uint8Array;
};

export type BspSender = {
  /** A TLV whose content is encrypted and then signed with the chained MAC. */
  protect(tag: number, plain: Uint8Array): Uint8Array;
  /** A TLV whose content stays readable, signed with the chained MAC. */
  sign(tag: number, plain: Uint8Array): Uint8Array;
};

/** AES-128 with sixteen bytes of key; GlobalPlatform's number for it. */
export const aesKeyType = 0x88;
export const aesKeyLength = 0x10;

/** The greatest plain text of one TLV, so that it is at most 1020 bytes long with padding, MAC, tag and length (SGP.22 v2.5 §2.6.4). */
export const longestSegment = 1007;

const macLength = 8;

/**
 * Session keys from the shared point (BSI TR-03111 §4.3.3, X9.63 with SHA-256; SGP.22 v2.5 annex G).
 * @param sharedSecret x coordinate of the shared point, 32 bytes
 * @param hostId as it stands in the control reference template, 1 to 16 bytes
 * @param eid sixteen bytes
 */
export function deriveBspKeys(sharedSecret: Uint8Array, hostId: Uint8Array, eid: Uint8Array): BspKeys {
  const sharedInfo = concatBytes(
    Uint8Array.of(aesKeyType, aesKeyLength),
    encodeLength(hostId.length),
    hostId,
    encodeLength(eid.length),
    eid,
  );
  const block = (counter: number): Uint8Array =>
    createHash('sha256')
      .update(sharedSecret)
      .update(Uint8Array.of(0, 0, 0, counter))
      .update(sharedInfo)
      .digest();
  const material = concatBytes(block(1), block(2));
  return { initialMcv: material.slice(0, 16), encryption: material.slice(16, 32), mac: material.slice(32, 48) };
}

/**
 * The sender's half of the bound package's protection. Every MAC covers the whole MAC before it, so that no TLV can be left out,
 * repeated or moved; the block counter counts TLVs that are only signed, too.
 */
export function makeBspSender(keys: BspKeys): BspSender {
  let chaining = keys.initialMcv;
  let counter = 1;

  function seal(tag: number, content: Uint8Array): Uint8Array {
    const header = concatBytes(encodeTag(tag), encodeLength(content.length + macLength));
    const mac = cmac(concatBytes(chaining, header, content), keys.mac);
    chaining = mac;
    counter += 1;
    return concatBytes(header, content, mac.subarray(0, macLength));
  }

  return {
    sign: seal,
    protect(tag, plain) {
      const block = new Uint8Array(16);
      new DataView(block.buffer).setUint32(12, counter);
      const initialVector = encrypt('aes-128-ecb', keys.encryption, null, block);
      return seal(tag, encrypt('aes-128-cbc', keys.encryption, initialVector, pad(plain)));
    },
  };
}

/** The plain text in pieces that fit one TLV each. */
export function splitIntoSegments(plain: Uint8Array, longest = longestSegment): readonly Uint8Array[] {
  const segments: Uint8Array[] = [];
  for (let offset = 0; offset < plain.length; offset += longest) segments.push(plain.subarray(offset, offset + longest));
  return segments;
}

/** ISO/IEC 9797-1 method 2: one octet 80, then zeros up to a whole block; at least the 80. */
function pad(plain: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.floor(plain.length / 16) * 16 + 16);
  padded.set(plain);
  padded[plain.length] = 0x80;
  return padded;
}

function encrypt(algorithm: string, key: Uint8Array, initialVector: Uint8Array | null, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv(algorithm, key, initialVector).setAutoPadding(false);
  return concatBytes(cipher.update(plain), cipher.final());
}
