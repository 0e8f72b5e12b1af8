import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hasRole, parseCertificate } from '../pki/certificate.ts';
import { loadPki } from '../pki/load-pki.ts';
import { makeEid } from '../euicc/eid.ts';
import { fromBase64, makeChip, makeClient, outcome, type Json } from '../smdp/chip-fixture.ts';
import { parseServerFaults } from '../smdp/server-fault.ts';
import { startSmds, type Smds } from './server.ts';

const pki = loadPki(null);
const chip = makeChip(pki.euicc(makeEid(1)));
const event = (eventId: string, eid = chip.eid) => ({ eventId, eid, rspServerAddress: 'localhost:4433' });

let smds: Smds;
let client: ReturnType<typeof makeClient>;

async function start(stateDir: string | null): Promise<void> {
  smds = await startSmds({ stateDir, pki });
  client = makeClient(smds.address, smds.tlsRootPem);
}
async function stop(): Promise<void> {
  client.close();
  await smds.close();
}
beforeEach(() => start(null));
afterEach(stop);

async function discover(matchingId: string | null = '', by = chip): Promise<Json> {
  const begun = await client.ask('initiateAuthentication', by.initiate(smds.address));
  return client.ask('authenticateClient', by.authenticate(begun, matchingId).fields);
}

it('names every event of the chip, in order, and of no other', async () => {
  smds.registerEvent(event('FIRST'));
  smds.registerEvent(event('OTHER', makeEid(2)));
  smds.registerEvent({ ...event('SECOND'), rspServerAddress: 'smds.other.example' });
  const answer = await discover();
  expect(outcome(answer)).toBe('Executed-Success');
  expect(answer['eventEntries']).toEqual([
    { eventId: 'FIRST', rspServerAddress: 'localhost:4433' },
    { eventId: 'SECOND', rspServerAddress: 'smds.other.example' },
  ]);
  expect((await discover('SECOND'))['eventEntries']).toHaveLength(1);
  expect(smds.counters).toMatchObject({ connections: 1, requests: 4 });
});

it('says that nothing waits, and that a session is over', async () => {
  expect(outcome(await discover(null))).toBe('8.9.5/3.9');
  smds.registerEvent(event('FIRST'));
  smds.removeEvent('FIRST');
  const begun = await client.ask('initiateAuthentication', chip.initiate(smds.address));
  const { fields } = chip.authenticate(begun, '');
  expect(outcome(await client.ask('authenticateClient', fields))).toBe('8.9.5/3.9');
  expect(outcome(await client.ask('authenticateClient', fields))).toBe('8.10.1/3.9');
});

it('shows the certificate of a discovery server, and refuses in its own name', async () => {
  const begun = await client.ask('initiateAuthentication', chip.initiate(smds.address));
  expect(hasRole(parseCertificate(fromBase64(begun['serverCertificate'])), 'ds-auth')).toBe(true);
  expect(outcome(await client.ask('initiateAuthentication', chip.initiate('other.example')))).toBe('8.9.1/3.8');
  const stranger = makeChip(pki.euicc(makeEid(1)), { otherRoot: true });
  expect(outcome(await client.ask('initiateAuthentication', stranger.initiate(smds.address)))).toBe('8.9.2/3.1');
  smds.setFaults(parseServerFaults('status=authenticateClient:500'));
  await expect(discover()).rejects.toThrow(/status 500/);
});

it('keeps its events, its address and its control port over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'smds-'));
  try {
    await stop();
    await start(folder);
    const post = (body: object) =>
      fetch(`${smds.controlUrl}/_bench/events`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await post(event('KEPT'))).status).toBe(201);
    expect((await post({ eventId: 'KEPT' })).status).toBe(400);
    const { address, controlUrl } = smds;
    await stop();
    await start(folder);
    expect([smds.address, smds.controlUrl]).toEqual([address, controlUrl]);
    expect(smds.events()).toEqual([event('KEPT')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
