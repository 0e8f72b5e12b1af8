import { DeviceError } from '#native/errors.ts';
import { bytesToHex, concatBytes } from '#native/euicc/tlv/hex.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { childrenOf, findChild, readTlv } from '#native/euicc/tlv/tlv-reader.ts';
import type { CurveName, PublicKey } from './elliptic-key.ts';
import { isPoint, verify } from './elliptic-key.ts';
import { decodeObjectIdentifier } from './object-identifier.ts';
import type { Role } from './roles.ts';
import { identifiers, roles } from './roles.ts';

/** The parts of a distinguished name that SGP.22 looks at. */
export type Name = {
  readonly organization: string | null;
  readonly commonName: string | null;
  /** Of an eUICC: its EID, 32 digits. */
  readonly serialNumber: string | null;
};

/** What an RSP entity reads in an X.509 certificate (SGP.22 v2.5 §4.5.2). */
export type Certificate = {
  readonly der: Uint8Array;
  readonly toBeSigned: Uint8Array;
  /** Plain format, 64 bytes: certificates carry it as DER, all other signatures of RSP do not. */
  readonly signature: Uint8Array;
  /** Upper-case hex. */
  readonly serialNumber: string;
  /** The whole DER of the names, to compare and to issue. */
  readonly issuer: Uint8Array;
  readonly subjectName: Uint8Array;
  readonly subject: Name;
  /** ISO 8601, UTC. Years go up to 9999. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly publicKey: PublicKey;
  readonly subjectKeyIdentifier: Uint8Array | null;
  readonly authorityKeyIdentifier: Uint8Array | null;
  /** Dotted OIDs of certificatePolicies. */
  readonly policies: readonly string[];
  /** The holder's own OID, from the registeredID of subjectAltName. */
  readonly registeredId: string | null;
  readonly dnsNames: readonly string[];
  /** Of an EUM: what the subject of its eUICCs must hold; their EID begins with this serial number. */
  readonly permittedSubject: Name | null;
};

/** @throws DeviceError CARD_ANSWER where it is no version 3 certificate of ECDSA keys on a known curve */
export function parseCertificate(der: Uint8Array): Certificate {
  const [signed, , signatureValue] = childrenOf(readTlv(der));
  if (signed === undefined || signatureValue?.tag !== 0x03) throw malformed('structure');
  const fields = childrenOf(signed);
  const [, serial, , issuer, validity, subject, keyInfo] = fields;
  const holder = fields.find(({ tag }) => tag === 0xa3);
  if (serial === undefined || issuer === undefined || validity === undefined || subject === undefined || keyInfo === undefined) {
    throw malformed('fields');
  }
  const [notBefore, notAfter] = childrenOf(validity);
  const extensions = holder === undefined ? new Map<string, Tlv>() : readExtensions(holder);
  const alternatives = readAlternativeNames(extensions.get(identifiers.subjectAltName));
  return {
    der,
    toBeSigned: signed.raw,
    signature: readSignature(signatureValue),
    serialNumber: bytesToHex(serial.value),
    issuer: issuer.raw,
    subjectName: subject.raw,
    subject: readName(subject),
    notBefore: readTime(notBefore),
    notAfter: readTime(notAfter),
    publicKey: readPublicKey(keyInfo),
    subjectKeyIdentifier: extensions.get(identifiers.subjectKeyIdentifier)?.value ?? null,
    authorityKeyIdentifier: optionalChild(extensions.get(identifiers.authorityKeyIdentifier), 0x80)?.value ?? null,
    policies: readPolicies(extensions.get(identifiers.certificatePolicies)),
    ...alternatives,
    permittedSubject: readPermittedSubject(extensions.get(identifiers.nameConstraints)),
  };
}

/**
 * Whether `issuer` signed the certificate and is the one that the certificate names. Name constraints have a meaning of their own in
 * SGP.22, so that ordinary chain builders refuse these chains: it is done signature by signature.
 */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  const { authorityKeyIdentifier: named } = certificate;
  const { subjectKeyIdentifier: own } = issuer;
  if (named === null || own === null || bytesToHex(named) !== bytesToHex(own)) return false;
  if (certificate.publicKey.curve !== issuer.publicKey.curve) return false;
  return verify(issuer.publicKey, certificate.toBeSigned, certificate.signature);
}

/** Whole OIDs are compared: one role's number is the beginning of another's in later versions. */
export function hasRole(certificate: Certificate, role: Role): boolean {
  return certificate.policies.includes(roles[role]);
}

/** Whether the moment lies between the two dates. @param now milliseconds since 1970 */
export function isValidAt(certificate: Certificate, now: number): boolean {
  return Date.parse(certificate.notBefore) <= now && now <= Date.parse(certificate.notAfter);
}

/** Whether the EUM may make this eUICC (SGP.22 v2.5 §4.5.2.1.0.2): same organization, and an EID that begins with the EUM's number. */
export function permitsEuicc(eum: Certificate, euicc: Certificate): boolean {
  const permitted = eum.permittedSubject;
  if (permitted === null) return false;
  const prefix = permitted.serialNumber ?? '';
  return permitted.organization === euicc.subject.organization && (euicc.subject.serialNumber ?? '').startsWith(prefix);
}

function readExtensions(holder: Tlv): ReadonlyMap<string, Tlv> {
  const list = findChild(holder, 0x30);
  const found = new Map<string, Tlv>();
  for (const extension of list === undefined ? [] : childrenOf(list)) {
    const parts = childrenOf(extension);
    const identifier = parts.find(({ tag }) => tag === 0x06);
    const value = parts.find(({ tag }) => tag === 0x04);
    if (identifier === undefined || value === undefined) throw malformed('extension');
    found.set(decodeObjectIdentifier(identifier.value), readTlv(value.value));
  }
  return found;
}

function readPolicies(extension: Tlv | undefined): readonly string[] {
  if (extension === undefined) return [];
  return childrenOf(extension).map((policy) => decodeObjectIdentifier(requireChild(policy, 0x06).value));
}

function readAlternativeNames(extension: Tlv | undefined): Pick<Certificate, 'registeredId' | 'dnsNames'> {
  const names = extension === undefined ? [] : childrenOf(extension);
  const registered = names.find(({ tag }) => tag === 0x88);
  return {
    registeredId: registered === undefined ? null : decodeObjectIdentifier(registered.value),
    dnsNames: names.filter(({ tag }) => tag === 0x82).map(({ value }) => new TextDecoder().decode(value)),
  };
}

/** NameConstraints { A0 permittedSubtrees { 30 { A4 directoryName } } } (RFC 5280 §4.2.1.10). */
function readPermittedSubject(extension: Tlv | undefined): Name | null {
  const subtrees = optionalChild(extension, 0xa0);
  const directory = optionalChild(optionalChild(subtrees, 0x30), 0xa4);
  return directory === undefined ? null : readName(requireChild(directory, 0x30));
}

function readName(name: Tlv): Name {
  const texts = new Map<string, string>();
  for (const set of childrenOf(name)) {
    for (const attribute of childrenOf(set)) {
      const [identifier, value] = childrenOf(attribute);
      if (identifier === undefined || value === undefined) throw malformed('name');
      texts.set(decodeObjectIdentifier(identifier.value), new TextDecoder().decode(value.value));
    }
  }
  const text = (identifier: string): string | null => texts.get(identifier) ?? null;
  return {
    organization: text(identifiers.organization),
    commonName: text(identifiers.commonName),
    serialNumber: text(identifiers.serialNumber),
  };
}

function readPublicKey(keyInfo: Tlv): PublicKey {
  const [algorithm, key] = childrenOf(keyInfo);
  if (algorithm === undefined || key?.tag !== 0x03) throw malformed('key');
  const [kind, named] = childrenOf(algorithm);
  if (kind === undefined || named === undefined || decodeObjectIdentifier(kind.value) !== identifiers.ecPublicKey) throw malformed('key');
  const curve = curveOf(decodeObjectIdentifier(named.value));
  const point = key.value.slice(1);
  if (!isPoint(curve, point)) throw malformed('point');
  return { curve, point };
}

/** @throws DeviceError CARD_ANSWER for a curve that SGP.22 does not use */
export function curveOf(identifier: string): CurveName {
  if (identifier === identifiers.p256) return 'p256';
  if (identifier === identifiers.brainpoolP256r1) return 'brainpoolP256r1';
  throw malformed('curve');
}

/** BIT STRING { 30 { 02 r, 02 s } } to r and s of 32 bytes each. */
function readSignature(bits: Tlv): Uint8Array {
  const numbers = childrenOf(readTlv(bits.value.slice(1))).map(({ value }) => {
    const magnitude = value[0] === 0 ? value.slice(1) : value;
    if (magnitude.length > 32) throw malformed('signature');
    return concatBytes(new Uint8Array(32 - magnitude.length), magnitude);
  });
  if (numbers.length !== 2) throw malformed('signature');
  return concatBytes(...numbers);
}

/** UTCTime (two digits, of 1950 to 2049) or GeneralizedTime, both in UTC with seconds (RFC 5280 §4.1.2.5). */
function readTime(time: Tlv | undefined): string {
  const text = new TextDecoder().decode(time?.value);
  const parts = /^(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (parts === null) throw malformed('time');
  const [, century, year, month, day, hour, minute, second] = parts;
  return `${century ?? (Number(year) < 50 ? '20' : '19')}${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

function optionalChild(parent: Tlv | undefined, tag: number): Tlv | undefined {
  return parent === undefined ? undefined : findChild(parent, tag);
}

function requireChild(parent: Tlv, tag: number): Tlv {
  const child = findChild(parent, tag);
  if (child === undefined) throw malformed(`tag ${tag.toString(16)}`);
  return child;
}

function malformed(reason: string): DeviceError {
  return new DeviceError('CARD_ANSWER', { reason: `certificate: ${reason}` });
}
