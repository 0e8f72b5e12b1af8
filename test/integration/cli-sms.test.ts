import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeSubmit } from '#native/sms/encode-submit.ts';
import { runLeb } from './support/run-leb.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'leb-sms-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** From 10010, at 09:00 in China, "SMS". */
const deliver = '0891683108100005F00405810110F000006221809000002303D3E614';

describe('leb sms decode', () => {
  it('writes one JSON document a PDU, also of those that are none', async () => {
    const [first, second] = encodeSubmit('信'.repeat(71), { to: '+8613912345678', concatenationReference: 9 });
    const lines = [deliver, '', 'hello', first?.hex, second?.hex];
    const { stdout, status } = await runLeb(['sms', 'decode', '--json'], { dataDir, input: lines.join('\r\n') });
    expect(status).toBe(1);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toMatchObject([
      {
        pdu: deliver,
        ok: true,
        type: 'deliver',
        smsc: '+8613800100500',
        number: '10010',
        timestamp: '2026-12-08T09:00:00+08:00',
        text: 'SMS',
        encoding: 'gsm7',
        multipart: false,
        concat: null,
      },
      { pdu: 'hello', ok: false, error: { code: 'SMS_PDU_INVALID', details: { reason: 'hex', at: 0 } } },
      { ok: true, type: 'submit', number: '+8613912345678', multipart: true, reference: 9, part: 1, parts: 2, text: '信'.repeat(67) },
      { ok: true, concat: { reference: 9, wide: false, part: 2, parts: 2 }, text: '信'.repeat(4), timestamp: null },
    ]);
    // Nothing was opened for it: no database, no trace.
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('takes PDUs from the command line, with their direction, and speaks the language that is asked for', async () => {
    const { stdout, status } = await runLeb(['sms', 'decode', deliver, '--lang', 'zh-CN'], { dataDir });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^收到的短信\n {2}发件人 +10010\n/u);
    expect(stdout).toContain('\n  SMS\n');
    const report = await runLeb(['sms', 'decode', '--json', '--tpdu', '--direction', 'mo', '00D300'], { dataDir });
    expect(JSON.parse(report.stdout)).toMatchObject({ type: 'deliver-report', failureCause: 0xd3, content: 'none' });
  });
});
