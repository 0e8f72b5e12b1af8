import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
describe('functions of a modem', () => {
  let hardware: VirtualHardware;
  let folder = '';
  let desk: Desk;
  let application: OpenApplication;

  beforeEach(async () => {
    folder = await makeFolder();
    hardware = createVirtualHardware({ stateDir: null, timeScale: 0.05 });
    application = await openApplication({ dataDir: folder, serialTransports: [hardware.serialTransport] });
    ({ desk } = application);
    await untilDevice(desk, deviceId, ({ state, modem }) => state === 'ready' && modem?.operator !== null);
  });
  afterEach(async () => {
    await application.close();
    hardware.close();
    await removeFolder(folder);
  });

  const send = (command: string) => desk.modem.send({ deviceId, command });
  const restartSim = async (): Promise<void> => {
    await send('AT+CFUN=0');
    await send('AT+CFUN=1');
  };
  const simIs = (sim: string) => untilDevice(desk, deviceId, ({ modem }) => modem?.sim === sim);
  const on = { deviceId, confirmLastAttempt: false };

  describe('the PIN of the SIM', () => {
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

  describe('networks', () => {
    it('are found, and the one in use is named', async () => {
      const { networks, state } = await untilTaskEnds(desk, desk.modem.scan({ deviceId }));
      expect(state).toBe('done');
      expect(networks?.map(({ name, mccMnc, state: inUse }) => `${mccMnc} ${name} ${inUse}`)).toEqual([
        '00101 Harbour Mobile current',
        '00102 Meadow Tel available',
        '00103 LEB available',
      ]);
    });

    it('are no longer looked for once the person cancels, and the modem answers again', async () => {
      hardware.close();
      await application.close();
      hardware = createVirtualHardware({ stateDir: null, timeScale: 2 });
      application = await openApplication({ dataDir: folder, serialTransports: [hardware.serialTransport] });
      ({ desk } = application);
      await untilDevice(desk, deviceId, ({ state, modem }) => state === 'ready' && modem?.operator !== null);
      const { taskId } = await desk.modem.scan({ deviceId });
      await until(desk.tasks.watch(), (tasks) => tasks.some(({ steps }) => steps[0]?.state === 'running'));
      await desk.tasks.cancel({ taskId });
      const cancelled = await untilTaskEnds(desk, Promise.resolve({ taskId }), 4_000);
      expect(cancelled).toMatchObject({ state: 'cancelled', error: null, networks: null });
      expect(await send('AT')).toEqual({ lines: [], final: 'OK' });
    });

    it('are chosen by hand, with the reason where one refuses, and by the modem again', async () => {
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
  });

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

  it('a restart brings the same modem back', async () => {
    const task = await untilTaskEnds(desk, desk.modem.restart({ deviceId }));
    expect(task).toMatchObject({ state: 'done', deviceId, modem: { model: 'EG25' } });
    await untilDevice(desk, deviceId, ({ state, modem }) => state === 'ready' && modem?.registration.state === 'roaming');
  });
});
