import { decodeObjectIdentifier } from '../euicc/tlv/object-identifier.ts';
import { type Tlv, childrenOf, findChild, readTlv } from '../euicc/tlv/tlv-reader.ts';

/** What an LPA has to know of a certificate (SGP.22 v2.5 §4.5.2); who signed it is for the card and for TLS to check. */
export type CertificateFacts = {
  /** certificatePolicies, dotted decimal: the role of the holder. */
  readonly policies: readonly string[];
  /** registeredID of subjectAltName, dotted decimal: the server's own OID. */
  readonly registeredId: string | null;
};

const policiesOid = '2.5.29.32';
const subjectAltNameOid = '2.5.29.17';

/** @throws DeviceError CARD_ANSWER where the DER cannot be read */
export function readCertificate(der: Uint8Array): CertificateFacts {
  const extensions = readExtensions(readTlv(der));
  const policies = extensions.get(policiesOid);
  const names = extensions.get(subjectAltNameOid);
  const registeredId = names === undefined ? undefined : findChild(names, 0x88);
  return {
    policies: policies === undefined ? [] : childrenOf(policies).flatMap((policy) => readFirstOid(policy) ?? []),
    registeredId: registeredId === undefined ? null : decodeObjectIdentifier(registeredId.value),
  };
}

/** `30 { 30 tbs { … A3 { 30 { 30 { 06 oid, 01 critical?, 04 value } * } } } … }` (RFC 5280 §4.1). */
function readExtensions(certificate: Tlv): ReadonlyMap<string, Tlv> {
  const tbs = findChild(certificate, 0x30);
  const wrapper = tbs === undefined ? undefined : findChild(tbs, 0xa3);
  const list = wrapper === undefined ? undefined : findChild(wrapper, 0x30);
  const found = new Map<string, Tlv>();
  for (const extension of list === undefined ? [] : childrenOf(list)) {
    const oid = readFirstOid(extension);
    const value = findChild(extension, 0x04);
    if (oid !== null && value !== undefined) found.set(oid, readTlv(value.value));
  }
  return found;
}

function readFirstOid(parent: Tlv): string | null {
  const oid = findChild(parent, 0x06);
  return oid === undefined ? null : decodeObjectIdentifier(oid.value);
}
