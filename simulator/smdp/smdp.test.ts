import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { childrenOf, readTlv } from '#native/euicc/tlv/tlv-reader.ts';
import { makeEid } from '../euicc/eid.ts';
import { chipSerials } from '../hardware.ts';
import { loadPki } from '../pki/load-pki.ts';
import { lebAsia } from '../sample.ts';
import {
  authenticateAt,
  child,
  fromBase64,
  makeChip,
  makeClient,
  openBoundPackage,
  outcome,
  partsOf,
  type ChipOptions,
} from './chip-fixture.ts';
import { plainOrder, type Order } from './order.ts';
import { makeProfilePackage } from './profile-package.ts';
import { sampleOrders } from './sample-orders.ts';
import { startSmdp, type Smdp } from './server.ts';

const pki = loadPki(null);
const smdpOid = pki.server('dp-auth').certificate.registeredId ?? '';
const asia = sampleOrders[0] as Order;
const chipOf = (serial: number, options?: ChipOptions) => makeChip(pki.euicc(makeEid(serial)), options);
const chip = chipOf(7);

let now = Date.now();
let smdp: Smdp;
let client: ReturnType<typeof makeClient>;
const installed: string[] = [];

async function start(stateDir: string | null = null): Promise<void> {
  smdp = await startSmdp({ stateDir, pki, now: () => now, onInstalled: (matchingId) => void installed.push(matchingId) });
  client = makeClient(smdp.address, smdp.tlsRootPem);
}

beforeEach(async () => {
  now = Date.now();
  installed.length = 0;
  await start();
});
afterEach(async () => {
  client.close();
  await smdp.close();
});

function authenticate(matchingId: string | null, by = chip, change = {}) {
  return authenticateAt(client, smdp.address, by, matchingId, change);
}

async function download(
  matchingId: string,
  code: string | null = null,
  by = chip,
  oneTimeKey = undefined as Parameters<typeof chip.prepare>[3],
) {
  const { answer, signature } = await authenticate(matchingId, by);
  expect(outcome(answer)).toBe('Executed-Success');
  const prepared = by.prepare(answer, signature, code, oneTimeKey);
  return { answer, prepared, bound: await client.ask('getBoundProfilePackage', prepared.fields) };
}

describe('a download', () => {
  it('shows the metadata, binds the package to the chip, and is done when the chip says so; all on one connection', async () => {
    const { answer, prepared, bound } = await download('LEB-ASIA');
    const metadata = readTlv(fromBase64(answer['profileMetadata']));
    expect(metadata.tag).toBe(0xbf25);
    expect(new TextDecoder().decode(child(metadata, 0x92).value)).toBe('LEB Asia');
    expect(bytesToHex(child(metadata, 0x94).value)).toMatch(/^89504E470D0A1A0A/);
    expect(child(metadata, 0x94).value.length).toBeLessThanOrEqual(1024);
    expect(prepared.codeRequired).toBe(false);

    const opened = openBoundPackage(fromBase64(bound['boundProfilePackage']), { ...prepared, eid: chip.eid });
    expect(opened.replaced).toBe(true);
    expect(opened.storeMetadata).toEqual(metadata.raw);
    expect(bytesToHex(opened.transactionId)).toBe(bound['transactionId']);
    expect(opened.profilePackage).toEqual(makeProfilePackage(asia.profile));
    expect(opened.profilePackage).toHaveLength(12_065);

    const said = await client.post('handleNotification', JSON.stringify(chip.installationResult(bound['transactionId'], smdpOid, 0, null)));
    expect(said).toEqual({ status: 204, text: '' });
    expect(smdp.order('LEB-ASIA')?.progress.state).toBe('installed');
    expect(installed).toEqual(['LEB-ASIA']);
    expect(smdp.notifications()).toMatchObject([{ verified: true, result: 'success', seqNumber: 0, eid: chip.eid }]);
    expect(smdp.counters).toMatchObject({ connections: 1, requests: 4 });
    expect(outcome((await authenticate('LEB-ASIA')).answer)).toBe('8.2.6/3.8');
  });

  it('without keys of its own goes on with those of the session', async () => {
    const { prepared, bound } = await download('LEB-SESSION');
    const opened = openBoundPackage(fromBase64(bound['boundProfilePackage']), { ...prepared, eid: chip.eid });
    expect(opened.replaced).toBe(false);
    expect(opened.profilePackage).toHaveLength(12_065);
  });

  it('of a package of 65 kB', async () => {
    const { prepared, bound } = await download('LEB-LARGE');
    const package_ = fromBase64(bound['boundProfilePackage']);
    expect(openBoundPackage(package_, { ...prepared, eid: chip.eid }).profilePackage).toHaveLength(65_000);
    const elements = childrenOf(readTlv(package_)).at(-1);
    expect(
      elements === undefined
        ? []
        : childrenOf(elements)
            .map(({ raw }) => raw.length)
            .filter((length) => length > 1020),
    ).toEqual([]);
  });

  it('that broke off gives the same package to the same key of the chip, and a new one to a new key where that is allowed', async () => {
    const first = await download('LEB-ASIA');
    const again = await download('LEB-ASIA', null, chip, first.prepared.oneTimeKey);
    expect(again.prepared.offeredKey).toEqual(first.prepared.oneTimeKey.point);
    expect(partsOf(again.bound).slice(1)).toEqual(partsOf(first.bound).slice(1));
    expect(partsOf(again.bound)[0]).not.toBe(partsOf(first.bound)[0]);
    const renewed = await download('LEB-ASIA');
    openBoundPackage(fromBase64(renewed.bound['boundProfilePackage']), { ...renewed.prepared, eid: chip.eid });
    expect(partsOf(renewed.bound).at(-1)).not.toBe(partsOf(first.bound).at(-1));

    await download('LEB-SESSION');
    expect(outcome((await download('LEB-SESSION')).bound)).toBe('8.2/3.7');
    expect(outcome((await authenticate('LEB-ASIA', chipOf(2))).answer)).toBe('8.1.1/3.8');
  });

  it('that the chip reports as failed ends the order, unless it was only interrupted', async () => {
    const interrupted = await download('LEB-ASIA');
    await client.post(
      'handleNotification',
      JSON.stringify(chip.installationResult(interrupted.bound['transactionId'], smdpOid, 200, [5, 11])),
    );
    expect(smdp.order('LEB-ASIA')?.progress.state).toBe('downloaded');
    const refused = await download('LEB-ASIA');
    await client.post('handleNotification', JSON.stringify(chip.installationResult(refused.bound['transactionId'], smdpOid, 201, [5, 12])));
    expect(smdp.order('LEB-ASIA')?.progress.state).toBe('error');
    expect(smdp.notifications().map(({ seqNumber, result }) => [seqNumber, result])).toEqual([
      [200, { bppCommandId: 5, errorReason: 11 }],
      [201, { bppCommandId: 5, errorReason: 12 }],
    ]);
  });
});

describe('a confirmation code', () => {
  it('is asked for, told wrong, and right', async () => {
    const missing = await download('LEB-PACIFIC');
    expect(missing.prepared.codeRequired).toBe(true);
    expect(outcome(missing.bound)).toBe('8.2.7/2.2');
    expect(outcome((await download('LEB-PACIFIC', '0000')).bound)).toBe('8.2.7/3.8');
    expect(outcome((await download('LEB-PACIFIC', '2748')).bound)).toBe('Executed-Success');
  });

  it('may be wrong three times', async () => {
    const outcomes: string[] = [];
    for (const code of ['1', '2', '3']) outcomes.push(outcome((await download('LEB-PACIFIC', code)).bound));
    expect(outcomes).toEqual(['8.2.7/3.8', '8.2.7/3.8', '8.2.7/6.4']);
    expect(outcome((await authenticate('LEB-PACIFIC')).answer)).toBe('8.2.6/3.8');
  });
});

describe('a cancelled session', () => {
  it('is signed by the chip for this server, and leaves the order', async () => {
    const { answer } = await authenticate('LEB-ASIA');
    const { transactionId } = answer;
    expect(outcome(await client.ask('cancelSession', chip.cancel(transactionId, 1, '2.999.99')))).toBe('8.8/3.10');
    expect(outcome(await client.ask('cancelSession', chipOf(2).cancel(transactionId, 1, smdpOid)))).toBe('8.1/6.1');
    expect(outcome(await client.ask('cancelSession', chip.cancel(transactionId, 1, smdpOid)))).toBe('Executed-Success');
    expect(outcome(await client.ask('cancelSession', chip.cancel(transactionId, 1, smdpOid)))).toBe('8.10.1/3.9');
    expect(smdp.order('LEB-ASIA')?.progress.state).toBe('released');
  });

  it('ends an order that says so when the person refuses', async () => {
    smdp.place({ ...asia, matchingId: 'STRICT', endsOnRejection: true });
    const postponed = await authenticate('STRICT');
    await client.ask('cancelSession', chip.cancel(postponed.answer['transactionId'], 1, smdpOid));
    expect(smdp.order('STRICT')?.progress.state).toBe('released');
    const refused = await authenticate('STRICT');
    await client.ask('cancelSession', chip.cancel(refused.answer['transactionId'], 0, smdpOid));
    expect(outcome((await authenticate('STRICT')).answer)).toBe('8.2.6/3.8');
  });
});

describe('orders', () => {
  it('that were begun too often are refused, but never one that works again and again', async () => {
    smdp.place({ ...asia, matchingId: 'TWICE', downloadTries: 2 });
    smdp.place({ ...asia, matchingId: 'ALWAYS', downloadTries: 2, reusable: true });
    for (const matchingId of ['TWICE', 'ALWAYS']) for (let count = 0; count < 2; count += 1) await download(matchingId);
    expect(outcome((await authenticate('TWICE')).answer)).toBe('8.8.5/6.4');
    expect(outcome((await authenticate('ALWAYS', chipOf(2))).answer)).toBe('Executed-Success');
  });

  it('that are reserved for a chip are found without a code', async () => {
    smdp.place({ ...asia, matchingId: 'WAITING', eid: chip.eid });
    const { answer } = await authenticate('');
    expect(outcome(answer)).toBe('Executed-Success');
    expect(smdp.waiting()).toContainEqual({ eventId: 'WAITING', eid: chip.eid });
    expect(smdp.waiting()).toContainEqual({ eventId: 'LEB-WAITING', eid: makeEid(chipSerials.reader) });
  });

  it('are placed and read over the control port, and stay over a restart', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'smdp-'));
    try {
      client.close();
      await smdp.close();
      await start(stateDir);
      const order = { ...plainOrder, matchingId: 'PLACED', profile: { ...asia.profile, profileName: 'Placed' }, reusable: true };
      const post = (path: string, body: object) =>
        fetch(`${smdp.controlUrl}/_bench/${path}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        });
      expect((await post('orders', order)).status).toBe(201);
      expect((await post('orders', { matchingId: 'PLACED', downloadTries: 'many' })).status).toBe(400);
      expect((await post('faults', { spec: 'nonsense=1' })).status).toBe(400);
      const listed = (await (await fetch(`${smdp.controlUrl}/_bench/orders`)).json()) as { activationCode: string }[];
      expect(listed.map(({ activationCode }) => activationCode)).toContain(`LPA:1$${smdp.address}$PLACED`);
      await download('PLACED');
      const { address } = smdp;
      client.close();
      await smdp.close();
      await start(stateDir);
      expect(smdp.address).toBe(address);
      expect(smdp.order('PLACED')?.progress).toMatchObject({ state: 'downloaded', downloads: 1, eid: chip.eid });
      expect(smdp.activationCode('PLACED')).toBe(`LPA:1$${address}$PLACED`);
    } finally {
      rmSync(stateDir, { recursive: true });
    }
  });
});

describe('other notifications', () => {
  it('are verified by the chain that they bring, and kept as often as they come', async () => {
    const body = JSON.stringify(chip.otherNotification(128, 1, lebAsia.iccid));
    expect((await client.post('handleNotification', body)).status).toBe(204);
    expect((await client.post('handleNotification', body)).status).toBe(204);
    const foreign = makeChip({ ...pki.euicc(makeEid(3)), key: pki.euicc(makeEid(4)).key });
    await client.post('handleNotification', JSON.stringify(foreign.otherNotification(1, 3, lebAsia.iccid)));
    expect(smdp.notifications().map(({ seqNumber, event, verified }) => [seqNumber, event, verified])).toEqual([
      [128, 'enable', true],
      [128, 'enable', true],
      [1, 'delete', false],
    ]);
  });
});
