import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { makeEid } from '../euicc/eid.ts';
import { hasRole, isIssuedBy, isValidAt, parseCertificate, permitsEuicc } from './certificate.ts';
import { agree, isPoint, makePrivateKey, sign, verify } from './elliptic-key.ts';
import { keyIdentifierOf } from './issue-certificate.ts';
import { loadPki } from './load-pki.ts';
import { benchObjectIdentifiers } from './make-pki.ts';
import { decodeObjectIdentifier, encodeObjectIdentifier } from './object-identifier.ts';
import { decodePem, decodePrivateKey } from './pem.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pki-'));
  folders.push(folder);
  return folder;
}

describe('object identifiers', () => {
  it.each([
    ['2.999.10', '88370A'],
    ['1.2.840.10045.3.1.7', '2A8648CE3D030107'],
    ['2.23.146.1.2.1.4', '6781120102 0104'],
    ['1.3.36.3.3.2.8.1.1.7', '2B2403030208010107'],
  ])('%s', (dotted, hex) => {
    expect(bytesToHex(encodeObjectIdentifier(dotted))).toBe(hex.replaceAll(' ', ''));
    expect(decodeObjectIdentifier(hexToBytes(hex))).toBe(dotted);
  });

  it.each(['', '88', '8837 8A'])('%j is none', (hex) => {
    expect(() => decodeObjectIdentifier(hexToBytes(hex))).toThrow(/CARD_ANSWER/);
  });
});

describe.each(['p256', 'brainpoolP256r1'] as const)('keys on %s', (curve) => {
  it('sign with a high s as often as not, and both are right', () => {
    const key = makePrivateKey(curve);
    const message = hexToBytes('00112233');
    for (let count = 0; count < 8; count += 1) {
      const changed = Uint8Array.of(count, ...message);
      const signature = sign(key, changed);
      expect(signature).toHaveLength(64);
      expect(verify(key, changed, signature)).toBe(true);
      expect(verify(key, message, signature)).toBe(false);
    }
    expect(verify(key, message, new Uint8Array(63))).toBe(false);
    expect(verify(makePrivateKey(curve), message, sign(key, message))).toBe(false);
  });

  it('agree on one number, and refuse a point that is not on the curve', () => {
    const [one, other] = [makePrivateKey(curve), makePrivateKey(curve)];
    expect(agree(one, other.point)).toEqual(agree(other, one.point));
    expect(agree(one, other.point)).toHaveLength(32);
    const off = Uint8Array.from(other.point, (octet, index) => (index === 64 ? octet ^ 1 : octet));
    expect(isPoint(curve, other.point)).toBe(true);
    expect(isPoint(curve, off)).toBe(false);
    expect(() => agree(one, off)).toThrow();
  });
});

describe('a bench of its own', () => {
  it('is made at first, kept, and readable by its owner alone', () => {
    const folder = join(makeFolder(), 'deep', 'pki');
    const first = loadPki(folder);
    const eid = makeEid(7);
    const chip = first.euicc(eid);
    const again = loadPki(folder);
    expect(again.ci.der).toEqual(first.ci.der);
    expect(again.euicc(eid).certificate.der).toEqual(chip.certificate.der);
    expect(again.euicc(makeEid(8)).certificate.der).not.toEqual(chip.certificate.der);
    expect(loadPki(makeFolder()).ci.der).not.toEqual(first.ci.der);
    // Windows has no such bits.
    const files = process.platform === 'win32' ? [] : readdirSync(folder);
    for (const name of files) expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0]);
  });

  it('has chains that end in the root, each with the right role', () => {
    const pki = loadPki(null);
    const { certificate, eum, ci } = pki.euicc(makeEid(1));
    expect(isIssuedBy(eum, ci)).toBe(true);
    expect(isIssuedBy(certificate, eum)).toBe(true);
    expect(isIssuedBy(certificate, ci)).toBe(false);
    expect(permitsEuicc(eum, certificate)).toBe(true);
    expect(certificate.subject.serialNumber).toBe(makeEid(1));
    expect(certificate.notAfter).toBe('9999-12-31T23:59:59Z');
    expect(hasRole(certificate, 'euicc') && hasRole(eum, 'eum') && hasRole(ci, 'ci')).toBe(true);
    expect(hasRole(certificate, 'eum')).toBe(false);
    expect(ci.subjectKeyIdentifier).toEqual(keyIdentifierOf(ci.publicKey));
    for (const role of ['dp-auth', 'dp-pb', 'ds-auth'] as const) {
      const server = pki.server(role).certificate;
      expect([role, isIssuedBy(server, ci), hasRole(server, role), isValidAt(server, Date.now())]).toEqual([role, true, true, true]);
      expect(isValidAt(server, Date.parse(server.notAfter) + 1)).toBe(false);
      expect(server.registeredId).toBe(role === 'ds-auth' ? benchObjectIdentifiers.ds : benchObjectIdentifiers.dp);
    }
  });

  it('speaks TLS under the names that were asked for', async () => {
    const pki = loadPki(null);
    const { certificatePem, keyPem } = pki.tls('dp-tls', ['smdp.other.example']);
    const server = createServer({ cert: certificatePem, key: keyPem }, (_request, response) => response.end('here'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ask = (servername: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const options = { port, host: '127.0.0.1', servername, ca: pki.tlsRootPem, headers: { host: servername }, agent: false };
        const asked = request(options, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        asked.on('error', reject);
        asked.end();
      });
    try {
      expect(await ask('smdp.other.example')).toBe(200);
      expect(await ask('localhost')).toBe(200);
      await expect(ask('smdp.nobody.example')).rejects.toThrow(/altnames/);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  it('is read the same way by another implementation', () => {
    const pki = loadPki(null);
    const root = new X509Certificate(pki.ci.der);
    const { certificate } = pki.server('dp-auth');
    const theirs = new X509Certificate(certificate.der);
    expect(theirs.verify(root.publicKey)).toBe(true);
    expect(root.ca).toBe(true);
    expect(theirs.subjectAltName).toContain('2.999.10');
    expect(theirs.serialNumber).toBe(certificate.serialNumber);
    expect(Date.parse(theirs.validTo)).toBe(Date.parse(certificate.notAfter));
  });
});

const published = join(import.meta.dirname, '../../../shared/sgp26');
const read = (name: string) => readFileSync(join(published, name), 'utf8');
const certificate = (name: string) => parseCertificate(new Uint8Array(readFileSync(join(published, name))));

describe('a foreign folder', () => {
  it('is used as it is, and misses what it misses', () => {
    const own = join(makeFolder(), 'own');
    loadPki(own).euicc(makeEid(3));
    const foreign = makeFolder();
    for (const name of ['ci.pem', 'eum.pem']) writeFileSync(join(foreign, name), readFileSync(join(own, name)));
    for (const suffix of ['pem', 'key.pem'])
      writeFileSync(join(foreign, `euicc.${suffix}`), readFileSync(join(own, `euicc-${makeEid(3)}.${suffix}`)));
    const pki = loadPki(foreign);
    expect(pki.fixedEid).toBe(makeEid(3));
    expect(isIssuedBy(pki.euicc(makeEid(3)).certificate, pki.eum())).toBe(true);
    expect(() => pki.euicc(makeEid(4))).toThrow(/has the certificate of the eUICC/);
    expect(() => pki.server('dp-auth')).toThrow(/There is no dp-auth.pem/);
    writeFileSync(join(foreign, 'euicc.key.pem'), readFileSync(join(own, 'eum.key.pem')));
    expect(() => loadPki(foreign).euicc(makeEid(3))).toThrow(/do not belong together/);
  });

  it.skipIf(!existsSync(published))('of published test certificates (they lie beside the checkout, or this is skipped)', () => {
    const ci = certificate('ci/CERT_CI_ECDSA_NIST.der');
    expect(parseCertificate(decodePem('CERTIFICATE', read('ci/CERT_CI_ECDSA_NIST.pem')) ?? new Uint8Array()).der).toEqual(ci.der);
    const eum = certificate('eum/CERT_EUM_ECDSA_NIST.der');
    const euicc = certificate('euicc/CERT_EUICC_ECDSA_NIST.der');
    const server = certificate('dp-auth/CERT_S_SM_DPauth_ECDSA_NIST.der');
    expect(bytesToHex(ci.subjectKeyIdentifier ?? new Uint8Array())).toMatch(/^F54172BD/);
    expect(isIssuedBy(eum, ci) && isIssuedBy(euicc, eum) && permitsEuicc(eum, euicc) && isIssuedBy(server, ci)).toBe(true);
    expect(server.registeredId).toBe('2.999.10');
    expect(decodePrivateKey(read('euicc/SK_EUICC_ECDSA_NIST.pem')).point).toEqual(euicc.publicKey.point);
  });
});
