import { afterEach, beforeEach, expect, it } from 'vitest';
import { hexToBytes } from '#native/euicc/tlv/hex.ts';
import { makeEid } from '../euicc/eid.ts';
import { loadPki } from '../pki/load-pki.ts';
import { authenticateAt, base64, makeChip, makeClient, outcome, type ChipOptions, type Json } from './chip-fixture.ts';
import { startSmdp, type Smdp } from './server.ts';

const pki = loadPki(null);
const chipOf = (serial: number, options?: ChipOptions) => makeChip(pki.euicc(makeEid(serial)), options);
const chip = chipOf(7);
let now = Date.now();
let smdp: Smdp;
let client: ReturnType<typeof makeClient>;

beforeEach(async () => {
  now = Date.now();
  smdp = await startSmdp({ stateDir: null, pki, now: () => now });
  client = makeClient(smdp.address, smdp.tlsRootPem);
});
afterEach(async () => {
  client.close();
  await smdp.close();
});

function authenticate(matchingId: string | null, by = chip, change = {}) {
  return authenticateAt(client, smdp.address, by, matchingId, change);
}

it.each([
  ['an unknown code', 'NOBODY', '8.2.6/3.8'],
  ['an expired order', 'LEB-EXPIRED', '8.8.5/4.10'],
  ['an order that is not released', 'LEB-LATER', '8.2/1.2'],
  ['an order of another eUICC', 'LEB-RESERVED', '8.1.1/3.8'],
  ['no code, and nothing reserved', '', '8.2.5/4.3'],
  ['no code at all', null, '8.2.5/4.3'],
])('%s', async (_name, matchingId, codes) => {
  expect(outcome((await authenticate(matchingId)).answer)).toBe(codes);
});

it.each([
  ['another server', (address: string) => chip.initiate(`other.example${address.slice(-1)}`), '8.8.1/3.8'],
  ['an old specification', (address: string) => chipOf(7, { svn: '010100' }).initiate(address), '8.8.3/3.1'],
  ['an unknown root', (address: string) => chipOf(7, { otherRoot: true }).initiate(address), '8.8.2/3.1'],
  ['a field that is missing', (address: string) => ({ ...chip.initiate(address), euiccInfo1: undefined }), '1.6/2.2'],
  ['bytes that are no base64', (address: string) => ({ ...chip.initiate(address), euiccInfo1: '%%' }), '1.6/2.1'],
  ['bytes that are no TLV', (address: string) => ({ ...chip.initiate(address), euiccInfo1: base64(hexToBytes('BF2005')) }), '1.6/2.1'],
])('%s', async (_name, fields, codes) => {
  expect(outcome(await client.ask('initiateAuthentication', fields(smdp.address)))).toBe(codes);
});

it('what is wrongly signed, of another exchange, of a full chip, or of a session that there is not', async () => {
  expect(outcome((await authenticate('LEB-ASIA', chip, { spoil: true })).answer)).toBe('8.1/6.1');
  expect(outcome((await authenticate('LEB-ASIA', chip, { serverChallenge: new Uint8Array(16) })).answer)).toBe('8.1/6.1');
  expect(outcome((await authenticate('LEB-ASIA', chipOf(7, { freeMemory: 4096 }))).answer)).toBe('8.1/4.8');
  const begun = await client.ask('initiateAuthentication', chip.initiate(smdp.address));
  const { fields } = chip.authenticate(begun, 'LEB-ASIA');
  now += 11 * 60_000;
  expect(outcome(await client.ask('authenticateClient', fields))).toBe('8.10.1/3.9');
});

it('chains that do not hold', async () => {
  const right = pki.euicc(makeEid(7));
  const other = pki.euicc(makeEid(2));
  const server = pki.server('dp-auth').certificate;
  for (const [credential, codes] of [
    [{ ...right, eum: server }, '8.1.2/6.1'],
    [{ ...right, certificate: server }, '8.1.3/6.1'],
    [{ ...right, eum: right.certificate }, '8.11.1/3.9'],
    [{ ...right, certificate: other.certificate }, '8.1/6.1'],
  ] as const) {
    expect(outcome((await authenticate('LEB-ASIA', makeChip(credential))).answer)).toBe(codes);
  }
});

it('HTTP that is none of a function', async () => {
  expect((await client.post('nothing', '{}')).status).toBe(404);
  expect((await client.post('initiateAuthentication', '[]')).status).toBe(400);
  expect((await client.post('initiateAuthentication', '{')).status).toBe(400);
  const old = await client.post('initiateAuthentication', '{}', { 'X-Admin-Protocol': 'gsma/rsp/v1.0.0' });
  expect(outcome(JSON.parse(old.text) as Json)).toBe('1.2.2/2.1');
});
