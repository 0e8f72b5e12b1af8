import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createDeviceRegistry } from '#core/devices/device-registry.ts';
import { createHabitStore } from '#core/devices/habit-store.ts';
import { createLog } from '#core/log.ts';
import { openStore } from '#core/store/store.ts';
import type { RefreshOutcome } from '#native/apdu/card-access.ts';
import { createReaderAccess } from '#native/apdu/reader-access.ts';
import { openEuicc } from '#native/euicc/open-euicc.ts';
import { openSecureElements } from '#native/euicc/open-secure-elements.ts';
import { createHabitMemory, type HabitKeeper } from '#native/modem/habits.ts';
import type { Modem } from '#native/modem/modem.ts';
import { openModem } from '#native/modem/open-modem.ts';
import { usualModemTimings, type ModemTimings } from '#native/modem/timings.ts';
import type { SerialConnection } from '#native/transport/serial-transport.ts';
import { createVirtualHardware, furtherModemPath, virtualModemPath, type VirtualHardware } from '#simulator/hardware.ts';
import { makeFolder, openApplication, removeFolder, untilDevice, untilTaskEnds } from './core-stage.ts';

/** Every way to the chip of a simulated modem, with the awkwardness that leads to it, and what makes such a modem notice a switch. */
const wayOf = {
  generic: 'modemChannel',
  bareCcho: 'modemChannel',
  handle32: 'modemChannel',
  noCchc: 'modemChannel',
  needs61: 'modemChannel',
  noTestForms: 'modemChannel',
  'urcStorm+splitLines': 'modemChannel',
  textErrors: 'modemChannel',
  noCgla: 'csimChannel',
  csimOnly: 'csimChannel',
  'csimOnly+needs61': 'csimChannel',
  csimNoChannels: 'csimBasic',
  csimBasicOnly: 'csimBasic',
} as const;
const others = ['lyingLength', 'staleIccid', 'staleIccid+renamesOnReset'] as const;

const timings: ModemTimings = { ...usualModemTimings, noticeMs: 5_000, readyMs: 5_000, settleMs: 300, pollMs: 100 };
const impatient: ModemTimings = { ...timings, noticeMs: 300 };
const nobody = { manufacturer: null, model: null, revision: null, imei: null };
let hardware: VirtualHardware;

beforeAll(() => {
  hardware = createVirtualHardware({ stateDir: null, modems: [...Object.keys(wayOf), ...others].join(','), timeScale: 0.05 });
});
afterAll(() => hardware.close());

async function open(kind: string, habits?: HabitKeeper, times = timings): Promise<Modem> {
  const modem = await openModem(await hardware.serialTransport.open(furtherModemPath(kind)), times, habits);
  onTestFinished(() => modem.close());
  await expect.poll(async () => (await modem.sim()).state, { timeout: 10_000 }).toBe('ready');
  return modem;
}

it.each(Object.entries(wayOf))('%s: reads, switches and is noticed, by %s', async (kind, way) => {
  const habits = createHabitMemory();
  const modem = await open(kind, habits);
  const access = await modem.cardAccess();
  const euicc = await openEuicc(access);
  const profiles = await euicc.profiles();
  const next = profiles.find(({ state }) => state === 'disabled');
  if (next === undefined) expect.fail('the sample has a second profile');
  await euicc.enableProfile({ iccid: next.iccid }, true);
  await euicc.close();
  expect(await access.refresh({ kind: 'enabled', iccid: next.iccid })).toBe('byItself');
  const again = await openEuicc(access);
  expect((await again.profiles()).find(({ state }) => state === 'enabled')?.iccid).toBe(next.iccid);
  await again.close();
  await access.close();
  expect(await modem.waitForProfile(next.iccid, { timeoutMs: 20_000 })).toMatchObject({ iccid: next.iccid });
  expect(habits.of(nobody)).toEqual({ cardWay: way, refresh: 'byItself' });
});

it('does not believe a modem whose lengths are wrong', async () => {
  const access = await (await open('lyingLength')).cardAccess();
  await expect(openEuicc(access).then((euicc) => euicc.eid())).rejects.toMatchObject({ code: 'AT_ANSWER' });
});

it('begins with what helped the last time', async () => {
  const habits = createHabitMemory();
  const modem = await open('staleIccid', habits, impatient);
  const switchOnce = async (): Promise<{ readonly outcome: RefreshOutcome; readonly commands: number }> => {
    const access = await modem.cardAccess();
    const euicc = await openEuicc(access);
    const next = (await euicc.profiles()).find(({ state }) => state === 'disabled');
    if (next === undefined) expect.fail('the sample has a second profile');
    await euicc.enableProfile({ iccid: next.iccid }, true);
    await euicc.close();
    const before = modem.commandCount;
    const outcome = await access.refresh({ kind: 'enabled', iccid: next.iccid });
    await access.close();
    expect((await modem.sim()).iccid).toBe(next.iccid);
    return { outcome, commands: modem.commandCount - before };
  };
  const [first, second] = [await switchOnce(), await switchOnce()];
  expect([first.outcome, second.outcome]).toEqual(['cardOffOn', 'cardOffOn']);
  expect(second.commands).toBeLessThan(first.commands);
});

it('follows a modem through a restart to its new port, and says that this was what helped', async () => {
  const folder = await makeFolder();
  const habits = createHabitMemory();
  const kind = 'staleIccid+renamesOnReset';
  const registry = createDeviceRegistry({
    cardTransports: [],
    serialTransports: [hardware.serialTransport],
    layer: {
      createReaderAccess,
      openSecureElements,
      sweepNotifications: () => Promise.resolve(),
      openModem: (connection: SerialConnection) => openModem(connection, impatient, habits),
    },
    log: createLog(folder),
  });
  onTestFinished(async () => {
    await registry.close();
    await removeFolder(folder);
  });
  const id = `serial:${furtherModemPath(kind)}`;
  await expect
    .poll(() => registry.snapshot.value.devices.find(({ deviceId }) => deviceId === id)?.state, { timeout: 20_000 })
    .toBe('ready');
  const device = registry.find(id);
  const release = device.reserve('task');
  const next = device.euicc?.profiles.find(({ state }) => state === 'disabled');
  if (next === undefined) expect.fail('the sample has a second profile');
  const outcome = await device.useCard(async (access) => {
    const euicc = await openEuicc(access);
    await euicc.enableProfile({ iccid: next.iccid }, true);
    await euicc.close();
    const restarted = await access.restart?.({ kind: 'enabled', iccid: next.iccid });
    expect((await (await openEuicc(access)).profiles()).find(({ state }) => state === 'enabled')?.iccid).toBe(next.iccid);
    return restarted;
  }, new AbortController().signal);
  release();
  expect(outcome).toBe('restart');
  expect(habits.of(nobody).refresh).toBe('restart');
  expect(registry.find(id).view().ladder[0]?.evidence).toBe(`${furtherModemPath(kind)}-1`);
});

it('begins with what an earlier run of the application has learned of this model and firmware', async () => {
  const dataDir = await makeFolder();
  const bench = createVirtualHardware({ stateDir: null, modem: 'staleIccid', timeScale: 0.05 });
  const log = createLog(dataDir);
  const store = await openStore(dataDir, log);
  const probe = await openModem(await bench.serialTransport.open(virtualModemPath), impatient);
  createHabitStore({ store, log }).keep(probe.identity, { refresh: 'cardOffOn' });
  store.close();
  await probe.close();
  const application = await openApplication({ dataDir, serialTransports: [bench.serialTransport] });
  onTestFinished(async () => {
    await application.close();
    bench.close();
    await removeFolder(dataDir);
  });
  const { desk } = application;
  const deviceId = `serial:${virtualModemPath}`;
  const { euicc } = await untilDevice(desk, deviceId, ({ state }) => state === 'ready');
  const next = euicc?.profiles.find(({ state }) => state === 'disabled');
  if (next === undefined) expect.fail('the sample has a second profile');
  // Without it the modem would be given a quarter of a minute first.
  const begun = performance.now();
  const task = await untilTaskEnds(desk, desk.profiles.enable({ deviceId, iccid: next.iccid, notify: false }), 60_000);
  expect(task).toMatchObject({ state: 'done', refreshedBy: 'cardOffOn', modem: { iccid: next.iccid } });
  expect(performance.now() - begun).toBeLessThan(15_000);
});

it('frees the channels that another program has left open, when the person wants that', async () => {
  const dataDir = await makeFolder();
  const bench = createVirtualHardware({ stateDir: null, timeScale: 0.05 });
  const application = await openApplication({ dataDir, serialTransports: [bench.serialTransport] });
  onTestFinished(async () => {
    await application.close();
    bench.close();
    await removeFolder(dataDir);
  });
  const { desk } = application;
  const deviceId = `serial:${virtualModemPath}`;
  const { euicc } = await untilDevice(desk, deviceId, ({ state }) => state === 'ready');
  const leave = () => desk.modem.send({ deviceId, command: 'AT+CCHO="A0000005591010FFFFFFFF8900000100"' });
  while (
    await leave().then(
      () => true,
      () => false,
    )
  );
  const blocked = await desk.devices.refresh({ deviceId });
  expect(blocked.ladder.at(-1)?.problem).toMatchObject({ code: 'CHANNEL_UNAVAILABLE', details: { via: 'modem' } });
  const task = await untilTaskEnds(desk, desk.modem.freeChannels({ deviceId }));
  expect(task).toMatchObject({ state: 'done', error: null });
  expect(task.steps.map(({ state }) => state)).toEqual(['done', 'skipped', 'skipped', 'done']);
  expect((await untilDevice(desk, deviceId, ({ state }) => state === 'ready')).euicc?.eid).toBe(euicc?.eid);
});
