import type { Certificate } from './certificate.ts';
import type { CurveName, PrivateKey } from './elliptic-key.ts';
import { makePrivateKey } from './elliptic-key.ts';
import type { Issuer } from './issue-certificate.ts';
import { issueCertificate } from './issue-certificate.ts';
import { encodePem, encodePrivateKey } from './pem.ts';
import type { ServerRole } from './roles.ts';

/** Digits that every EID of the bench begins with: an E.118 prefix of nobody. The EUM may make no others. */
export const benchEumNumber = '89044990';

/** Below 2.999, the arc for examples (ITU-T X.660): nobody's. */
export const benchObjectIdentifiers = { ci: '2.999.1', eum: '2.999.5', dp: '2.999.10', ds: '2.999.15' } as const;

/** What the bench's TLS servers are called when nobody says otherwise. */
export const benchHosts = ['localhost', '127.0.0.1', 'smdp.bench.example', 'smds.bench.example', 'smdp.leb.example'] as const;

const organization = 'LEB virtual bench';
const day = 86_400_000;

/** A day back, because the clocks of two machines differ. */
function validity(years: number): { readonly validFrom: Date; readonly validUntil: Date } {
  const now = Date.now();
  return { validFrom: new Date(now - day), validUntil: new Date(now + years * 365.25 * day) };
}

/**
 * All certificates and keys of a bench, by file name: a root of its own, an EUM, and the servers' six. Nothing outside the bench trusts
 * them, and every bench makes its own: a key that is handed out with a program is no secret.
 */
export function makePki(curve: CurveName = 'p256'): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const put = (name: string, { certificate, key }: Issuer): void => {
    texts.set(`${name}.pem`, encodePem('CERTIFICATE', certificate.der));
    texts.set(`${name}.key.pem`, encodePrivateKey(key));
  };
  const ci = makeRoot(curve);
  put('ci', ci);
  put('eum', makeEum(ci));
  for (const role of ['dp-auth', 'dp-pb', 'ds-auth'] as const) put(role, makeServer(role, ci));
  // TLS is always on P-256: Electron cannot speak it on a brainpool curve, and Node cannot show such a certificate.
  const tlsRoot = curve === 'p256' ? ci : makeRoot('p256');
  if (tlsRoot !== ci) put('ci-tls', tlsRoot);
  for (const role of ['dp-tls', 'ds-tls'] as const) put(role, makeServer(role, tlsRoot, benchHosts));
  return texts;
}

function makeRoot(curve: CurveName): Issuer {
  const key = makePrivateKey(curve);
  const certificate = issueCertificate(
    {
      role: 'ci',
      subject: [
        ['commonName', 'LEB virtual bench root'],
        ['organization', organization],
        ['country', 'ZZ'],
      ],
      publicKey: key,
      registeredId: benchObjectIdentifiers.ci,
      ...validity(35),
    },
    { rootKey: key },
  );
  return { certificate, key };
}

function makeEum(ci: Issuer): Issuer {
  const key = makePrivateKey(ci.key.curve);
  const certificate = issueCertificate(
    {
      role: 'eum',
      subject: [
        ['country', 'ZZ'],
        ['organization', organization],
        ['commonName', 'LEB virtual bench EUM'],
      ],
      publicKey: key,
      registeredId: benchObjectIdentifiers.eum,
      permitted: { organization, serialNumber: benchEumNumber },
      ...validity(34),
    },
    ci,
  );
  return { certificate, key };
}

/** A certificate for one eUICC; it never ends, as the chip's does not. @param eid 32 digits */
export function makeEuicc(eid: string, eum: Issuer): { readonly certificate: Certificate; readonly key: PrivateKey } {
  const key = makePrivateKey(eum.key.curve);
  const certificate = issueCertificate(
    {
      role: 'euicc',
      subject: [
        ['country', 'ZZ'],
        ['organization', organization],
        ['serialNumber', eid],
        ['commonName', 'LEB virtual bench eUICC'],
      ],
      publicKey: key,
      validFrom: validity(0).validFrom,
      validUntil: new Date('9999-12-31T23:59:59Z'),
    },
    eum,
  );
  return { certificate, key };
}

/** A server's certificate. @param hosts names and IPv4 addresses, for TLS only; the first one becomes the common name */
export function makeServer(role: ServerRole, ci: Issuer, hosts: readonly string[] = []): Issuer {
  const key = makePrivateKey(ci.key.curve);
  const isDiscovery = role.startsWith('ds');
  const certificate = issueCertificate(
    {
      role,
      subject: [
        ['organization', organization],
        ['commonName', hosts[0] ?? `LEB virtual bench ${isDiscovery ? 'SM-DS' : 'SM-DP+'}`],
      ],
      publicKey: key,
      registeredId: isDiscovery ? benchObjectIdentifiers.ds : benchObjectIdentifiers.dp,
      hosts,
      ...validity(10),
    },
    ci,
  );
  return { certificate, key };
}
