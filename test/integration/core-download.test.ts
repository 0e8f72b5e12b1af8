import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Task, TaskAnswer } from '#contract/desk/tasks.ts';
import { createVirtualHardware, type VirtualHardware, virtualModemPath, virtualReaderName } from '#simulator/hardware.ts';
import { startSmdp, type Smdp } from '#simulator/smdp/server.ts';
import { startSmds, type Smds } from '#simulator/smds/server.ts';
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

/** Downloads as the window and the terminal see them: tasks that show, ask and end. */
const reader = `pcsc:${virtualReaderName}`;
const modem = `serial:${virtualModemPath}`;
const asia = '8944990000004821917';

let folder: string;
let hardware: VirtualHardware;
let smdp: Smdp;
let application: OpenApplication;
let desk: Desk;

beforeEach(async () => {
  folder = await makeFolder();
  hardware = createVirtualHardware({ stateDir: null, timeScale: 0.05 });
  smdp = await startSmdp({ stateDir: null });
  await open([smdp.tlsRootPem]);
});
afterEach(async () => {
  await application.close();
  hardware.close();
  await smdp.close();
  await removeFolder(folder);
});

async function open(extraRoots: readonly string[]): Promise<void> {
  application = await openApplication({
    dataDir: folder,
    cardTransports: [hardware.cardTransport],
    serialTransports: [hardware.serialTransport],
    // No bench of its own: its servers are the test's, under a root that was added.
    virtualBench: false,
    extraRoots,
    accountServiceUrl: 'http://127.0.0.1:9',
  });
  ({ desk } = application);
  await untilDevice(desk, reader, ({ state }) => state === 'ready');
}

function code(matchingId: string): { kind: 'activationCode'; text: string } {
  return { kind: 'activationCode', text: smdp.activationCode(matchingId) ?? '' };
}

/** Answers each question of a task in turn until it ends. */
async function answered(
  started: Promise<{ taskId: string }>,
  answers: readonly TaskAnswer[],
): Promise<{ task: Task; needs: Task['need'][] }> {
  const { taskId } = await started;
  const needs: Task['need'][] = [];
  const rest = [...answers];
  const asked = async (): Promise<void> => {
    for await (const tasks of await desk.tasks.watch()) {
      const task = tasks.find((one) => one.taskId === taskId);
      if (task === undefined || task.state !== 'running') return;
      if (task.need === null || JSON.stringify(task.need) === JSON.stringify(needs.at(-1))) continue;
      needs.push(task.need);
      const answer = rest.shift();
      if (answer !== undefined) await desk.tasks.answer({ taskId, answer });
    }
  };
  const [task] = await Promise.all([untilTaskEnds(desk, Promise.resolve({ taskId })), asked()]);
  return { task, needs };
}

const yes: TaskAnswer = { kind: 'yes' };

describe('a download', () => {
  it('shows what it would install, installs it, and is seen on the device', async () => {
    const { task, needs } = await answered(desk.profiles.download({ deviceId: reader, source: code('LEB-ASIA') }), [yes]);
    expect(task).toMatchObject({
      state: 'done',
      iccid: asia,
      profileName: 'LEB Asia',
      testRoots: true,
      preview: { serviceProviderName: 'LEB', server: smdp.address, icon: { type: 'image/png' }, needsConsent: [] },
    });
    expect(task.preview?.packageSize).toBeGreaterThan(12_000);
    expect(task.steps.every(({ state }) => state === 'done')).toBe(true);
    expect(needs).toEqual([{ kind: 'approval' }]);
    const { euicc } = await untilDevice(desk, reader, ({ busyTaskId }) => busyTaskId === null);
    expect(euicc?.profiles.map(({ iccid, state }) => `${iccid} ${state}`)).toContain(`${asia} disabled`);
    expect(smdp.order('LEB-ASIA')?.progress.state).toBe('installed');
    const { icon } = await desk.profiles.icon({ deviceId: reader, iccid: asia });
    expect(
      Buffer.from(icon?.base64 ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  it('ends at the preview where that was asked for, and the order stays open', async () => {
    const preview = await answered(desk.profiles.download({ deviceId: reader, source: code('LEB-ASIA'), previewOnly: true }), []);
    expect(preview.task).toMatchObject({ state: 'done', preview: { iccid: asia }, need: null });
    expect(preview.needs).toEqual([]);
    const { task } = await answered(desk.profiles.download({ deviceId: reader, source: code('LEB-ASIA') }), [yes]);
    expect(task.state).toBe('done');
  });

  it('enables the profile, and tells the servers', async () => {
    const { task } = await answered(desk.profiles.download({ deviceId: reader, source: code('LEB-ASIA'), enable: true }), [yes]);
    expect(task).toMatchObject({ state: 'done', error: null });
    const { euicc } = await untilDevice(desk, reader, ({ busyTaskId }) => busyTaskId === null);
    expect(euicc?.profiles.find(({ iccid }) => iccid === asia)?.state).toBe('enabled');
    expect(task.deliveries.find(({ event, iccid }) => event === 'enable' && iccid === asia)?.state).toBe('delivered');
  });

  it('asks for the confirmation code until it is right', async () => {
    const { task, needs } = await answered(desk.profiles.download({ deviceId: reader, source: code('LEB-PACIFIC') }), [
      yes,
      { kind: 'confirmationCode', code: '0000' },
      { kind: 'confirmationCode', code: '2748' },
    ]);
    expect(task.state).toBe('done');
    expect(needs).toEqual([
      { kind: 'approval' },
      { kind: 'confirmationCode', refused: false },
      { kind: 'confirmationCode', refused: true },
    ]);
  });

  it('ends as cancelled where the person declines, or cancels while asked', async () => {
    const declined = await answered(desk.profiles.download({ deviceId: reader, source: code('LEB-ASIA') }), [
      { kind: 'no', reason: 'postponed' },
    ]);
    expect(declined.task).toMatchObject({ state: 'cancelled', error: null });
    const { taskId } = await desk.profiles.download({ deviceId: reader, source: code('LEB-ASIA') });
    await until(desk.tasks.watch(), (tasks) => tasks.some((task) => task.taskId === taskId && task.need !== null));
    await expect(desk.tasks.answer({ taskId, answer: { kind: 'confirmationCode', code: '1' } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    await desk.tasks.cancel({ taskId });
    expect(await untilTaskEnds(desk, Promise.resolve({ taskId }))).toMatchObject({ state: 'cancelled', need: null });
    await expect(desk.tasks.answer({ taskId, answer: yes })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect((await answered(desk.profiles.download({ deviceId: reader, source: code('LEB-ASIA') }), [yes])).task.state).toBe('done');
  });

  it('goes through a modem with its IMEI, and waits until the modem uses it', async () => {
    const { modem: status } = await untilDevice(desk, modem, ({ state, euicc }) => state === 'ready' && euicc !== null);
    expect(status?.imei).toMatch(/^\d{15}$/);
    const { task } = await answered(desk.profiles.download({ deviceId: modem, source: code('LEB-ASIA'), enable: true }), [yes]);
    expect(task).toMatchObject({ state: 'done', modem: { iccid: asia } });
  });

  it('says what is wrong with a code, and that a code is used up', async () => {
    await expect(desk.profiles.download({ deviceId: reader, source: { kind: 'activationCode', text: 'LPA:1$$X' } })).rejects.toMatchObject({
      code: 'ACTIVATION_CODE_INVALID',
      data: { part: 'address' },
    });
    await answered(desk.profiles.download({ deviceId: reader, source: code('LEB-ASIA') }), [yes]);
    const { task } = await answered(desk.profiles.download({ deviceId: reader, source: code('LEB-ASIA') }), [yes]);
    expect(task).toMatchObject({ state: 'failed', error: { code: 'ACTIVATION_CODE_REFUSED' } });
  });

  it('takes the server that the card names where there is no code', async () => {
    const missing = await untilTaskEnds(desk, desk.profiles.download({ deviceId: reader, source: { kind: 'defaultSmdp' } }));
    expect(missing).toMatchObject({ state: 'failed', error: { code: 'DEFAULT_SMDP_MISSING' } });
    const set = await untilTaskEnds(desk, desk.euicc.setDefaultSmdp({ deviceId: reader, address: smdp.address }));
    expect(set.state).toBe('done');
    const reserved = await answered(desk.profiles.download({ deviceId: reader, source: { kind: 'defaultSmdp' }, previewOnly: true }), []);
    expect(reserved.task).toMatchObject({ state: 'done', preview: { server: smdp.address } });
  });
});

describe('a discovery', () => {
  let smds: Smds;
  beforeEach(async () => {
    smds = await startSmds({ stateDir: null });
  });
  afterEach(() => smds.close());

  it('lists what waits, which is then downloaded by its EventID', async () => {
    const { euicc } = await untilDevice(desk, reader, ({ state }) => state === 'ready');
    smds.registerEvent({ eid: euicc?.eid ?? '', eventId: 'LEB-ASIA', rspServerAddress: smdp.address });
    const found = await untilTaskEnds(desk, desk.profiles.discover({ deviceId: reader, smdsAddress: smds.address }));
    expect(found).toMatchObject({ state: 'done', testRoots: true, events: [{ server: smdp.address, eventId: 'LEB-ASIA' }] });
    const [event] = found.events ?? [];
    if (event === undefined) expect.fail('nothing was found');
    const { task } = await answered(desk.profiles.download({ deviceId: reader, source: { kind: 'event', ...event } }), [yes]);
    expect(task).toMatchObject({ state: 'done', iccid: asia });
  });
});

it('trusts no server whose root nobody has added, and one whose root is in the settings', async () => {
  await application.close();
  await open([]);
  const refused = await untilTaskEnds(desk, desk.profiles.download({ deviceId: reader, source: code('LEB-ASIA') }));
  expect(refused).toMatchObject({ state: 'failed', testRoots: false, error: { code: 'PROFILE_SERVER_UNTRUSTED' } });
  await expect(desk.settings.update({ testRoots: 'not a certificate' })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    data: { field: 'testRoots' },
  });
  await desk.settings.update({ testRoots: smdp.tlsRootPem });
  expect((await answered(desk.profiles.download({ deviceId: reader, source: code('LEB-ASIA') }), [yes])).task).toMatchObject({
    state: 'done',
    testRoots: true,
  });
});

it('answers a raw APDU, and none through a modem', async () => {
  expect(await desk.apdu.send({ deviceId: reader, command: '00A40004023F00' })).toMatchObject({ sw: expect.stringMatching(/^(9000|61)/) });
  await untilDevice(desk, modem, ({ state }) => state === 'ready');
  await expect(desk.apdu.send({ deviceId: modem, command: '00A40004023F00' })).rejects.toMatchObject({ code: 'DEVICE_UNSUITABLE' });
});
