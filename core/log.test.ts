import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLog, redact } from './log.ts';

describe('log', () => {
  it.each([
    ['iccid 8944990000004821602', 'iccid …02'],
    ['EID 89044045116727494800000004487971', 'EID …71'],
    ['call +447700900482', 'call +…82'],
    ['LPA:1$smdp.example$ABC-DEF', '[activation code]'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer [secret]'],
    ['{"password":"open sesame"}', '{"password":"[secret]"}'],
    ['mail to someone@leb.example now', 'mail to [address] now'],
    ['4f3a9c4f3a9c4f3a9c4f3a9c4f3a9c4f3a9c', '[secret]'],
    ['sw 6A82 after 12 ms', 'sw 6A82 after 12 ms'],
  ])('redacts %s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('writes one line for each event, with the cause and without the identifier', () => {
    const folder = mkdtempSync(join(tmpdir(), 'leb-log-'));
    try {
      createLog(folder).error('reading', new Error('card 8944990000004821602', { cause: new Error('why') }));
      const [line, rest] = readFileSync(join(folder, 'companion.log'), 'utf8').split('\n');
      expect(rest).toBe('');
      expect(JSON.parse(line ?? '')).toMatchObject({
        level: 'error',
        event: 'reading',
        details: { message: 'card …02', cause: { message: 'why' } },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
