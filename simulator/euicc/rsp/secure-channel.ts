import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { cmac } from '@noble/ciphers/aes.js';
import { concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { InstallationFailure } from './installation-failure.ts';

/** 16 bytes each. */
export type SessionKeys = {
  readonly macChainingValue: Uint8Array;
  readonly encryptionKey: Uint8Array;
  readonly macKey: Uint8Array;
};

/** Key type and length that SGP.22 v2.5 §5.5.1 allows in the control reference template: AES with 16 bytes. */
export const keyType = 0x88;
export const keyLength = 0x10;

const macLength = 8;

/**
 * X9.63 with SHA-256 over the shared number (SGP.22 v2.5 annex G).
 * @param hostId 1 to 16 bytes of the server's
 * @param eid 32 digits; they go in as bytes in the order in which they are read
 */
export function deriveSessionKeys(sharedNumber: Uint8Array, hostId: Uint8Array, eid: string): SessionKeys {
  const chip = hexToBytes(eid);
  const sharedInfo = concatBytes(Uint8Array.of(keyType, keyLength, hostId.length), hostId, Uint8Array.of(chip.length), chip);
  const block = (counter: number): Uint8Array => {
    const hash = createHash('sha256')
      .update(sharedNumber)
      .update(Uint8Array.of(0, 0, 0, counter))
      .update(sharedInfo);
    return new Uint8Array(hash.digest());
  };
  const keys = concatBytes(block(1), block(2));
  return { macChainingValue: keys.slice(0, 16), encryptionKey: keys.slice(16, 32), macKey: keys.slice(32, 48) };
}

/** The receiving end of SCP03t as SGP.22 v2.5 §2.6.4 binds a package with it. */
export type SecureChannel = {
  /**
   * Checks the next object and gives what it says: 86 and 87 are encrypted, 88 is not.
   * @throws InstallationFailure scp03tSecurityError, scp03tStructureError
   */
  open(object: Tlv): Uint8Array;
};

export function makeSecureChannel(keys: SessionKeys): SecureChannel {
  let macChainingValue = keys.macChainingValue;
  // Counts every object, those without encryption too, and starts again with new keys.
  let counter = 0;
  return {
    open(object) {
      if (object.value.length < macLength) throw new InstallationFailure('scp03tStructureError');
      counter += 1;
      // Tag and length stand in front as they were sent: the length is that of the data and the MAC together.
      const covered = object.raw.subarray(0, -macLength);
      const mac = cmac(concatBytes(macChainingValue, covered), keys.macKey);
      if (!timingSafeEqual(mac.subarray(0, macLength), object.raw.subarray(-macLength))) {
        throw new InstallationFailure('scp03tSecurityError');
      }
      macChainingValue = mac;
      const data = object.value.subarray(0, -macLength);
      return object.tag === 0x88 ? data : removePadding(decrypt(data, keys.encryptionKey, counter));
    },
  };
}

/** The counter, encrypted, is the first chaining value (SGP.22 v2.5 §2.6.4.3). */
function decrypt(data: Uint8Array, key: Uint8Array, counter: number): Uint8Array {
  if (data.length === 0 || data.length % 16 !== 0) throw new InstallationFailure('scp03tStructureError');
  const block = new Uint8Array(16);
  new DataView(block.buffer).setUint32(12, counter);
  const initial = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false).update(block);
  return new Uint8Array(createDecipheriv('aes-128-cbc', key, initial).setAutoPadding(false).update(data));
}

/** 80 and zeros behind the data, always at least the 80. */
function removePadding(padded: Uint8Array): Uint8Array {
  const end = padded.findLastIndex((octet) => octet !== 0);
  if (end === -1 || padded[end] !== 0x80) throw new InstallationFailure('scp03tStructureError');
  return padded.slice(0, end);
}
