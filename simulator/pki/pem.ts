import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { childrenOf, findChild, readTlv } from '#native/euicc/tlv/tlv-reader.ts';
import { curveOf } from './certificate.ts';
import type { PrivateKey } from './elliptic-key.ts';
import { privateKeyOf } from './elliptic-key.ts';
import { decodeObjectIdentifier, encodeObjectIdentifier } from './object-identifier.ts';
import { identifiers } from './roles.ts';

type Label = 'CERTIFICATE' | 'PRIVATE KEY' | 'EC PRIVATE KEY';

/** Lines of 64 characters of base64 between two marks (RFC 7468 §2). */
export function encodePem(label: Label, der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .replaceAll(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

/** The first block with this label, or null. What stands around it is passed over. */
export function decodePem(label: Label, text: string): Uint8Array | null {
  const block = new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`).exec(text);
  return block?.[1] === undefined ? null : new Uint8Array(Buffer.from(block[1], 'base64'));
}

/** A key as PKCS#8 (RFC 5958), which Node's TLS reads too. */
export function encodePrivateKey({ curve, secret, point }: PrivateKey): string {
  const algorithm = encodeTlv(
    0x30,
    encodeTlv(0x06, encodeObjectIdentifier(identifiers.ecPublicKey)),
    encodeTlv(0x06, encodeObjectIdentifier(identifiers[curve])),
  );
  const inner = encodeTlv(
    0x30,
    encodeTlv(0x02, Uint8Array.of(1)),
    encodeTlv(0x04, secret),
    encodeTlv(0xa1, encodeTlv(0x03, Uint8Array.of(0), point)),
  );
  return encodePem('PRIVATE KEY', encodeTlv(0x30, encodeTlv(0x02, Uint8Array.of(0)), algorithm, encodeTlv(0x04, inner)));
}

/**
 * A key from PKCS#8, or from the older form of RFC 5915, in which test keys are often handed out.
 * @throws Error where there is no such block; DeviceError CARD_ANSWER where it holds something else
 */
export function decodePrivateKey(text: string): PrivateKey {
  const wrapped = decodePem('PRIVATE KEY', text);
  if (wrapped !== null) {
    const [, algorithm, key] = childrenOf(readTlv(wrapped));
    const [, curve] = algorithm === undefined ? [] : childrenOf(algorithm);
    if (curve !== undefined && key !== undefined) return readEcPrivateKey(key.value, curve.value);
  }
  const plain = decodePem('EC PRIVATE KEY', text);
  const parameters = plain === null ? undefined : findChild(readTlv(plain), 0xa0);
  const curve = parameters === undefined ? undefined : findChild(parameters, 0x06);
  if (plain === null || curve === undefined) throw new Error('There is no private key of a named curve in this PEM text.');
  return readEcPrivateKey(plain, curve.value);
}

function readEcPrivateKey(der: Uint8Array, curve: Uint8Array): PrivateKey {
  const secret = findChild(readTlv(der), 0x04);
  if (secret === undefined) throw new Error('The private key has no number in it.');
  return privateKeyOf(curveOf(decodeObjectIdentifier(curve)), secret.value);
}
