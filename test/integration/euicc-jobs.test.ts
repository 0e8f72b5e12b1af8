import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Task } from '#contract/desk/tasks.ts';
import type { CardTransport } from '#native/transport/card-transport.ts';
import { createVirtualHardware, type VirtualHardware, virtualModemPath, virtualReaderName } from '#simulator/hardware.ts';
import { harbourHoliday, lebEurope, lebGlobal, meadowPersonal } from '#simulator/sample.ts';
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

/** What is done to a chip and its list, as the window and the terminal see it. No server of the bench's profiles can be reached. */
const reader = `pcsc:${virtualReaderName}`;
const modem = `serial:${virtualModemPath}`;

let folder: string;
let hardware: VirtualHardware;
let application: OpenApplication;
let desk: Desk;

beforeEach(async () => {
  folder = await makeFolder();
  hardware = createVirtualHardware({ stateDir: null, timeScale: 0.05 });
  application = await openApplication({
    dataDir: folder,
    cardTransports: [withToolkit(hardware)],
    serialTransports: [hardware.serialTransport],
    virtualBench: false,
    accountServiceUrl: 'http://127.0.0.1:9',
  });
  ({ desk } = application);
});
afterEach(async () => {
  await application.close();
  hardware.close();
  await removeFolder(folder);
});

/** A reset ends the toolkit session that keeps a card busy. */
function withToolkit({ cardTransport, controls }: VirtualHardware): CardTransport {
  return {
    ...cardTransport,
    async connect(name) {
      const connection = await cardTransport.connect(name);
      return {
        ...connection,
        powerCycle() {
          controls.reader.setCatBusy(false);
          return connection.powerCycle();
        },
      };
    },
  };
}

async function overview(deviceId = reader) {
  const { euicc } = await untilDevice(desk, deviceId, ({ state, busyTaskId }) => state === 'ready' && busyTaskId === null);
  if (euicc === null) expect.fail('the device has an eUICC');
  return euicc;
}

async function enable(iccid: string, notify: boolean, deviceId = reader): Promise<Task> {
  await overview(deviceId);
  return untilTaskEnds(desk, desk.profiles.enable({ deviceId, iccid, notify }));
}

const seqNumbers = async (): Promise<readonly number[]> => (await overview()).notifications.map(({ seqNumber }) => seqNumber);
const stepsOf = (task: Task): readonly string[] => task.steps.map(({ name, state }) => `${name} ${state}`);

describe('notifications', () => {
  it('of a switch stay in the outbox and on the card, until their servers have them', async () => {
    const task = await enable(meadowPersonal.iccid, true);
    expect(task).toMatchObject({ state: 'done', error: null });
    expect(stepsOf(task)).toEqual([
      'openCard done',
      'disableProfile skipped',
      'enableProfile done',
      'readBack done',
      'sendNotifications done',
      'refreshCard done',
    ]);
    expect(task.deliveries.map(({ event, iccid, state, problem }) => [event, iccid, state, problem?.code])).toEqual([
      ['disable', lebGlobal.iccid, 'queued', 'PROFILE_SERVER_UNREACHABLE'],
      ['enable', meadowPersonal.iccid, 'queued', 'PROFILE_SERVER_UNREACHABLE'],
    ]);
    const entries = await until(desk.notifications.watch(), (all) => all.length === 2);
    expect(entries.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['waiting', 1],
      ['waiting', 1],
    ]);
    expect(await seqNumbers()).toEqual(entries.map(({ seqNumber }) => seqNumber).toSorted((one, other) => one - other));
  });

  it('are sent when they are chosen, and removed without a word', async () => {
    expect((await enable(meadowPersonal.iccid, false)).deliveries).toEqual([]);
    const [first = 0, second = 0] = await seqNumbers();
    const sent = await untilTaskEnds(desk, desk.notifications.send({ deviceId: reader, seqNumbers: [second] }));
    expect(sent).toMatchObject({ state: 'done', deliveries: [{ seqNumber: second, state: 'queued' }] });
    expect((await until(desk.notifications.watch(), (all) => all.length > 0)).map(({ seqNumber }) => seqNumber)).toEqual([second]);
    const removed = await untilTaskEnds(desk, desk.notifications.remove({ deviceId: reader, seqNumbers: [first, second, 99] }));
    expect(removed).toMatchObject({
      state: 'done',
      deliveries: [
        { seqNumber: first, state: 'removed' },
        { seqNumber: second, state: 'removed' },
      ],
    });
    await until(desk.notifications.watch(), (all) => all.length === 0);
    expect(await seqNumbers()).toEqual([]);
  });

  it('of a switch through a modem do not keep it from its network', async () => {
    const task = await enable(harbourHoliday.iccid, true, modem);
    expect(task).toMatchObject({ state: 'done', modem: { iccid: harbourHoliday.iccid } });
    expect(task.deliveries.map(({ event, state }) => `${event} ${state}`)).toEqual(['disable queued', 'enable queued']);
    expect(stepsOf(task).slice(-3)).toEqual(['readBack done', 'sendNotifications done', 'waitForNetwork done']);
    const back = await untilTaskEnds(
      desk,
      desk.profiles.enable({ deviceId: modem, iccid: lebEurope.iccid, refresh: false, notify: false }),
    );
    expect(back).toMatchObject({ state: 'done', modem: null });
  });
});

describe('the default SM-DP+', () => {
  it('is set, read back, and removed', async () => {
    await overview();
    const set = await untilTaskEnds(desk, desk.euicc.setDefaultSmdp({ deviceId: reader, address: 'smdp.example.com:8443' }));
    expect(set.state).toBe('done');
    expect((await overview()).defaultSmdpAddress).toBe('smdp.example.com:8443');
    await untilTaskEnds(desk, desk.euicc.setDefaultSmdp({ deviceId: reader, address: '' }));
    expect((await overview()).defaultSmdpAddress ?? '').toBe('');
  });

  it.each(['https://smdp.example.com', 'smdp.example.com/path', 'a b', 'x:0'])('is not %s', async (address) => {
    await overview();
    await expect(desk.euicc.setDefaultSmdp({ deviceId: reader, address })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      data: { field: 'address' },
    });
  });
});

describe('a memory reset', () => {
  const options = { operationalProfiles: true, testProfiles: false, defaultSmdpAddress: true };

  it.each([
    ['reader', reader],
    ['modem', modem],
  ])('in a %s deletes what was chosen, and the servers shall hear of it', async (_kind, deviceId) => {
    const { eid, profiles } = await overview(deviceId);
    const task = await untilTaskEnds(desk, desk.euicc.resetMemory({ deviceId, eid, ...options }));
    expect(task).toMatchObject({ state: 'done', error: null });
    const after = await overview(deviceId);
    expect(after.profiles.map(({ profileClass }) => profileClass)).toEqual(
      profiles.map(({ profileClass }) => profileClass).filter((profileClass) => profileClass !== 'operational'),
    );
    expect(task.deliveries.filter(({ event }) => event === 'delete')).toHaveLength(2);
    // Once more there is nothing to delete, which is as good.
    expect(await untilTaskEnds(desk, desk.euicc.resetMemory({ deviceId, eid, ...options }))).toMatchObject({ state: 'done' });
  });

  it('waits for a busy toolkit, and asks again', async () => {
    const { eid } = await overview();
    hardware.controls.reader.setCatBusy(true);
    const task = await untilTaskEnds(desk, desk.euicc.resetMemory({ deviceId: reader, eid, ...options }));
    expect(task).toMatchObject({ state: 'done', error: null });
  });

  it('is refused for another card’s EID, and for nothing', async () => {
    const { eid } = await overview();
    const other = (await overview(modem)).eid;
    await expect(desk.euicc.resetMemory({ deviceId: reader, eid: other, ...options })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      data: { field: 'eid' },
    });
    const nothing = { operationalProfiles: false, testProfiles: false, defaultSmdpAddress: false };
    await expect(desk.euicc.resetMemory({ deviceId: reader, eid, ...nothing })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect((await overview()).profiles).toHaveLength(3);
  });
});
