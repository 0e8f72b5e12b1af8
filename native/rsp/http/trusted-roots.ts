import { X509Certificate } from 'node:crypto';

/** brainpoolP256r1, 1.3.36.3.3.2.8.1.1.7, as it stands in a certificate. */
const brainpool = Buffer.from('06092B2403030208010107', 'hex');
const pemBlock = /-----BEGIN CERTIFICATE-----([\dA-Za-z+/=\s]+)-----END CERTIFICATE-----/g;

/**
 * The certificates in some PEM texts, one each, without those on a Brainpool curve: no TLS library of Electron knows the curve, and Node
 * comes to harm when it is made to look at one.
 */
export function usableRoots(pems: readonly string[]): readonly string[] {
  return pems
    .flatMap((pem) => [...pem.matchAll(pemBlock)])
    .filter(([, body = '']) => !Buffer.from(body, 'base64').includes(brainpool))
    .map(([block]) => block);
}

/** Whether a text holds certificates that can be used as roots, and none that cannot be read. */
export function holdsCertificates(pem: string): boolean {
  const roots = usableRoots([pem]);
  try {
    return roots.length > 0 && roots.every((root) => new X509Certificate(root).ca);
  } catch {
    return false;
  }
}
