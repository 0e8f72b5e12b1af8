import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { devicesSnapshot, profile } from '#contract/desk/devices.ts';
import { modemProfiles, readerProfiles } from '#simulator/sample.ts';
import { openWindowBeside } from './support/open-window-beside.ts';
import { dataOf, errorOf, runLeb, type LebResult } from './support/run-leb.ts';

/** The command as a process, on virtual hardware of its own; an open window runs the servers of the bench. */
const dataDir = mkdtempSync(join(tmpdir(), 'leb-cli-'));
let window: { close(): Promise<void> };
beforeAll(async () => {
  window = await openWindowBeside(dataDir);
});
afterAll(async () => {
  await window.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const reader = 'pcsc:Virtual Reader';
const modem = 'serial:virtual-modem-0';
const leb = (...argv: readonly string[]): Promise<LebResult> => runLeb(['--simulate', ...argv], { dataDir });
const json = (...argv: readonly string[]): Promise<LebResult> => leb('--json', ...argv);
const listShape = z.object({ deviceId: z.string(), profiles: z.array(profile) });
const list = async () => dataOf(await json('profile', 'list', reader), listShape).profiles;
const [first, second, third] = readerProfiles;
if (first === undefined || second === undefined || third === undefined) throw new Error('the sample has three profiles for the reader');

describe('leb on the virtual bench', () => {
  it('lists reader and modem with what is reachable through them', async () => {
    const { devices } = dataOf(await json('devices'), devicesSnapshot);
    expect(devices.find(({ deviceId }) => deviceId === reader)).toMatchObject({ kind: 'reader', virtual: true, state: 'ready' });
    expect(devices.find(({ deviceId }) => deviceId === modem)?.euicc?.profiles.map(({ iccid }) => iccid)).toEqual(
      modemProfiles.map(({ iccid }) => iccid),
    );
  });

  it('lists, enables, renames and deletes profiles, and the chip remembers', async () => {
    expect((await list()).map(({ iccid, state }) => [iccid, state])).toEqual([
      [first.iccid, 'enabled'],
      [second.iccid, 'disabled'],
      [third.iccid, 'disabled'],
    ]);
    const enabled = await leb('profile', 'enable', reader, second.profileName.toUpperCase());
    expect(enabled.status).toBe(0);
    expect(enabled.stdout.split('\n')[0]).toBe(`“${second.profileName}” is enabled.`);
    expect(enabled.stderr).toContain('Enabling the profile\n');
    expect(`${enabled.stdout}${enabled.stderr}`).not.toContain('\u{1B}');
    expect((await leb('profile', 'rename', reader, second.iccid, '工作')).status).toBe(0);
    const deleted = dataOf(await json('profile', 'delete', reader, third.iccid), z.object({ profiles: z.array(profile) }));
    expect(deleted.profiles.map(({ iccid }) => iccid)).toEqual([first.iccid, second.iccid]);
    expect((await list()).map(({ iccid, state, nickname }) => [iccid, state, nickname])).toEqual([
      [first.iccid, 'disabled', null],
      [second.iccid, 'enabled', '工作'],
    ]);
    const shown = await leb('profile', 'list', reader, '--lang', 'zh-CN');
    expect(shown.stdout).toMatch(/^ICCID +状态 +名称 +服务商 +类别\n/u);
    expect(shown.stdout).toContain('已启用  工作');
    const refused = await json('profile', 'delete', reader, '工作');
    expect(refused.status).toBe(1);
    expect(errorOf(refused).code).toBe('PROFILE_NOT_DISABLED');
  });

  it('sends raw AT lines and keeps what was answered before one that fails', async () => {
    const shape = z.object({ answers: z.array(z.object({ command: z.string(), lines: z.array(z.string()), final: z.string() })) });
    // One modem, one device that fits: it need not be named.
    expect(dataOf(await json('at', 'send', 'AT+CGMI', 'AT'), shape).answers).toEqual([
      { command: 'AT+CGMI', lines: ['Quectel'], final: 'OK' },
      { command: 'AT', lines: [], final: 'OK' },
    ]);
    const failed = await leb('at', 'send', modem, 'AT+CGMI', 'AT+NOSUCH');
    expect(failed.status).toBe(1);
    expect(failed.stdout).toMatch(/^AT\+CGMI\nQuectel\n {2}Manufacturer\n[^]*\nOK\n$/u);
    expect(failed.stderr).toContain('CME_ERROR');
  });

  it('traces every exchange, without identifiers unless they are asked for', async () => {
    const trace = (name: string): string => readFileSync(join(dataDir, name), 'utf8');
    await leb('device', 'info', modem, '--trace', join(dataDir, 'redacted'));
    await leb('euicc', 'info', reader, '--trace', join(dataDir, 'open'), '--trace-secrets');
    const entries = trace('redacted')
      .trim()
      .split('\n')
      .map((line) => z.object({ at: z.iso.datetime(), kind: z.string(), line: z.string().optional() }).parse(JSON.parse(line)));
    expect(entries.some(({ kind, line }) => kind === 'at' && line === 'Quectel')).toBe(true);
    for (const { iccid, imsi } of modemProfiles) {
      expect(trace('redacted')).not.toContain(iccid.slice(0, 14));
      expect(trace('redacted')).not.toContain(imsi);
    }
    expect(trace('redacted')).not.toMatch(/[0-9A-F]{34}/u);
    expect(trace('open')).toMatch(/"command":"81E29100[0-9A-F]+BF3E/u);
  });
});

describe('what goes wrong', () => {
  it.each<[string, number, string[]]>([
    ['INPUT_INVALID', 2, ['nonsense']],
    ['INPUT_INVALID', 2, ['profile']],
    ['INPUT_INVALID', 2, ['profile', 'list', '--nonsense']],
    ['INPUT_INVALID', 2, ['profile', 'list', 'a', 'b']],
    ['INPUT_INVALID', 2, ['profile', 'enable', reader]],
    ['INPUT_INVALID', 2, ['devices', '--lang', 'fr']],
    ['INPUT_INVALID', 2, ['renew', '+447700900482']],
    ['DEVICE_UNKNOWN', 3, ['profile', 'list', 'pcsc:No Such Reader']],
    ['DEVICE_AMBIGUOUS', 2, ['profile', 'list']],
    ['DEVICE_UNSUITABLE', 1, ['modem', 'info', reader]],
    ['PROFILE_NOT_FOUND', 1, ['profile', 'enable', reader, 'No Such Profile']],
    ['PORT_NOT_FOUND', 3, ['modem', 'info', 'serial:/dev/no-such-port']],
  ])('says %s with exit status %i', async (code, status, argv) => {
    const failed = await json(...argv);
    expect(errorOf(failed).code).toBe(code);
    expect(failed.status).toBe(status);
  });

  it('tells a person the sentence and the remedy, in the language that was asked for', async () => {
    const failed = await leb('profile', 'enable', reader, 'X', '--lang', 'zh-CN');
    expect(failed.stdout).toBe('');
    expect(failed.stderr).toMatch(/失败： [^\n]*\p{Script=Han}[^\n]*\n[^\n]*\p{Script=Han}[^\n]*\nPROFILE_NOT_FOUND profile=X\n$/u);
  });
});

describe('help', () => {
  it('lists what there is, and nothing that there is not', async () => {
    const { status, stdout } = await leb('--help');
    expect(status).toBe(0);
    for (const name of ['devices', 'profile', 'notification', 'modem', 'at', 'apdu', 'account', 'renew', 'order', 'web'])
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'mu'));
    for (const name of ['doctor', 'batch']) expect(stdout).not.toMatch(new RegExp(`^  ${name} `, 'mu'));
  });

  it('speaks the language of the system', async () => {
    const { stdout } = await runLeb(['profile', 'enable', '--help'], { dataDir, environment: { LANG: 'zh_CN.UTF-8' } });
    expect(stdout).toMatch(/^用法： leb profile enable \[DEVICE\] PROFILE/u);
  });
});
