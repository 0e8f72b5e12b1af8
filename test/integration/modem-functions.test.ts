import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualHardware, virtualModemPath, type VirtualHardware } from '#simulator/hardware.ts';
import { firstPin, firstPuk } from '#simulator/modem/sim-pins.ts';
import {
  makeFolder,
  openApplication,
  removeFolder,
  until,
  untilDevice,
  untilTaskEnds,
  type Desk,
  type OpenApplication,
} from './core-stage.ts';

const deviceId = `serial:${virtualModemPath}`;

/** What a modem can be told, through the desk contract, with the bench's modem at the other end. */
let hardware: VirtualHardware;
let folder = '';
let desk: Desk;
let application: OpenApplication;

async function start(timeScale = 0.05): Promise<void> {
  folder = await makeFolder();
  hardware = createVirtualHardware({ stateDir: null, timeScale });
  application = await openApplication({ dataDir: folder, serialTransports: [hardware.serialTransport] });
  ({ desk } = application);
  await untilKnown();
}
async function stop(): Promise<void> {
  await application.close();
  hardware.close();
  await removeFolder(folder);
}
const untilKnown = () => untilDevice(desk, deviceId, ({ state, modem }) => state === 'ready' && modem?.operator !== null);
const registrationState = async () => (await desk.modem.registration({ deviceId })).registration.state;
/** What the modem says now, not what was last heard of it. */
const onNetwork = async (): Promise<void> => {
  await untilKnown();
  await expect.poll(registrationState, { timeout: 10_000 }).toBe('roaming');
};
const send = (command: string) => desk.modem.send({ deviceId, command });

const restartSim = async (): Promise<void> => {
  await send('AT+CFUN=0');
  await send('AT+CFUN=1');
};
const simIs = (sim: string) => untilDevice(desk, deviceId, ({ modem }) => modem?.sim === sim);

describe('a modem whose SIM has a PIN', () => {
  beforeEach(() => start());
  afterEach(stop);

  const on = { deviceId, confirmLastAttempt: false };

  it('is turned on, asked for after a restart, given, changed and turned off', async () => {
    const attempts = { pin: 3, puk: 10, pin2: 3, puk2: 10 };
    expect(await desk.modem.simLock({ deviceId })).toEqual({ state: 'ready', pinRequested: false, attempts });
    await expect(desk.modem.changePin({ ...on, pin: firstPin, newPin: '4711' })).rejects.toMatchObject({ code: 'SIM_PIN_OFF' });
    expect(await desk.modem.setPinRequested({ ...on, pin: firstPin, requested: true })).toMatchObject({ pinRequested: true });
    await restartSim();
    const locked = await simIs('pinRequired');
    expect(locked.ladder.find(({ state }) => state === 'unmet')?.problem?.code).toBe('SIM_PIN_REQUIRED');
    await expect(desk.modem.unlockSim({ ...on, pin: '9999' })).rejects.toMatchObject({
      code: 'SIM_PIN_WRONG',
      data: { attemptsLeft: 2 },
    });
    expect(await desk.modem.unlockSim({ ...on, pin: firstPin })).toEqual({ state: 'ready', pinRequested: true, attempts });
    await untilDevice(desk, deviceId, ({ modem }) => modem?.sim === 'ready' && modem.registration.state === 'roaming');
    await desk.modem.changePin({ ...on, pin: firstPin, newPin: '4711' });
    expect(await desk.modem.setPinRequested({ ...on, pin: '4711', requested: false })).toMatchObject({ pinRequested: false });
  });

  it('is opened by the PUK after the last attempt, which has to be confirmed', async () => {
    await desk.modem.setPinRequested({ ...on, pin: firstPin, requested: true });
    await restartSim();
    await simIs('pinRequired');
    for (const attemptsLeft of [2, 1]) {
      await expect(desk.modem.unlockSim({ ...on, pin: '9999' })).rejects.toMatchObject({ code: 'SIM_PIN_WRONG', data: { attemptsLeft } });
    }
    await expect(desk.modem.unlockSim({ ...on, pin: '9999' })).rejects.toMatchObject({ code: 'SIM_LAST_ATTEMPT' });
    expect((await desk.modem.simLock({ deviceId })).attempts.pin).toBe(1);
    await expect(desk.modem.unlockSim({ ...on, pin: '9999', confirmLastAttempt: true })).rejects.toMatchObject({
      code: 'SIM_PUK_REQUIRED',
    });
    await simIs('pukRequired');
    expect(await desk.modem.unblockSim({ ...on, puk: firstPuk, newPin: '2468' })).toMatchObject({ state: 'ready', attempts: { pin: 3 } });
    await restartSim();
    await simIs('pinRequired');
    expect((await desk.modem.unlockSim({ ...on, pin: '2468' })).state).toBe('ready');
  });
});

it('networks are no longer looked for once the person cancels, and the modem answers again', async () => {
  await start(2);
  const { taskId } = await desk.modem.scan({ deviceId });
  await until(desk.tasks.watch(), (tasks) => tasks.some(({ steps }) => steps[0]?.state === 'running'));
  await desk.tasks.cancel({ taskId });
  const cancelled = await untilTaskEnds(desk, Promise.resolve({ taskId }), 4_000);
  expect(cancelled).toMatchObject({ state: 'cancelled', error: null, networks: null });
  expect(await send('AT')).toEqual({ lines: [], final: 'OK' });
  await stop();
});

describe('a modem on a network', () => {
  beforeAll(() => start());
  afterAll(stop);

  it('finds networks, and the one in use is named', async () => {
    const { networks, state } = await untilTaskEnds(desk, desk.modem.scan({ deviceId }));
    expect(state).toBe('done');
    expect(networks?.map(({ name, mccMnc, state: inUse }) => `${mccMnc} ${name} ${inUse}`)).toEqual([
      '00101 Harbour Mobile current',
      '00102 Meadow Tel available',
      '00103 LEB available',
    ]);
  });

  it('takes the one that is chosen by hand, says why another refuses, and chooses by itself again', async () => {
    const refused = await untilTaskEnds(desk, desk.modem.selectNetwork({ deviceId, mccMnc: '00102' }), 40_000);
    expect(refused).toMatchObject({ state: 'failed', error: { code: 'NOT_REGISTERED', details: { state: 'denied', rejectCause: 11 } } });
    expect(await desk.modem.registration({ deviceId })).toMatchObject({
      selection: 'manual',
      rejectCause: 11,
      registration: { state: 'denied' },
      domains: [{ domain: 'cs' }, { domain: 'ps' }, { domain: 'eps', state: 'denied', rejectCause: 11 }],
    });
    const chosen = await untilTaskEnds(desk, desk.modem.selectNetwork({ deviceId, mccMnc: '00101' }));
    expect(chosen).toMatchObject({ state: 'done', modem: { registration: { state: 'roaming' }, operator: { mccMnc: '00101' } } });
    const automatic = await untilTaskEnds(desk, desk.modem.selectNetwork({ deviceId, mccMnc: null }));
    expect(automatic.state).toBe('done');
    expect(await desk.modem.registration({ deviceId })).toMatchObject({
      selection: 'automatic',
      rejectCause: null,
      registration: { state: 'roaming' },
    });
    await expect(desk.modem.selectNetwork({ deviceId, mccMnc: '1' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  }, 60_000);
  it('contexts for data are defined, set up, ended and removed, and outlive a restart', async () => {
    const first = { cid: 1, type: 'ipv4v6', apn: '', active: true, addresses: ['10.45.7.1', '2001:db8::1'] };
    expect(await desk.modem.packetData({ deviceId })).toMatchObject({ attached: true, contexts: [first] });
    const second = { cid: 3, type: 'ipv4', apn: 'leb.example' } as const;
    expect(await desk.modem.setContext({ deviceId, ...second })).toMatchObject({
      contexts: [first, { ...second, active: false, addresses: [] }],
    });
    const active = { ...second, active: true, addresses: ['10.45.7.3'] };
    expect(await desk.modem.activateContext({ deviceId, cid: 3, active: true })).toMatchObject({ contexts: [first, active] });
    await desk.modem.activateContext({ deviceId, cid: 1, active: false });
    await expect(desk.modem.activateContext({ deviceId, cid: 3, active: false })).rejects.toMatchObject({
      code: 'CME_ERROR',
      data: { code: 151 },
    });
    await expect(desk.modem.setContext({ deviceId, ...second, apn: 'a"b' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await untilTaskEnds(desk, desk.modem.restart({ deviceId }));
    await untilDevice(desk, deviceId, ({ modem }) => modem?.registration.state === 'roaming');
    expect((await desk.modem.packetData({ deviceId })).contexts.map(({ apn, active: isActive }) => [apn, isActive])).toEqual([
      ['', true],
      ['leb.example', false],
    ]);
    expect((await desk.modem.removeContext({ deviceId, cid: 3 })).contexts.map(({ cid }) => cid)).toEqual([1]);
  });

  it('the signal is graded, and told with the cells around', async () => {
    const { signal, sinr, quality, cells } = await desk.modem.radio({ deviceId });
    expect({ ...signal, sinr, quality }).toEqual({ rssi: -71, rsrp: -96, rsrq: -9, bars: 4, sinr: 14, quality: 'fair' });
    expect(cells.map(({ role, mccMnc, band, rsrp }) => [role, mccMnc, band, rsrp])).toEqual([
      ['serving', '00101', 'B3', -96],
      ['neighbour', null, null, -105],
    ]);
  });

  it('says who it is, and what surrounds it', async () => {
    const details = await desk.modem.details({ deviceId });
    expect(details).toMatchObject({
      ownNumbers: [{ number: '+447700900482', name: null }],
      slots: { active: 1, count: 2 },
      clock: { offsetMinutes: 60 },
      temperature: 31,
    });
    expect(Math.abs(Date.parse(details.clock?.at ?? '') - Date.now())).toBeLessThan(60_000);
    await expect(desk.modem.selectSlot({ deviceId, slot: 4 })).rejects.toMatchObject({ code: 'MODEM_UNSUPPORTED' });
  });

  it('uses the technologies and bands that it is told, and none that it has not', async () => {
    const { technologies, bands } = await desk.modem.radioSettings({ deviceId });
    expect(technologies?.allowed).toEqual(['gsm', 'utran', 'eutran']);
    const told = await desk.modem.setTechnologies({ deviceId, allowed: ['eutran'], preferred: null });
    expect(told.technologies?.allowed).toEqual(['eutran']);
    const few = await desk.modem.setBands({ deviceId, bands: ['GSM900', 'U1', 'B3', 'B20'] });
    expect(few.bands?.enabled).toEqual(['GSM900', 'U1', 'B3', 'B20']);
    expect(few.bands?.supported).toEqual(bands?.supported);
    await expect(desk.modem.setBands({ deviceId, bands: ['B99'] })).rejects.toMatchObject({
      code: 'MODEM_UNSUPPORTED',
      data: { setting: '+QCFG="band"' },
    });
    expect((await desk.modem.setBands({ deviceId, bands: null })).bands).toEqual(bands);
    await desk.modem.setTechnologies({ deviceId, allowed: ['gsm', 'utran', 'eutran'], preferred: null });
    await onNetwork();
  });

  it('leaves the air and comes back', async () => {
    expect((await desk.modem.setAirplaneMode({ deviceId, airplane: true })).power).toBe('airplane');
    await untilDevice(desk, deviceId, ({ modem }) => modem?.registration.state === 'notRegistered');
    expect((await desk.modem.setAirplaneMode({ deviceId, airplane: false })).power).toBe('on');
    await onNetwork();
  });

  it('keeps the authentication of a context, and tells all but its password', async () => {
    const context = { deviceId, cid: 1, type: 'ipv4v6', apn: '' } as const;
    const authentication = { protocol: 'chap', userName: 'web', password: 'secret' } as const;
    const after = await desk.modem.setContext({ ...context, authentication });
    expect(after.contexts[0]).toMatchObject({
      authentication: { protocol: 'chap', userName: 'web' },
      dnsServers: ['192.0.2.53', '192.0.2.54'],
      counters: { sent: 48_213, received: 1_907_344 },
    });
    expect(JSON.stringify(after)).not.toContain('secret');
    expect((await desk.modem.setContext(context)).contexts[0]?.authentication?.userName).toBe('web');
    const quoted = { ...authentication, password: 'a"b' };
    await expect(desk.modem.setContext({ ...context, authentication: quoted })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect(await desk.modem.suggestedContexts({ deviceId })).toEqual([]);
  });

  it('detaches from data and attaches again', async () => {
    expect(await desk.modem.setAttached({ deviceId, attached: false })).toMatchObject({ attached: false, contexts: [{ active: false }] });
    expect(await desk.modem.setAttached({ deviceId, attached: true })).toMatchObject({ attached: true, contexts: [{ active: true }] });
  });

  it('tells what it hears for as long as somebody watches', async () => {
    const stopped = new AbortController();
    const heard: unknown[] = [];
    for await (const { cells } of await desk.modem.watchRadio({ deviceId }, { signal: stopped.signal })) {
      heard.push(cells[0]?.band);
      break;
    }
    stopped.abort();
    expect(heard).toEqual(['B3']);
    await expect(desk.modem.watchRadio({ deviceId: 'serial:nobody' })).rejects.toMatchObject({ code: 'DEVICE_UNKNOWN' });
  });

  it('starts again', async () => {
    const task = await untilTaskEnds(desk, desk.modem.restart({ deviceId }));
    expect(task).toMatchObject({ state: 'done', deviceId, modem: { model: 'EG25' } });
    await untilDevice(desk, deviceId, ({ state, modem }) => state === 'ready' && modem?.registration.state === 'roaming');
  });

  it('has the settings of its maker again, once the person has named it', async () => {
    await desk.modem.setContext({ deviceId, cid: 5, type: 'ipv4', apn: 'leb.example' });
    await expect(desk.modem.factoryReset({ deviceId, imei: '866758040000003' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    const imei = (await send('AT+CGSN')).lines[0] ?? '';
    const task = await untilTaskEnds(desk, desk.modem.factoryReset({ deviceId, imei }));
    expect(task).toMatchObject({ kind: 'modem.factoryReset', state: 'done', modem: { model: 'EG25' } });
    await onNetwork();
    const { contexts } = await desk.modem.packetData({ deviceId });
    expect(contexts.map(({ cid, authentication }) => [cid, authentication?.protocol])).toEqual([[1, 'none']]);
  });
});
