import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeEid } from '../euicc/eid.ts';
import { loadPki } from '../pki/load-pki.ts';
import { makeChip, makeClient, outcome, type Json } from './chip-fixture.ts';
import { parseServerFaults } from './server-fault.ts';
import { startSmdp, type Smdp } from './server.ts';

const pki = loadPki(null);
const chip = makeChip(pki.euicc(makeEid(1)));
let smdp: Smdp;
let client: ReturnType<typeof makeClient>;

beforeEach(async () => {
  smdp = await startSmdp({ stateDir: null, pki });
  client = makeClient(smdp.address, smdp.tlsRootPem);
});
afterEach(async () => {
  client.close();
  await smdp.close();
});

function ask(): Promise<Json> {
  return client.ask('initiateAuthentication', chip.initiate(smdp.address));
}

it.each(['before', 'unanswered', 'during'])('a connection that ends %s', async (moment) => {
  smdp.setFaults(parseServerFaults(`drop=2:${moment}`));
  await ask();
  await expect(ask()).rejects.toThrow(/socket|hang up|ECONNRESET|aborted/);
  expect(outcome(await ask())).toBe('Executed-Success');
  expect(smdp.counters.connections).toBe(2);
});

it('a connection that ends after the answer, a status, a page, a pause, silence', async () => {
  smdp.setFaults(parseServerFaults('drop=1:after, status=2:500, html=3, delay=4:20, stall=initiateAuthentication'));
  // Of two faults for one request the one that is named first happens.
  expect(outcome(await ask())).toBe('Executed-Success');
  await expect(ask()).rejects.toThrow(/status 500/);
  await expect(ask()).rejects.toThrow(/JSON/);
  expect(outcome(await ask())).toBe('Executed-Success');
  const silent = await Promise.race([ask().catch(() => 'closed'), new Promise((resolve) => setTimeout(() => resolve('silent'), 100))]);
  expect(silent).toBe('silent');
});

it.each(['drop', 'drop=0', 'drop=1:later', 'status=1', 'status=1:99', 'html=1:2', 'delay=1', 'boil=1'])('%s is not known', (text) => {
  expect(() => parseServerFaults(text)).toThrow(/Known: drop/);
});
