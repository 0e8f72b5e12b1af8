import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runLeb } from './support/run-leb.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'leb-explain-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

describe('leb at explain', () => {
  it('writes one JSON document a line, for what it knows and for what it does not', async () => {
    const input = '+CSQ: 14,99\r\n\r\nsomething\r\n+CMT: ,7\r\n00040A0B\r\nOK';
    const { stdout, status } = await runLeb(['at', 'explain', '--json'], { dataDir, input });
    expect(status).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toMatchObject([
      {
        line: '+CSQ: 14,99',
        kind: 'csq',
        value: { rssiDbm: -85 },
        specification: '3GPP TS 27.007 §8.5',
        link: 'https://www.3gpp.org/dynareport/27007.htm',
      },
      { line: 'something', kind: 'unknown', value: null, specification: null, link: null },
      { line: '+CMT: ,7', kind: 'cmt' },
      { line: '00040A0B', kind: 'cmt', value: { pdu: '00040A0B' }, specification: '3GPP TS 27.005 §3.4.1' },
      { line: 'OK', kind: 'final-result', value: { error: false } },
    ]);
    // Nothing was opened for it: no database, no trace.
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('takes the command and the maker from the command line, and speaks the language that is asked for', async () => {
    const bare = await runLeb(['at', 'explain', '--json', '--command', 'AT+CIMI'], { dataDir, input: '001019876543210\n' });
    expect(JSON.parse(bare.stdout)).toMatchObject({ kind: 'cimi', value: { imsi: '001019876543210' } });
    const { stdout } = await runLeb(['at', 'explain', '--vendor', 'u-blox', '--lang', 'zh-CN'], { dataDir, input: '+CFUN: 0\n' });
    expect(stdout).toContain('功能级别');
    expect(stdout).toMatch(/powerState +low/u);
  });
});
