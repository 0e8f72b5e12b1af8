import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { profile } from '#contract/desk/devices.ts';
import { task } from '#contract/desk/tasks.ts';
import { modemProfiles, readerProfiles } from '#simulator/sample.ts';
import { ensurePcscd, virtualReaders } from './support/pcscd.ts';
import { dataOf, errorOf, startLeb, type LebResult } from './support/run-leb.ts';
import { startSimulator, type SimulatorProcess } from './support/simulator-process.ts';

/** The command on real parts: pcscd with vpcd's reader, and serialport on a pseudo-terminal. Only the chips behind them are simulated. */
const folder = mkdtempSync(join(tmpdir(), 'leb-cli-hardware-'));
const state = join(folder, 'chip');
const path = join(folder, 'modem');
const device = `serial:${path}`;
const [slot] = virtualReaders;
const reader = `pcsc:${slot.name}`;
/** For telling that a card or a port is gone; the process has its own start and end beside it. */
const twoSeconds = 2000;
let simulator: SimulatorProcess | null = null;

/** A process of its own, as pcscd and the port know a program. */
const json = (...argv: readonly string[]): Promise<LebResult> => startLeb(['--json', ...argv], { dataDir: folder }).ended;
const listShape = z.object({ profiles: z.array(profile) });
const changeShape = z.object({ task, profiles: z.array(profile) });
const enabledOn = async (deviceId: string): Promise<string | undefined> =>
  dataOf(await json('profile', 'list', deviceId), listShape).profiles.find((each) => each.state === 'enabled')?.iccid;

async function insertChip(): Promise<SimulatorProcess> {
  simulator = await startSimulator('euicc', '--vpcd', `${slot.host}:${slot.port}`, '--state', state);
  return simulator;
}
async function plugModem(timeScale: string): Promise<SimulatorProcess> {
  simulator = await startSimulator('modem', '--pty', path, '--time-scale', timeScale);
  return simulator;
}

beforeAll(ensurePcscd);
afterEach(async () => {
  await simulator?.stop();
  simulator = null;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a card in a reader of pcscd', () => {
  const [first, second] = readerProfiles;
  if (first === undefined || second === undefined) throw new Error('the sample has two profiles for the reader');

  it('is listed and switched', async () => {
    await insertChip();
    expect(await enabledOn(reader)).toBe(first.iccid);
    const changed = dataOf(await json('profile', 'enable', reader, second.iccid), changeShape);
    expect(changed.task.state).toBe('done');
    expect(await enabledOn(reader)).toBe(second.iccid);
  });

  it('may be pulled while a profile is enabled, and works again once it is back', async () => {
    const chip = await insertChip();
    const before = await enabledOn(reader);
    const wanted = before === first.iccid ? second.iccid : first.iccid;
    const running = startLeb(['--json', 'profile', 'enable', reader, wanted], { dataDir: folder });
    await running.untilSaid(/Opening the chip/u);
    chip.order('remove');
    const pulledAt = performance.now();
    const failed = await running.ended;
    expect(performance.now() - pulledAt).toBeLessThan(twoSeconds);
    expect([failed.status, errorOf(failed).code]).toEqual([3, 'CARD_REMOVED']);
    chip.order('insert');
    dataOf(await json('profile', 'enable', reader, wanted), changeShape);
    expect(await enabledOn(reader)).toBe(wanted);
  });
});

describe('a modem on a pseudo-terminal', () => {
  const [first, second] = modemProfiles;
  if (first === undefined || second === undefined) throw new Error('the sample has two profiles for the modem');

  it('switches its chip and is seen on the network of the new profile', async () => {
    await plugModem('0.2');
    expect(await enabledOn(device)).toBe(first.iccid);
    const changed = dataOf(await json('profile', 'enable', device, second.profileName), changeShape);
    expect(changed.task.modem).toMatchObject({
      iccid: second.iccid,
      operator: { mccMnc: second.network.mccMnc },
      registration: { state: second.network.registration },
    });
    expect(await enabledOn(device)).toBe(second.iccid);
  });

  it('may be unplugged during a command, and answers again once it is back', async () => {
    // Slow enough that the search for networks still goes on when the plug is pulled.
    const modem = await plugModem('2');
    const running = startLeb(['--json', 'at', 'send', device, 'AT+COPS=?'], { dataDir: folder });
    await running.untilSaid(/Sending/u);
    modem.order('unplug');
    const pulledAt = performance.now();
    const failed = await running.ended;
    expect(performance.now() - pulledAt).toBeLessThan(twoSeconds);
    expect([failed.status, errorOf(failed).code]).toEqual([3, 'PORT_CLOSED']);
    modem.order('plug');
    const answered = await startLeb(['at', 'send', device, 'AT+CGMI'], { dataDir: folder }).ended;
    expect(answered).toMatchObject({ status: 0, stdout: expect.stringMatching(/^AT\+CGMI\nQuectel\n[^]*\nOK\n$/u) as unknown });
  });
});
