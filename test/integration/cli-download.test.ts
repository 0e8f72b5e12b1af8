import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { outboxEntry, pendingNotification, picture, profile } from '#contract/desk/devices.ts';
import { delivery, profilePreview } from '#contract/desk/tasks.ts';
import { readerEid } from '#simulator/smdp/sample-orders.ts';
import { openWindowBeside } from './support/open-window-beside.ts';
import { dataOf, errorOf, runLeb, startLeb, type LebResult } from './support/run-leb.ts';
import { startSimulator, type SimulatorProcess } from './support/simulator-process.ts';

/** Downloads from the terminal, against the servers of the virtual bench, which an open window runs. */
const dataDir = mkdtempSync(join(tmpdir(), 'leb-cli-download-'));
let window: { close(): Promise<void> };
beforeAll(async () => {
  window = await openWindowBeside(dataDir);
});
afterAll(async () => {
  await window.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const reader = 'pcsc:Virtual Reader';
const code = (order: string): string => `LPA:1$smdp.leb.example$${order}`;
const leb = (...argv: readonly string[]): Promise<LebResult> => runLeb(['--simulate', ...argv], { dataDir });
const json = (...argv: readonly string[]): Promise<LebResult> => leb('--json', ...argv);

const previewShape = z.object({ eid: z.string(), preview: profilePreview, fits: z.boolean().nullable(), testRoots: z.boolean() });
const downloadShape = z.object({
  iccid: z.string(),
  preview: profilePreview,
  testRoots: z.literal(true),
  trustedBy: z.array(z.string()),
  profiles: z.array(profile),
});
const listShape = z.object({ profiles: z.array(profile) });

describe('a download on the terminal', () => {
  it('is previewed without installing anything, then done and enabled', async () => {
    const { eid, preview, fits } = dataOf(await json('profile', 'preview', reader, code('LEB-ASIA')), previewShape);
    expect({ eid, fits, name: preview.profileName }).toEqual({ eid: readerEid, fits: true, name: 'LEB Asia' });
    expect(preview.packageSize).toBeGreaterThan(12_000);

    const done = await leb('profile', 'download', reader, code('LEB-ASIA'), '--enable');
    expect(done.status).toBe(0);
    expect(done.stdout).toMatch(/^“LEB Asia” is installed and enabled\.\n/u);
    expect(done.stdout).toContain('not by the GSMA');
    expect(done.stderr).toContain('Installing the profile\n');
    const withIcons = z.object({ profiles: z.array(profile.extend({ icon: picture.nullable() })) });
    const { profiles } = dataOf(await json('profile', 'list', reader, '--icons'), withIcons);
    expect(profiles.find(({ iccid }) => iccid === preview.iccid)).toMatchObject({ state: 'enabled', icon: { type: 'image/png' } });
    expect(profiles[0]).toMatchObject({ state: 'disabled', icon: null });
  });

  it('takes the code from a picture or from standard input', async () => {
    const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'));
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
    const { image } = await writeBarcode(code('LEB-AGAIN'), { format: 'QRCode', scale: 4 });
    const path = join(dataDir, 'code.png');
    writeFileSync(path, new Uint8Array((await image?.arrayBuffer()) ?? new ArrayBuffer(0)));
    const { iccid, profiles } = dataOf(await json('profile', 'download', reader, path), downloadShape);
    expect(profiles).toContainEqual(expect.objectContaining({ iccid, profileName: 'LEB Again', state: 'disabled' }));

    const piped = await runLeb(['--simulate', '--json', 'profile', 'preview', reader, '-'], { dataDir, input: `${code('LEB-LARGE')}\n` });
    expect(dataOf(piped, previewShape).preview.profileName).toBe('LEB Large');
  });

  it('names the confirmation code that is missing or wrong, and keeps the order open', async () => {
    const missing = await json('profile', 'download', reader, code('LEB-PACIFIC'));
    expect([missing.status, errorOf(missing).code]).toEqual([4, 'CONFIRMATION_CODE_REQUIRED']);
    expect(errorOf(missing).details).toMatchObject({ option: '--confirmation-code' });
    const wrong = await json('profile', 'download', reader, code('LEB-PACIFIC'), '--confirmation-code', '1111');
    expect([wrong.status, errorOf(wrong).code]).toEqual([4, 'CONFIRMATION_CODE_REFUSED']);
    const right = await json('profile', 'download', reader, code('LEB-PACIFIC'), '--confirmation-code', '2748');
    expect(dataOf(right, downloadShape).preview.profileName).toBe('LEB Pacific');
  });

  it('names the consent that is missing', async () => {
    const failed = await json('profile', 'download', reader, code('LEB-FLEET'));
    expect([failed.status, errorOf(failed).code]).toEqual([4, 'CONSENT_REQUIRED']);
    expect(errorOf(failed).details).toMatchObject({ rules: 'ppr1 ppr2', option: '--accept-ppr' });
  });

  it('ends at Ctrl-C with the order still open', async () => {
    const running = startLeb(['--simulate', 'profile', 'download', reader, code('LEB-LARGE')], { dataDir });
    await running.untilSaid(/The chip checks the server/u);
    running.interrupt();
    const ended = await running.ended;
    expect([ended.status, ended.stdout]).toEqual([1, '']);
    expect(ended.stderr).toContain('CANCELLED');
    expect(dataOf(await json('profile', 'preview', reader, code('LEB-LARGE')), previewShape).preview.profileName).toBe('LEB Large');
  });

  it('finds what waits on the SM-DS, and takes it', async () => {
    const shape = listShape.extend({
      events: z.array(z.object({ server: z.string(), eventId: z.string() })),
      downloads: z.array(downloadShape.omit({ profiles: true })),
    });
    const { events, downloads, profiles } = dataOf(await json('profile', 'discover', reader, '--download'), shape);
    expect(events).toMatchObject([{ eventId: 'LEB-WAITING' }]);
    expect(downloads.map(({ preview }) => preview.profileName)).toEqual(['LEB Waiting']);
    expect(profiles.map(({ iccid }) => iccid)).toContain(downloads[0]?.iccid);
  });
});

describe('notifications on the terminal', () => {
  const shape = z.object({ notifications: z.array(pendingNotification), outbox: z.array(outboxEntry) });
  const list = async () => dataOf(await json('notification', 'list', reader), shape);

  it('stay on the chip where that is wanted, and are sent or removed later', async () => {
    dataOf(await json('profile', 'disable', reader, 'LEB Asia', '--no-notify'), z.object({ deliveries: z.array(delivery).length(0) }));
    dataOf(await json('profile', 'enable', reader, 'LEB Pacific', '--no-notify', '--no-refresh'), listShape);
    const [first, second] = (await list()).notifications;
    expect([first?.event, second?.event]).toEqual(['disable', 'enable']);

    const sent = await json('notification', 'send', reader, String(first?.seqNumber));
    expect(dataOf(sent, z.object({ deliveries: z.array(delivery) })).deliveries).toMatchObject([{ event: 'disable', state: 'delivered' }]);
    expect(await leb('notification', 'remove', reader, '--all')).toMatchObject({
      status: 0,
      stdout: '1 notification was taken off the chip.\n',
    });
    expect(await list()).toEqual({ notifications: [], outbox: [] });
  });
});

describe('the chip on the terminal', () => {
  it('answers raw APDUs', async () => {
    const { stdout } = await leb('apdu', reader, '00A4000C023F00', '80 F2 00 00 00');
    expect(stdout).toBe('00A4000C023F00\n9000  done\n80F2000000\n6D00  the instruction is not known\n');
  });

  it('has its default SM-DP+ set and removed', async () => {
    const shape = z.object({ defaultSmdpAddress: z.string().nullable() });
    expect(dataOf(await json('euicc', 'set-smdp', reader, 'smdp.leb.example'), shape).defaultSmdpAddress).toBe('smdp.leb.example');
    expect((await leb('euicc', 'set-smdp', reader, '')).stdout).toBe('The default SM-DP+ is removed.\n');
  });

  it('is emptied only under its EID', async () => {
    for (const confirm of [[], ['--confirm', '89044990000000000000000000000285']]) {
      const refused = await json('euicc', 'reset', reader, '--operational', ...confirm);
      expect([refused.status, errorOf(refused).code, errorOf(refused).details['eid']]).toEqual([4, 'EID_NOT_CONFIRMED', readerEid]);
    }
    const { profiles } = dataOf(await json('profile', 'list', reader), listShape);
    expect(profiles.length).toBeGreaterThan(2);
    const emptied = dataOf(await json('euicc', 'reset', reader, '--operational', '--confirm', readerEid), listShape);
    expect(emptied.profiles.map(({ profileName }) => profileName)).toEqual(['Test profile']);
  });
});

describe('a root that was added', () => {
  let smdp: SimulatorProcess;
  let address: string;
  const root = join(dataDir, 'bench', 'pki', 'ci.pem');

  beforeAll(async () => {
    smdp = await startSimulator('smdp', '--json', '--pki', join(dataDir, 'bench', 'pki'));
    ({ address } = z.object({ smdp: z.object({ address: z.string() }) }).parse(smdp.ready).smdp);
  });
  afterAll(() => smdp.stop());

  it('is what a server of no GSMA root is trusted by, and is named', async () => {
    const foreign = `LPA:1$${address}$LEB-ASIA`;
    const refused = await json('profile', 'preview', reader, foreign);
    expect([refused.status, errorOf(refused).code]).toEqual([1, 'PROFILE_SERVER_UNTRUSTED']);
    const trusted = await leb('--ca', root, 'profile', 'preview', reader, foreign);
    expect(trusted.stdout).toContain(`The server was trusted by ${root}, not by the GSMA.`);
  });
});

describe('what is wrong with a command', () => {
  it.each<string[]>([
    ['profile', 'download', reader],
    ['profile', 'download', reader, code('LEB-ASIA'), '--default-smdp'],
    ['profile', 'download', reader, code('LEB-ASIA'), '--imei', '12'],
    ['profile', 'preview', reader, './no-such-picture.png'],
    ['profile', 'list', reader, '--se', '2'],
    ['notification', 'remove', reader],
    ['notification', 'send', reader, 'x'],
    ['euicc', 'reset', reader, '--confirm', readerEid],
    ['apdu', reader, '00A4'],
    ['devices', '--ca', '/no/such/file.pem'],
  ])('is told before anything is done: %j %j', async (...argv) => {
    const failed = await json(...argv);
    expect([failed.status, errorOf(failed).code]).toEqual([2, 'INPUT_INVALID']);
  });

  it('is told of a code that is none, and where it broke', async () => {
    const failed = await json('profile', 'preview', reader, 'LPA:2$smdp.leb.example$LEB-ASIA');
    expect([failed.status, errorOf(failed).code]).toEqual([2, 'ACTIVATION_CODE_INVALID']);
    expect(errorOf(failed).details).toMatchObject({ part: 'version', at: 4 });
  });
});
