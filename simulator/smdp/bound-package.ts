import { randomBytes } from 'node:crypto';
import { concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { agree, makePrivateKey, privateKeyOf, sign } from '../pki/elliptic-key.ts';
import type { CurveName, PrivateKey } from '../pki/elliptic-key.ts';
import { encodeObjectIdentifier } from '../pki/object-identifier.ts';
import { aesKeyLength, aesKeyType, deriveBspKeys, makeBspSender, splitIntoSegments, type BspKeys } from './bsp.ts';
import { signatureObject } from './message-fields.ts';

/** installBoundProfilePackage (SGP.22 v2.5 §2.5.2). */
const installOperation = encodeTlv(0x82, Uint8Array.of(1));
const hostId = encodeText('leb-bench');

/** The server's secrets of one bound package; kept, they make the same package again. */
export type BindingKeys = {
  /** The server's one-time key. */
  readonly oneTimeKey: PrivateKey;
  /** 48 bytes: MAC chaining value, encryption key and MAC key of the profile elements, where these have keys of their own. */
  readonly packageKeys: Uint8Array;
};

export type Binding = BindingKeys & {
  readonly transactionId: Uint8Array;
  /** 32 digits. */
  readonly eid: string;
  /** The chip's one-time key: an uncompressed point. */
  readonly euiccKey: Uint8Array;
  /** DP profile binding. */
  readonly signingKey: PrivateKey;
  /** The server's OID, dotted. */
  readonly smdpOid: string;
  /** The whole `BF25` object. */
  readonly metadata: Uint8Array;
  readonly profilePackage: Uint8Array;
  readonly replacesSessionKeys: boolean;
};

export function makeBindingKeys(curve: CurveName): BindingKeys {
  return { oneTimeKey: makePrivateKey(curve), packageKeys: randomBytes(48) };
}

/** @param serverSecret hex @param packageKeys hex */
export function restoreBindingKeys(curve: CurveName, serverSecret: string, packageKeys: string): BindingKeys {
  return { oneTimeKey: privateKeyOf(curve, hexToBytes(serverSecret)), packageKeys: hexToBytes(packageKeys) };
}

/**
 * BoundProfilePackage `BF36 { BF23, A0 { 87 }, A1 { 88* }, A2 { 87 }?, A3 { 86* } }` (SGP.22 v2.5 §2.5.4).
 * @throws Error where the chip's key is not on the curve
 */
export function bindProfilePackage(binding: Binding): Uint8Array {
  const session = makeBspSender(deriveBspKeys(agree(binding.oneTimeKey, binding.euiccKey), hostId, hexToBytes(binding.eid)));
  const configureIsdp = encodeTlv(0xbf24, encodeTlv(0xb8, encodeTlv(0x80, encodeObjectIdentifier(binding.smdpOid))));
  // The order of these lines is the order of the TLVs: each MAC goes on from the one before.
  const configured = encodeTlv(0xa0, session.protect(0x87, configureIsdp));
  const metadata = encodeTlv(0xa1, ...splitIntoSegments(binding.metadata).map((part) => session.sign(0x88, part)));
  const replaced = binding.replacesSessionKeys ? [encodeTlv(0xa2, session.protect(0x87, encodeReplacement(binding.packageKeys)))] : [];
  const elements = binding.replacesSessionKeys ? makeBspSender(keysOf(binding.packageKeys)) : session;
  const profile = encodeTlv(0xa3, ...splitIntoSegments(binding.profilePackage).map((part) => elements.protect(0x86, part)));
  return encodeTlv(0xbf36, initialiseSecureChannel(binding), configured, metadata, ...replaced, profile);
}

/** `BF23`; its signature also covers the chip's one-time key, which is not in the message (SGP.22 v2.5 §5.5.1). */
function initialiseSecureChannel(binding: Binding): Uint8Array {
  const content = concatBytes(
    installOperation,
    encodeTlv(0x80, binding.transactionId),
    encodeTlv(0xa6, encodeTlv(0x80, Uint8Array.of(aesKeyType)), encodeTlv(0x81, Uint8Array.of(aesKeyLength)), encodeTlv(0x84, hostId)),
    encodeTlv(0x5f49, binding.oneTimeKey.point),
  );
  const signature = sign(binding.signingKey, concatBytes(content, encodeTlv(0x5f49, binding.euiccKey)));
  return encodeTlv(0xbf23, content, signatureObject(signature));
}

function encodeReplacement(packageKeys: Uint8Array): Uint8Array {
  const { initialMcv, encryption, mac } = keysOf(packageKeys);
  return encodeTlv(0xbf26, encodeTlv(0x80, initialMcv), encodeTlv(0x81, encryption), encodeTlv(0x82, mac));
}

function keysOf(packageKeys: Uint8Array): BspKeys {
  return { initialMcv: packageKeys.subarray(0, 16), encryption: packageKeys.subarray(16, 32), mac: packageKeys.subarray(32, 48) };
}
