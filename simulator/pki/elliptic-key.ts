import { brainpoolP256r1 } from '@noble/curves/misc.js';
import { p256 } from '@noble/curves/nist.js';

/** The two curves of SGP.22 v2.5 §2.6.5 that are alive; a chain, its signatures and its key agreements stay on one of them. */
export type CurveName = 'p256' | 'brainpoolP256r1';

export type PublicKey = {
  readonly curve: CurveName;
  /** Uncompressed: 04, X, Y; 65 bytes. */
  readonly point: Uint8Array;
};

export type PrivateKey = PublicKey & {
  /** 32 bytes, big-endian. */
  readonly secret: Uint8Array;
};

/** By name. Not node:crypto: Electron's library has no brainpool curve. */
const curves = { p256, brainpoolP256r1 } as const;

/** A new key pair from the system's random source. */
export function makePrivateKey(curve: CurveName): PrivateKey {
  return privateKeyOf(curve, curves[curve].utils.randomSecretKey());
}

/** @throws Error where the number is not between 1 and the order of the curve */
export function privateKeyOf(curve: CurveName, secret: Uint8Array): PrivateKey {
  return { curve, secret, point: curves[curve].getPublicKey(secret, false) };
}

/** Whether the bytes are an uncompressed point on the curve. */
export function isPoint(curve: CurveName, point: Uint8Array): boolean {
  if (point.length !== 65 || point[0] !== 0x04) return false;
  try {
    curves[curve].Point.fromBytes(point).assertValidity();
    return true;
  } catch {
    return false;
  }
}

/** ECDSA with SHA-256 (BSI TR-03111 §4.2.1), plain format: r and s, 64 bytes. */
export function sign(key: PrivateKey, message: Uint8Array): Uint8Array {
  return curves[key.curve].sign(message, key.secret, { lowS: false });
}

/** Whether the plain signature is right. Half of all honest signatures have a high s, and they count. Never throws. */
export function verify(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  try {
    return curves[key.curve].verify(signature, message, key.point, { lowS: false });
  } catch {
    return false;
  }
}

/** ECKA (BSI TR-03111 §4.3): the x coordinate of the shared point, 32 bytes. @throws Error where `point` is not on the key's curve */
export function agree(key: PrivateKey, point: Uint8Array): Uint8Array {
  return curves[key.curve].getSharedSecret(key.secret, point, false).slice(1, 33);
}
