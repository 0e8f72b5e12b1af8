import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { isIssuedBy } from '../pki/certificate.ts';
import { loadPki } from '../pki/load-pki.ts';
import { encodePem } from '../pki/pem.ts';
import { fromBase64, makeChip, makeClient, openBoundPackage, outcome } from './chip-fixture.ts';
import { startSmdp } from './server.ts';

/** Published test certificates. They are not part of this repository. */
const published = join(import.meta.dirname, '../../../shared/sgp26');
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The published files under the names that `--pki` wants. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'smdp-pki-'));
  folders.push(folder);
  const certificates = {
    ci: 'ci/CERT_CI_ECDSA_NIST.der',
    eum: 'eum/CERT_EUM_ECDSA_NIST.der',
    euicc: 'euicc/CERT_EUICC_ECDSA_NIST.der',
    'dp-auth': 'dp-auth/CERT_S_SM_DPauth_ECDSA_NIST.der',
    'dp-pb': 'dp-pb/CERT_S_SM_DPpb_ECDSA_NIST.der',
    'dp-tls': 'dp-tls/NEW_CERT_S_SM_DP_TLS_NIST.der',
  };
  const keys = {
    euicc: 'euicc/SK_EUICC_ECDSA_NIST.pem',
    'dp-auth': 'dp-auth/SK_S_SM_DPauth_ECDSA_NIST.pem',
    'dp-pb': 'dp-pb/SK_S_SM_DPpb_ECDSA_NIST.pem',
    'dp-tls': 'dp-tls/SK_S_SM_DP_TLS_NIST.pem',
  };
  for (const [name, file] of Object.entries(certificates)) {
    writeFileSync(join(folder, `${name}.pem`), encodePem('CERTIFICATE', new Uint8Array(readFileSync(join(published, file)))));
  }
  for (const [name, file] of Object.entries(keys)) copyFileSync(join(published, file), join(folder, `${name}.key.pem`));
  return folder;
}

it.skipIf(!existsSync(published))(
  'an eUICC and a server of published certificates understand each other (they lie beside the checkout, or this is skipped)',
  async () => {
    const pki = loadPki(makeFolder());
    const chip = makeChip(pki.euicc(pki.fixedEid ?? ''));
    const tls = pki.tls('dp-tls').certificate;
    expect(isIssuedBy(tls, pki.ci)).toBe(true);
    const smdp = await startSmdp({ stateDir: null, pki });
    const servername = tls.dnsNames[0] ?? '';
    expect(tls.dnsNames).toContain(smdp.address.split(':')[0]);
    const client = makeClient(smdp.address, smdp.tlsRootPem, servername);
    try {
      const begun = await client.ask('initiateAuthentication', chip.initiate(servername));
      const { fields, signature } = chip.authenticate(begun, 'LEB-ASIA');
      const answer = await client.ask('authenticateClient', fields);
      expect(outcome(answer)).toBe('Executed-Success');
      const prepared = chip.prepare(answer, signature, null);
      const bound = await client.ask('getBoundProfilePackage', prepared.fields);
      const opened = openBoundPackage(fromBase64(bound['boundProfilePackage']), { ...prepared, eid: chip.eid });
      expect(opened.profilePackage).toHaveLength(12_065);
      const result = JSON.stringify(chip.installationResult(bound['transactionId'], '2.999.10', 300, null));
      expect((await client.post('handleNotification', result)).status).toBe(204);
      expect(smdp.order('LEB-ASIA')?.progress.state).toBe('installed');
    } finally {
      client.close();
      await smdp.close();
    }
  },
);
