import { checkServerIdentity as checkName, type DetailedPeerCertificate, type PeerCertificate } from 'node:tls';
import { type CertificateFacts, readCertificate } from '../certificate.ts';

/** Roles in certificatePolicies (SGP.22 v2.5 §4.5.2.1.0): the root of a GSMA chain, and who may serve TLS under it. */
const certificateIssuerRole = '2.23.146.1.2.1.0';
const tlsRoles: ReadonlySet<string> = new Set(['2.23.146.1.2.1.3', '2.23.146.1.2.1.6']);

/** Thrown into TLS, and recognised by its code where the request fails. */
export const wrongRoleCode = 'CERT_WRONG_ROLE';

/**
 * The name, as TLS always does; and under a root of the GSMA also the role: a certificate that some eUICC or profile server holds for
 * another purpose must not serve TLS. Roots that the person added may know no roles.
 */
export function checkServerIdentity(host: string, certificate: PeerCertificate): Error | undefined {
  const nameError = checkName(host, certificate);
  if (nameError !== undefined) return nameError;
  const root = rootOf(certificate as DetailedPeerCertificate);
  if (!factsOf(root)?.policies.includes(certificateIssuerRole)) return undefined;
  if (factsOf(certificate)?.policies.some((policy) => tlsRoles.has(policy)) === true) return undefined;
  return Object.assign(new Error('the certificate is not one for TLS'), { code: wrongRoleCode });
}

/** The last certificate of a chain as TLS has built it. */
export function rootOf(certificate: DetailedPeerCertificate): DetailedPeerCertificate {
  let current = certificate;
  for (let depth = 0; depth < 8; depth += 1) {
    // A self-signed certificate names itself as its issuer; where the chain is cut short the field is missing.
    const issuer: DetailedPeerCertificate | undefined = current.issuerCertificate;
    if (issuer === undefined || issuer === current) break;
    current = issuer;
  }
  return current;
}

function factsOf(certificate: PeerCertificate): CertificateFacts | null {
  try {
    return readCertificate(certificate.raw);
  } catch {
    return null;
  }
}
