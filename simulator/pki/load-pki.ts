import type { Certificate } from './certificate.ts';
import { parseCertificate } from './certificate.ts';
import type { PrivateKey } from './elliptic-key.ts';
import type { Issuer } from './issue-certificate.ts';
import { benchHosts, makeEuicc, makePki, makeServer } from './make-pki.ts';
import type { PemFiles } from './pem-files.ts';
import { fillFolder, folderPemFiles, memoryPemFiles } from './pem-files.ts';
import { decodePem, decodePrivateKey, encodePem, encodePrivateKey } from './pem.ts';

/** A certificate with its key, and both as PEM for whoever wants to read them that way. */
export type Credential = {
  readonly certificate: Certificate;
  readonly key: PrivateKey;
  readonly certificatePem: string;
  /** PKCS#8, or what was found in the folder. */
  readonly keyPem: string;
};

/** What an eUICC has in its ECASD (SGP.22 v2.5 §2.4.2). */
export type EuiccCredential = {
  readonly certificate: Certificate;
  readonly key: PrivateKey;
  readonly eum: Certificate;
  /** The root that the chip trusts and that its own chain ends in. */
  readonly ci: Certificate;
};

/** The certificates of one bench. Everything but the root is read when it is asked for: a card needs no server's keys, and the reverse. */
export type Pki = {
  /** Root of the chains that RSP messages carry. */
  readonly ci: Certificate;
  /** PEM of the root that the TLS certificates end in: what a client must be given as its `ca`. */
  readonly tlsRootPem: string;
  /** 32 digits where the folder came with one eUICC's certificate: the chip must then be this one. */
  readonly fixedEid: string | null;
  /** @throws Error where a foreign folder lacks it. */
  eum(): Certificate;
  /** The chip's own certificate; a bench of our own makes it at first and keeps it. @throws Error where a foreign folder has another EID's, or none */
  euicc(eid: string): EuiccCredential;
  /** What a server signs with. @throws Error where a foreign folder lacks it */
  server(role: 'dp-auth' | 'dp-pb' | 'ds-auth'): Credential;
  /**
   * What a server shows in TLS; Node's TLS takes the two PEM texts. A name that the kept certificate lacks gets a new certificate,
   * but a foreign one is used as it is. @throws Error where a foreign folder lacks it
   */
  tls(role: 'dp-tls' | 'ds-tls', hosts?: readonly string[]): Credential;
};

let ofThisProcess: Pki | null = null;

/**
 * The bench's certificates in a folder. A folder that is missing or empty gets new ones, which stay; a folder with a `ci.pem` of someone
 * else's is used as it is (`ci.pem`, `eum.pem`, `euicc.pem`, `euicc.key.pem`, `dp-auth.pem`, `dp-auth.key.pem` and so on).
 * @param folder null: made in memory, once for this process, so that a card and a server in it belong together
 * @throws Error where the folder cannot be used
 */
export function loadPki(folder: string | null): Pki {
  if (folder === null) return (ofThisProcess ??= openPki(memoryPemFiles(makePki())));
  const files = folderPemFiles(folder);
  if (files.read('ci.pem') === null) fillFolder(folder, makePki());
  return openPki(files);
}

function openPki(files: PemFiles): Pki {
  const made = new Map<string, Credential>();
  const ciPem = requireText(files, 'ci.pem');
  const ci = readCertificate(files, 'ci');
  const eum = (): Certificate => readCertificate(files, 'eum');

  function keep(name: string, make: () => Credential): Credential {
    const credential = made.get(name) ?? make();
    made.set(name, credential);
    return credential;
  }

  function issue(name: string, make: () => Issuer): Credential {
    const { certificate, key } = make();
    const certificatePem = encodePem('CERTIFICATE', certificate.der);
    const keyPem = encodePrivateKey(key);
    // The key first: a certificate that is there has its key.
    files.write(`${name}.key.pem`, keyPem);
    files.write(`${name}.pem`, certificatePem);
    return { certificate, key, certificatePem, keyPem };
  }

  function euiccCredential(eid: string): Credential {
    if (fixedEid !== null && fixedEid !== eid)
      throw new Error(`${files.place} has the certificate of the eUICC ${fixedEid}, not of ${eid}.`);
    if (fixedEid !== null) return readCredential(files, 'euicc');
    const name = `euicc-${eid}`;
    return files.read(`${name}.pem`) === null
      ? issue(name, () => makeEuicc(eid, readCredential(files, 'eum')))
      : readCredential(files, name);
  }

  const fixedEid = files.read('euicc.pem') === null ? null : readCertificate(files, 'euicc').subject.serialNumber;
  return {
    ci,
    tlsRootPem: files.read('ci-tls.pem') ?? ciPem,
    fixedEid,
    eum,
    euicc(eid) {
      const { certificate, key } = keep(`euicc-${eid}`, () => euiccCredential(eid));
      return { certificate, key, eum: eum(), ci };
    },
    server: (role) => keep(role, () => readCredential(files, role)),
    tls(role, hosts = []) {
      const kept = keep(role, () => readCredential(files, role));
      const isForeign = files.read('ci.key.pem') === null;
      const missing = hosts.filter((host) => !kept.certificate.dnsNames.includes(host) && !benchHosts.some((known) => known === host));
      if (isForeign || missing.length === 0) return kept;
      const root = readCredential(files, files.read('ci-tls.pem') === null ? 'ci' : 'ci-tls');
      const credential = issue(role, () =>
        makeServer(role, root, [...benchHosts, ...kept.certificate.dnsNames, ...missing].filter(isFirst)),
      );
      made.set(role, credential);
      return credential;
    },
  };
}

function isFirst(text: string, index: number, all: readonly string[]): boolean {
  return all.indexOf(text) === index;
}

function readCredential(files: PemFiles, name: string): Credential {
  const certificatePem = requireText(files, `${name}.pem`);
  const keyPem = requireText(files, `${name}.key.pem`);
  const key = decodePrivateKey(keyPem);
  const certificate = readCertificate(files, name);
  const isPair =
    key.curve === certificate.publicKey.curve && key.point.every((octet, index) => octet === certificate.publicKey.point[index]);
  if (!isPair) throw new Error(`${name}.pem and ${name}.key.pem in ${files.place} do not belong together.`);
  return { certificate, key, certificatePem, keyPem };
}

function readCertificate(files: PemFiles, name: string): Certificate {
  const der = decodePem('CERTIFICATE', requireText(files, `${name}.pem`));
  if (der === null) throw new Error(`${name}.pem in ${files.place} is no certificate.`);
  return parseCertificate(der);
}

function requireText(files: PemFiles, name: string): string {
  const text = files.read(name);
  if (text === null) throw new Error(`There is no ${name} in ${files.place}.`);
  return text;
}
