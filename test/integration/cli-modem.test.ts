import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { modemDetails, packetData, radioSettings } from '#contract/desk/modem.ts';
import { dataOf, errorOf, runLeb, startLeb, type LebResult } from './support/run-leb.ts';
import { startSimulator, type SimulatorProcess } from './support/simulator-process.ts';

/** What a modem is told from the terminal, through serialport on a pseudo-terminal. */
const folder = mkdtempSync(join(tmpdir(), 'leb-cli-modem-'));
const path = join(folder, 'modem');
const device = `serial:${path}`;
let simulator: SimulatorProcess;

const json = (...argv: readonly string[]): Promise<LebResult> =>
  runLeb(['--json', '--serial', path, 'modem', ...argv], { dataDir: folder });

beforeAll(async () => {
  simulator = await startSimulator('modem', '--pty', path, '--time-scale', '0.1');
});
afterAll(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('says who the modem is, and which slot it uses', async () => {
  expect(dataOf(await json('info', device), modemDetails)).toMatchObject({ slots: { active: 1, count: 2 }, temperature: 31 });
  expect(dataOf(await json('slot', device), modemDetails.pick({ slots: true })).slots?.active).toBe(1);
  expect(errorOf(await json('slot', device, '9')).code).toBe('INPUT_INVALID');
});

it('sets technologies and bands by the names that people use', async () => {
  const few = dataOf(await json('technologies', device, '4G'), radioSettings);
  expect(few.technologies?.allowed).toEqual(['eutran']);
  expect(dataOf(await json('technologies', device, '2g,3g,4g'), radioSettings).technologies?.allowed).toEqual(['gsm', 'utran', 'eutran']);
  expect(dataOf(await json('bands', device, 'b3,u1,gsm900'), radioSettings).bands?.enabled).toEqual(['GSM900', 'U1', 'B3']);
  expect(dataOf(await json('bands', device, 'all'), radioSettings).bands?.enabled.length).toBeGreaterThan(20);
  expect(await json('bands', device, 'three')).toMatchObject({ status: 2 });
  expect(await json('technologies', device, '6g')).toMatchObject({ status: 2 });
  expect(errorOf(await json('bands', device, 'n78'))).toMatchObject({ code: 'MODEM_UNSUPPORTED' });
});

it('leaves the air and comes back', async () => {
  expect(dataOf(await json('airplane', device, 'on'), radioSettings).power).toBe('airplane');
  expect(dataOf(await json('airplane', device, 'off'), radioSettings).power).toBe('on');
  expect(await json('airplane', device, 'maybe')).toMatchObject({ status: 2 });
});

it('gives a context its authentication without a password on the command line', async () => {
  const set = ['--json', '--serial', path, 'modem', 'apn', 'set', device, 'leb.example', '--cid', '2', '--auth', 'pap', '--user', 'web'];
  const { contexts } = dataOf(await runLeb([...set, '--password-stdin'], { dataDir: folder, input: 'secret\n' }), packetData);
  expect(contexts.find(({ cid }) => cid === 2)).toMatchObject({ apn: 'leb.example', authentication: { protocol: 'pap', userName: 'web' } });
  expect(await json('apn', 'set', device, 'leb.example', '--user', 'web')).toMatchObject({ status: 2 });
  expect(dataOf(await json('apn', 'suggest', device), z.object({ suggestions: z.array(z.unknown()) })).suggestions).toEqual([]);
});

it('puts the settings back only of the modem that is named', async () => {
  const refused = await json('factory-reset', device, '--confirm', '866758040000003');
  expect(refused.status).toBe(4);
  expect(errorOf(refused).code).toBe('IMEI_NOT_CONFIRMED');
});

it('writes what it hears, a document a line, until it is interrupted', async () => {
  const watching = startLeb(['--json', '--serial', path, 'modem', 'signal', device, '--watch'], { dataDir: folder });
  await watching.untilPrinted(/"rsrp":-\d+/u);
  watching.interrupt();
  const { status, stdout } = await watching.ended;
  expect(status).toBe(0);
  const documents = stdout
    .trim()
    .split('\n')
    .map((line) => z.object({ deviceId: z.string(), quality: z.string() }).parse(JSON.parse(line)));
  expect(documents[0]?.deviceId).toBe(device);
});
