import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualHardware, virtualModemPath, virtualReaderName, type VirtualHardware } from '#simulator/hardware.ts';
import { benchTest, harbourHoliday, lebEurope, lebGlobal, meadowPersonal } from '#simulator/sample.ts';
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
import { countExchanges, type Exchanges } from '../support/count-exchanges.ts';

const reader = `pcsc:${virtualReaderName}`;
const modem = `serial:${virtualModemPath}`;

describe('devices of the bench, through the desk contract', () => {
  let hardware: VirtualHardware;
  let folder = '';
  let desk: Desk;
  let application: OpenApplication;
  let exchanges: Exchanges;
  /** Called before each APDU. */
  let beforeApdu: (() => void) | null = null;

  beforeEach(async () => {
    folder = await makeFolder();
    beforeApdu = null;
    hardware = createVirtualHardware({ stateDir: null, timeScale: 0.1 });
    const counted = countExchanges(hardware.cardTransport, () => beforeApdu?.());
    ({ exchanges } = counted);
    application = await openApplication({
      dataDir: folder,
      cardTransports: [counted.transport],
      serialTransports: [hardware.serialTransport],
    });
    ({ desk } = application);
  });
  afterEach(async () => {
    await application.close();
    hardware.close();
    await removeFolder(folder);
  });

  const states = async () => {
    const { euicc } = await untilDevice(desk, reader, ({ state, busyTaskId }) => state === 'ready' && busyTaskId === null);
    return Object.fromEntries(euicc?.profiles.map(({ iccid, state }) => [iccid, state]) ?? []);
  };

  it('reads a card on one power-up, in at most fourteen APDUs', async () => {
    const device = await untilDevice(desk, reader, ({ state }) => state === 'ready');
    expect(device.euicc?.eid).toMatch(/^\d{32}$/);
    expect(device.euicc?.profiles).toHaveLength(3);
    expect(device.ladder.map(({ state }) => state)).toEqual(['met', 'met', 'met', 'met', 'met']);
    expect(exchanges.powerUps).toBe(1);
    expect(exchanges.apdus).toBeLessThanOrEqual(14);
  });

  it('enables, and the former profile is disabled', async () => {
    await untilDevice(desk, reader, ({ state }) => state === 'ready');
    const before = exchanges.apdus;
    const task = await untilTaskEnds(desk, desk.profiles.enable({ deviceId: reader, iccid: meadowPersonal.iccid, notify: false }));
    expect(task).toMatchObject({ state: 'done', error: null, profileName: meadowPersonal.profileName, refreshedBy: 'powerCycle' });
    expect(task.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'openCard done',
      'disableProfile skipped',
      'enableProfile done',
      'readBack done',
      'refreshCard done',
    ]);
    expect(await states()).toMatchObject({ [meadowPersonal.iccid]: 'enabled', [lebGlobal.iccid]: 'disabled' });
    expect(exchanges.apdus - before).toBeLessThanOrEqual(16);
  });

  it('renames, deletes only what may be deleted, and disables first on consent', async () => {
    await untilDevice(desk, reader, ({ state }) => state === 'ready');
    const renamed = await untilTaskEnds(desk, desk.profiles.rename({ deviceId: reader, iccid: benchTest.iccid, nickname: '测试 profile' }));
    expect(renamed.state).toBe('done');
    const named = await untilDevice(desk, reader, ({ state, busyTaskId }) => state === 'ready' && busyTaskId === null);
    expect(named.euicc?.profiles.find(({ iccid }) => iccid === benchTest.iccid)?.nickname).toBe('测试 profile');

    const refused = await untilTaskEnds(desk, desk.profiles.delete({ deviceId: reader, iccid: lebGlobal.iccid, disableFirst: false }));
    expect(refused).toMatchObject({ state: 'failed', error: { code: 'PROFILE_NOT_DISABLED' } });
    const deleted = await untilTaskEnds(desk, desk.profiles.delete({ deviceId: reader, iccid: lebGlobal.iccid, disableFirst: true }));
    expect(deleted).toMatchObject({ state: 'done' });
    expect(await states()).not.toHaveProperty([lebGlobal.iccid]);
  });

  it('refuses a nickname that is too long for the card with its own code', async () => {
    await untilDevice(desk, reader, ({ state }) => state === 'ready');
    const task = await untilTaskEnds(desk, desk.profiles.rename({ deviceId: reader, iccid: benchTest.iccid, nickname: '名'.repeat(30) }));
    expect(task).toMatchObject({ state: 'failed', error: { code: 'NICKNAME_TOO_LONG' } });
  });

  it('keeps a second task away while one runs', async () => {
    await untilDevice(desk, reader, ({ state }) => state === 'ready');
    const first = desk.profiles.enable({ deviceId: reader, iccid: meadowPersonal.iccid });
    const { taskId } = await first;
    await expect(desk.profiles.enable({ deviceId: reader, iccid: benchTest.iccid })).rejects.toMatchObject({
      code: 'DEVICE_BUSY',
      defined: true,
      data: { taskId },
    });
    await untilTaskEnds(desk, first);
  });

  it('answers wrong input and unknown things with codes of the table', async () => {
    await expect(desk.profiles.enable({ deviceId: reader, iccid: '12' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      data: { field: 'iccid' },
    });
    await expect(desk.devices.refresh({ deviceId: 'pcsc:nowhere' })).rejects.toMatchObject({ code: 'DEVICE_UNKNOWN', status: 404 });
    await expect(desk.tasks.cancel({ taskId: 'none' })).rejects.toMatchObject({ code: 'TASK_UNKNOWN' });
  });

  it.each(Array.from({ length: 12 }, (_, index) => index + 1))(
    'ends with CARD_REMOVED when the card leaves at APDU %i of an enable, and works after re-insertion',
    async (n) => {
      await untilDevice(desk, reader, ({ state }) => state === 'ready');
      const start = exchanges.apdus;
      beforeApdu = () => {
        if (exchanges.apdus - start === n) hardware.controls.reader.remove();
      };
      const began = performance.now();
      const task = await untilTaskEnds(desk, desk.profiles.enable({ deviceId: reader, iccid: meadowPersonal.iccid }));
      beforeApdu = null;
      expect(performance.now() - began).toBeLessThan(2000);
      expect(task).toMatchObject({ state: 'failed', error: { code: 'CARD_REMOVED' } });
      await untilDevice(desk, reader, ({ state, euicc }) => state === 'empty' && euicc === null);
      hardware.controls.reader.insert();
      const { [meadowPersonal.iccid]: state } = await states();
      const wanted = state === 'enabled' ? lebGlobal : meadowPersonal;
      const again = await untilTaskEnds(desk, desk.profiles.enable({ deviceId: reader, iccid: wanted.iccid }));
      expect(again).toMatchObject({ state: 'done' });
      expect(await states()).toMatchObject({ [wanted.iccid]: 'enabled' });
    },
  );

  it('shows an empty reader, and the card again when it is put back', async () => {
    await untilDevice(desk, reader, ({ state }) => state === 'ready');
    hardware.controls.reader.remove();
    const empty = await untilDevice(desk, reader, ({ state }) => state === 'empty');
    expect(empty.ladder.find(({ state }) => state === 'unmet')).toMatchObject({ name: 'card', problem: { code: 'NO_CARD' } });
    hardware.controls.reader.insert();
    await untilDevice(desk, reader, ({ state }) => state === 'ready');
  });

  it('reads a modem with its eUICC and sees it register on the new profile’s network', async () => {
    const ready = await untilDevice(
      desk,
      modem,
      ({ state, ladder, modem: status }) =>
        state === 'ready' && ladder.every((rung) => rung.state === 'met') && (status?.operator ?? null) !== null,
    );
    expect(ready.modem).toMatchObject({ sim: 'ready', iccid: lebEurope.iccid, operator: { mccMnc: lebEurope.network.mccMnc } });
    expect(ready.euicc?.profiles.map(({ iccid }) => iccid)).toContain(harbourHoliday.iccid);

    const task = await untilTaskEnds(desk, desk.profiles.enable({ deviceId: modem, iccid: harbourHoliday.iccid }));
    expect(task).toMatchObject({
      state: 'done',
      error: null,
      refreshedBy: 'byItself',
      modem: { iccid: harbourHoliday.iccid, registration: { state: harbourHoliday.network.registration } },
    });
    expect(task.steps.at(-1)).toMatchObject({ name: 'waitForNetwork', state: 'done' });
    const after = await untilDevice(
      desk,
      modem,
      ({ busyTaskId, modem: status }) => busyTaskId === null && status?.iccid === harbourHoliday.iccid,
    );
    expect(after.euicc?.profiles.find(({ state }) => state === 'enabled')?.iccid).toBe(harbourHoliday.iccid);
  });

  it('passes a raw AT line on', async () => {
    await untilDevice(desk, modem, ({ state, modem: status }) => state === 'ready' && status?.sim === 'ready');
    expect(await desk.modem.send({ deviceId: modem, command: 'AT+CIMI' })).toEqual({ lines: [lebEurope.imsi], final: 'OK' });
    await expect(desk.modem.send({ deviceId: reader, command: 'AT' })).rejects.toMatchObject({ code: 'DEVICE_UNSUITABLE' });
  });

  it('expects an unplugged modem back until it is forgotten, and takes it back when it returns', async () => {
    await untilDevice(desk, modem, ({ state }) => state === 'ready');
    await expect(desk.devices.forget({ deviceId: modem })).rejects.toMatchObject({ code: 'DEVICE_UNSUITABLE' });
    hardware.controls.modem.unplug();
    await untilDevice(desk, modem, ({ state }) => state === 'reconnecting');
    hardware.controls.modem.plug();
    await untilDevice(desk, modem, ({ state }) => state === 'ready');
    hardware.controls.modem.unplug();
    await untilDevice(desk, modem, ({ state }) => state === 'reconnecting');
    await desk.devices.forget({ deviceId: modem });
    await until(desk.devices.watch(), ({ devices }) => devices.every(({ deviceId }) => deviceId !== modem));
  });

  it('keeps settings and pushes each change', async () => {
    const changes = await desk.settings.watch();
    expect((await changes.next()).value).toEqual({ language: 'system', theme: 'system', technicianMode: false, testRoots: '' });
    await desk.settings.update({ theme: 'dark' });
    expect((await changes.next()).value).toMatchObject({ theme: 'dark', language: 'system' });
    await changes.return?.();
  });
});
