import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { openProgramLog, readReadyLine } from './child-program.ts';

const never = new Promise<void>(() => undefined);

test('reads the line, however it is cut, and keeps the pipe flowing after it', async () => {
  const output = new PassThrough({ highWaterMark: 16 });
  const ready = readReadyLine(output, never, 1000);
  output.write('{"ready":true,');
  output.write('"url":"http://127.0.0.1:1"}\nmore');
  expect(await ready).toEqual({ ready: true, url: 'http://127.0.0.1:1' });
  for (let n = 0; n < 100; n++) output.write('chatter that nobody wants\n');
  await expect.poll(() => output.readableLength).toBe(0);
});

test('says why there was none', async () => {
  await expect(readReadyLine(new PassThrough(), Promise.resolve(), 1000)).rejects.toThrow('ended before it was ready');
  await expect(readReadyLine(new PassThrough(), never, 10)).rejects.toThrow('not ready within 10 ms');
  const words = new PassThrough();
  words.write('listening on port 80\n');
  await expect(readReadyLine(words, never, 1000)).rejects.toThrow('not JSON');
  const noise = new PassThrough();
  noise.write('x'.repeat(70_000));
  await expect(readReadyLine(noise, never, 1000)).rejects.toThrow('did not print a line');
});

test('a long log is put aside', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'leb-log-'));
  const first = openProgramLog(folder, 'service');
  first.end();
  await once(first, 'close');
  writeFileSync(join(folder, 'logs', 'service.log'), 'x'.repeat(1024 * 1024 + 1));
  const second = openProgramLog(folder, 'service');
  second.end();
  await once(second, 'close');
  expect(readdirSync(join(folder, 'logs')).toSorted()).toEqual(['service.log', 'service.log.1']);
  rmSync(folder, { recursive: true });
});
