import { createHash, randomBytes } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { encodeBitString } from '#native/euicc/tlv/bit-string.ts';
import { concatBytes } from '#native/euicc/tlv/hex.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import type { Certificate } from './certificate.ts';
import { parseCertificate } from './certificate.ts';
import type { PrivateKey, PublicKey } from './elliptic-key.ts';
import { sign } from './elliptic-key.ts';
import { encodeObjectIdentifier } from './object-identifier.ts';
import type { Role } from './roles.ts';
import { identifiers, roles } from './roles.ts';

export type CertificateRequest = {
  readonly role: Role;
  readonly subject: readonly (readonly [attribute: 'country' | 'organization' | 'serialNumber' | 'commonName', text: string])[];
  readonly publicKey: PublicKey;
  readonly validFrom: Date;
  /** To the second; the year goes up to 9999. */
  readonly validUntil: Date;
  /** The holder's own OID, dotted. */
  readonly registeredId?: string;
  /** Names and IPv4 addresses of a TLS server. */
  readonly hosts?: readonly string[];
  /** Of an EUM: what the subjects of its eUICCs hold. */
  readonly permitted?: { readonly organization: string; readonly serialNumber: string };
};

/** Who signs: a certificate and its key, or nothing for a root that signs itself. */
export type Issuer = { readonly certificate: Certificate; readonly key: PrivateKey };

const sequence = (...parts: readonly Uint8Array[]): Uint8Array => encodeTlv(0x30, ...parts);
const oid = (dotted: string): Uint8Array => encodeTlv(0x06, encodeObjectIdentifier(dotted));
const ascii = (text: string): Uint8Array => encodeText(text);

/** An X.509 certificate with the extensions that SGP.22 v2.5 §4.5.2.1 asks of the role. @param issuer null: the root signs itself with `rootKey` */
export function issueCertificate(request: CertificateRequest, issuer: Issuer | { readonly rootKey: PrivateKey }): Certificate {
  const subject = encodeName(request.subject);
  const isRoot = 'rootKey' in issuer;
  const algorithm = sequence(oid(identifiers.ecdsaWithSha256));
  const keyIdentifier = keyIdentifierOf(request.publicKey);
  const issuerKeyIdentifier = isRoot ? null : (issuer.certificate.subjectKeyIdentifier ?? keyIdentifierOf(issuer.certificate.publicKey));
  const toBeSigned = sequence(
    encodeTlv(0xa0, encodeTlv(0x02, Uint8Array.of(2))),
    encodeTlv(0x02, makeSerialNumber()),
    algorithm,
    isRoot ? subject : issuer.certificate.subjectName,
    sequence(encodeTime(request.validFrom), encodeTime(request.validUntil)),
    subject,
    encodePublicKey(request.publicKey),
    encodeTlv(0xa3, sequence(...encodeExtensions(request, keyIdentifier, issuerKeyIdentifier))),
  );
  const signature = sign(isRoot ? issuer.rootKey : issuer.key, toBeSigned);
  return parseCertificate(sequence(toBeSigned, algorithm, encodeTlv(0x03, Uint8Array.of(0), encodeSignature(signature))));
}

/** SHA-1 of the point (RFC 5280 §4.2.1.2 method 1). */
export function keyIdentifierOf(key: PublicKey): Uint8Array {
  return new Uint8Array(createHash('sha1').update(key.point).digest());
}

function encodeExtensions(request: CertificateRequest, own: Uint8Array, authority: Uint8Array | null): readonly Uint8Array[] {
  const { role, registeredId, hosts = [], permitted } = request;
  const isTls = role === 'dp-tls' || role === 'ds-tls';
  const signsCertificates = role === 'ci' || role === 'eum';
  const names = [...hosts.map(encodeHost), ...(registeredId === undefined ? [] : [encodeTlv(0x88, encodeObjectIdentifier(registeredId))])];
  return [
    ...(authority === null ? [] : [extension('authorityKeyIdentifier', false, sequence(encodeTlv(0x80, authority)))]),
    extension('subjectKeyIdentifier', false, encodeTlv(0x04, own)),
    // keyCertSign is bit 5, cRLSign bit 6, digitalSignature bit 0.
    extension('keyUsage', true, encodeTlv(0x03, encodeBitString(role === 'ci' ? [5, 6] : role === 'eum' ? [5] : [0]))),
    ...(isTls ? [extension('extendedKeyUsage', true, sequence(oid(identifiers.serverAuth), oid(identifiers.clientAuth)))] : []),
    extension('certificatePolicies', !isTls, sequence(sequence(oid(roles[role])))),
    ...(names.length === 0 ? [] : [extension('subjectAltName', false, sequence(...names))]),
    ...(signsCertificates ? [extension('basicConstraints', true, encodeBasicConstraints(role))] : []),
    ...(role === 'euicc' ? [] : [extension('crlDistributionPoints', false, crlDistributionPoints)]),
    ...(permitted === undefined ? [] : [extension('nameConstraints', true, encodePermitted(permitted))]),
  ];
}

/** Only the CI may have further authorities under it; an EUM makes eUICCs and nothing else. */
function encodeBasicConstraints(role: Role): Uint8Array {
  const isAuthority = encodeTlv(0x01, Uint8Array.of(0xff));
  return role === 'eum' ? sequence(isAuthority, encodeTlv(0x02, Uint8Array.of(0))) : sequence(isAuthority);
}

/** Nobody answers there: the extension is mandatory, a list of revoked certificates of the bench is not. */
const crlDistributionPoints = sequence(
  sequence(encodeTlv(0xa0, encodeTlv(0xa0, encodeTlv(0x86, ascii('http://ci.bench.example/revoked.crl'))))),
);

function extension(name: keyof typeof identifiers, critical: boolean, value: Uint8Array): Uint8Array {
  const flag = critical ? [encodeTlv(0x01, Uint8Array.of(0xff))] : [];
  return sequence(oid(identifiers[name]), ...flag, encodeTlv(0x04, value));
}

function encodePermitted({ organization, serialNumber }: { readonly organization: string; readonly serialNumber: string }): Uint8Array {
  const directory = encodeName([
    ['organization', organization],
    ['serialNumber', serialNumber],
  ]);
  return sequence(encodeTlv(0xa0, sequence(encodeTlv(0xa4, directory))));
}

function encodeHost(host: string): Uint8Array {
  return isIPv4(host) ? encodeTlv(0x87, Uint8Array.from(host.split('.'), Number)) : encodeTlv(0x82, ascii(host));
}

/** Countries and serial numbers are PrintableString (13), the rest UTF8String (0C) (RFC 5280 appendix A.1). */
function encodeName(attributes: CertificateRequest['subject']): Uint8Array {
  return sequence(
    ...attributes.map(([attribute, text]) => {
      const tag = attribute === 'country' || attribute === 'serialNumber' ? 0x13 : 0x0c;
      return encodeTlv(0x31, sequence(oid(identifiers[attribute]), encodeTlv(tag, encodeText(text))));
    }),
  );
}

function encodePublicKey({ curve, point }: PublicKey): Uint8Array {
  return sequence(sequence(oid(identifiers.ecPublicKey), oid(identifiers[curve])), encodeTlv(0x03, Uint8Array.of(0), point));
}

/** Dates up to 2049 are UTCTime, later ones GeneralizedTime (RFC 5280 §4.1.2.5). */
function encodeTime(date: Date): Uint8Array {
  const digits = date.toISOString().slice(0, 19).replaceAll(/\D/g, '');
  return date.getUTCFullYear() < 2050 ? encodeTlv(0x17, ascii(`${digits.slice(2)}Z`)) : encodeTlv(0x18, ascii(`${digits}Z`));
}

/** Positive, as RFC 5280 §4.1.2.2 wants, and without a leading zero octet. */
function makeSerialNumber(): Uint8Array {
  const octets = new Uint8Array(randomBytes(8));
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40;
  return octets;
}

/** `30 { 02 r, 02 s }`, both as the shortest positive INTEGER. */
function encodeSignature(plain: Uint8Array): Uint8Array {
  return sequence(encodeTlv(0x02, shortestPositive(plain.slice(0, 32))), encodeTlv(0x02, shortestPositive(plain.slice(32))));
}

function shortestPositive(magnitude: Uint8Array): Uint8Array {
  const first = magnitude.findIndex((octet) => octet !== 0);
  const shortest = first === -1 ? Uint8Array.of(0) : magnitude.slice(first);
  return (shortest[0] ?? 0) >= 0x80 ? concatBytes(Uint8Array.of(0), shortest) : shortest;
}
