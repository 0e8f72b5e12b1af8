import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EuiccOverview } from '#contract/desk/devices.ts';
import type { Delivery } from '#contract/desk/tasks.ts';
import { createLog } from '#core/log.ts';
import { createOutbox, type Outbox } from '#core/outbox/outbox.ts';
import { openStore, type Store } from '#core/store/store.ts';
import { type CardSession, withCardSession } from '#core/tasks/card-session.ts';
import { changeProfile, type ProfileChange } from '#core/tasks/profile-steps.ts';
import { tellServers } from '#core/tasks/tell-servers.ts';
import { createReaderAccess } from '#native/apdu/reader-access.ts';
import { openEuicc } from '#native/euicc/open-euicc.ts';
import { createProfileServerClient, type ProfileServerClient } from '#native/rsp/http/profile-server-client.ts';
import { createVirtualHardware, type VirtualHardware, virtualReaderName } from '#simulator/hardware.ts';
import { benchTest, lebGlobal, meadowPersonal } from '#simulator/sample.ts';
import { type Smdp, startSmdp } from '#simulator/smdp/server.ts';
import { countExchanges } from '../support/count-exchanges.ts';
import { makeFolder, removeFolder, until } from './core-stage.ts';

/** The outbox on a real file, the simulated eUICC in its reader, and two simulated SM-DP+ over TLS. */
const signal = new AbortController().signal;
const lebHost = 'smdp.leb.example';
const meadowHost = 'smdp.meadow.example';
/** Seconds of back-off are for people; here the person presses "try again". */
const whenSettled = (fits: (states: readonly string[]) => boolean): Promise<unknown> =>
  until(outbox.entries.subscribe(), (entries) => fits(entries.map(({ state, problem }) => `${state} ${problem?.code ?? '-'}`)));

let folder = '';
let hardware: VirtualHardware;
let exchanges: ReturnType<typeof countExchanges>;
let leb: Smdp;
let meadow: Smdp;
let client: ProfileServerClient;
let store: Store;
let outbox: Outbox;
let deliveries: readonly Delivery[] = [];
/** Hosts that nobody listens for. */
const dead = new Set<string>();

async function openOutbox(): Promise<void> {
  store = await openStore(folder, createLog(folder));
  outbox = createOutbox({ store, servers: { session: () => ({ client, usesTestRoots: () => true }) }, log: createLog(folder) });
}

async function closeOutbox(): Promise<void> {
  await outbox.close();
  store.close();
}

async function onCard<Result>(work: (session: CardSession) => Promise<Result>): Promise<Result> {
  const connection = await exchanges.transport.connect(virtualReaderName);
  const access = createReaderAccess(connection);
  try {
    return await withCardSession({ access, openEuicc, isdrAid: null, guess: null, steps: record, signal }, work);
  } finally {
    await access.close();
    await connection.close();
  }
}

const record = {
  begin: () => undefined,
  skip: () => undefined,
  note(facts: { readonly deliveries?: readonly Delivery[] }) {
    deliveries = facts.deliveries ?? deliveries;
  },
};

function change(iccid: string, known: EuiccOverview | null, options: { readonly notify?: boolean } = {}): Promise<EuiccOverview> {
  const wanted: ProfileChange = { kind: 'profile.enable', iccid, isdrAid: null, refresh: true, notify: options.notify ?? true };
  return onCard((session) => changeProfile(session, wanted, { known, record, signal, outbox }));
}

const overview = (): Promise<EuiccOverview> => onCard((session) => session.readOverview());
const pending = async (): Promise<readonly number[]> => (await overview()).notifications.map(({ seqNumber }) => seqNumber);
const heardBy = (smdp: Smdp) => smdp.notifications().map(({ seqNumber, event, verified }) => `${seqNumber} ${event} ${verified}`);
const sweep = (): Promise<void> => onCard((session) => session.use(async (euicc) => outbox.sweep(euicc, await euicc.eid())));
const send = (): Promise<unknown> =>
  onCard(async (session) => tellServers(session, await session.readOverview(), { outbox, record, signal }));

/** A chip with a past: its next notification has this number. */
function makeHardware(nextSeqNumber: number): void {
  const stateDir = join(folder, 'bench');
  createVirtualHardware({ stateDir, pkiDir: null }).close();
  const path = join(stateDir, 'reader', 'chip.json');
  const chip = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...chip, nextSeqNumber }));
  hardware = createVirtualHardware({ stateDir, pkiDir: null });
  exchanges = countExchanges(hardware.cardTransport);
}

beforeEach(async () => {
  folder = await makeFolder();
  dead.clear();
  deliveries = [];
  makeHardware(126);
  [leb, meadow] = await Promise.all(
    [lebHost, meadowHost].map((host) => startSmdp({ stateDir: null, host })) as [Promise<Smdp>, Promise<Smdp>],
  );
  client = createProfileServerClient({
    roots: [leb.tlsRootPem],
    locate({ host }) {
      const smdp = [leb, meadow].find(({ address }) => address.startsWith(`${host}:`));
      return { host: '127.0.0.1', port: smdp === undefined || dead.has(host) ? 1 : Number(smdp.address.split(':')[1]) };
    },
  });
  await openOutbox();
});
afterEach(async () => {
  await closeOutbox();
  client.close();
  await Promise.all([leb.close(), meadow.close()]);
  hardware.close();
  await removeFolder(folder);
});

describe('a switch with its notifications', () => {
  it('is one session: few APDUs, the one reset that the card needs, and one connection for each server', async () => {
    const known = await overview();
    const before = { ...exchanges.exchanges };
    const after = await change(meadowPersonal.iccid, known);
    expect(exchanges.exchanges.powerUps - before.powerUps).toBe(2); // when the card is opened, and after the switch
    // 7 for the switch and its proof, 12 for two notifications of 1330 bytes, which come in pieces of 256, and the removal of each.
    expect(exchanges.exchanges.apdus - before.apdus).toBeLessThanOrEqual(7 + 12 + 2 * 2);
    expect(deliveries.map(({ seqNumber, event, state }) => `${seqNumber} ${event} ${state}`)).toEqual([
      '126 disable delivered',
      '127 enable delivered',
    ]);
    expect(heardBy(leb)).toEqual(['126 disable true']);
    expect(heardBy(meadow)).toEqual(['127 enable true']);
    expect(leb.counters.connections).toBe(1);
    expect(after.notifications).toEqual([]);
    expect(await overview()).toMatchObject({ notifications: [], profiles: after.profiles });
  });

  it('alone is nine APDUs, and leaves its notifications on the card', async () => {
    const known = await overview();
    const before = exchanges.exchanges.apdus;
    const after = await change(meadowPersonal.iccid, known, { notify: false });
    expect(exchanges.exchanges.apdus - before).toBeLessThanOrEqual(9);
    expect(after.notifications.map(({ seqNumber }) => seqNumber)).toEqual([126, 127]);
    expect(outbox.entries.value).toEqual([]);
  });

  it('is done although a server is dead; that one hears of it when it is back, and after a restart', async () => {
    dead.add(lebHost);
    const after = await change(meadowPersonal.iccid, await overview());
    expect(after.profiles.find(({ state }) => state === 'enabled')?.iccid).toBe(meadowPersonal.iccid);
    expect(deliveries.map(({ state, problem }) => `${state} ${problem?.code ?? '-'}`)).toEqual([
      'queued PROFILE_SERVER_UNREACHABLE',
      'delivered -',
    ]);
    expect(await pending()).toEqual([126]);

    await closeOutbox();
    hardware.controls.reader.remove();
    dead.clear();
    await openOutbox();
    outbox.retry();
    await whenSettled((states) => states.join() === 'delivered -');
    expect(heardBy(leb)).toEqual(['126 disable true']);
    hardware.controls.reader.insert();
    expect(await pending()).toEqual([126]);
    await sweep();
    expect(await pending()).toEqual([]);
    expect(outbox.entries.value).toEqual([]);
  });
});

describe('the connection ends', () => {
  it.each(['dropBefore', 'dropUnanswered', 'dropDuring', 'dropAfter'] as const)(
    '%s: nothing is lost, and nothing is left',
    async (kind) => {
      leb.setFaults([{ at: 'handleNotification', kind }]);
      await change(meadowPersonal.iccid, await overview());
      const [atLeb] = deliveries;
      expect(await pending()).toEqual(atLeb?.state === 'delivered' ? [] : [126]);
      expect(atLeb?.state).toBe(kind === 'dropAfter' ? 'delivered' : 'queued');
      await send();
      expect(await pending()).toEqual([]);
      expect(new Set(heardBy(leb))).toEqual(new Set(['126 disable true']));
      expect(outbox.entries.value).toEqual([]);
    },
  );
});

describe('the card leaves in the middle of a switch', () => {
  it.each(Array.from({ length: 23 }, (_unused, index) => index + 1))('at APDU %i: its servers hear of all that happened', async (n) => {
    const known = await overview();
    hardware.controls.reader.removeAt(n, n % 2 === 0 ? 'before' : 'after');
    const end: unknown = await change(meadowPersonal.iccid, known).catch((error: unknown) => error);
    const { reader } = hardware.controls;
    if (n <= 20 || !reader.present()) expect(end).toMatchObject({ code: 'CARD_REMOVED' });
    reader.insert();
    await send();
    expect(await pending()).toEqual([]);
    expect(outbox.entries.value).toEqual([]);
    const happened = JSON.parse(readFileSync(join(folder, 'bench', 'reader', 'chip.json'), 'utf8')) as { readonly nextSeqNumber: number };
    expect([happened.nextSeqNumber, new Set(heardBy(leb)), new Set(heardBy(meadow))]).toEqual(
      happened.nextSeqNumber === 126 ? [126, new Set(), new Set()] : [128, new Set(['126 disable true']), new Set(['127 enable true'])],
    );
  });
});

it('keeps the order for each server, over the number that needs two octets, and the number nought', async () => {
  hardware.close();
  await removeFolder(join(folder, 'bench'));
  makeHardware(0);
  dead.add(lebHost).add(meadowHost);
  for (const { iccid } of [meadowPersonal, lebGlobal, meadowPersonal, lebGlobal]) await change(iccid, await overview());
  expect(outbox.entries.value.map(({ seqNumber }) => seqNumber).toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  dead.clear();
  await send();
  expect(heardBy(leb)).toEqual(['0 disable true', '3 enable true', '4 disable true', '7 enable true']);
  expect(heardBy(meadow)).toEqual(['1 enable true', '2 disable true', '5 enable true', '6 disable true']);
  expect(await pending()).toEqual([]);
});

it('takes what an earlier program has left on the card', async () => {
  await change(meadowPersonal.iccid, null, { notify: false });
  await change(benchTest.iccid, null, { notify: false });
  const before = exchanges.exchanges.apdus;
  await send();
  expect(exchanges.exchanges.apdus).toBeGreaterThan(before);
  expect(heardBy(meadow)).toEqual(['127 enable true', '128 disable true']);
  // Nobody serves the test profile's address.
  expect(outbox.entries.value.map(({ seqNumber, state }) => `${seqNumber} ${state}`)).toEqual(['129 waiting']);
  expect(await pending()).toEqual([129]);
});
