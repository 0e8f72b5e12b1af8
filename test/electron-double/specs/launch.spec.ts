// Starting and ending: no process is left, no two instances meet.
import { test, expect } from '@playwright/test';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wholeChromium } from '../chromium-path.ts';
import { launch } from '../launch.ts';
import { built, sample, type SampleGlobals } from './helpers.ts';

/** A mark in the environment is inherited by every process of one application; the kernel tells who carries it. */
function marked() {
  const mark = randomUUID();
  const living = (): number[] =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => {
        try {
          return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark);
        } catch {
          return false; // gone in the meantime
        }
      });
  return { env: { ...process.env, SPEC_MARK: mark }, living };
}

test.describe('processes', () => {
  test.skip(process.platform !== 'linux', 'reads /proc');

  test('all end with the application', async () => {
    const { env, living } = marked();
    // The whole browser has more processes to end than the shell.
    const app = await launch({ args: [built], env: { ...env, ELECTRON_DOUBLE_CHROMIUM: wholeChromium } });
    await app.firstWindow();
    await app.evaluate(({ utilityProcess }, script) => void utilityProcess.fork(script), join(sample, 'out/main/utility.js'));
    expect(living().length).toBeGreaterThan(3);
    await app.close();
    await expect.poll(living).toEqual([]);
    await expect(app.evaluate(() => 1)).rejects.toThrow('the application has exited');
  });

  test('all end when the main process is killed', async () => {
    const { env, living } = marked();
    const app = await launch({ args: [built], env });
    const closed = app.waitForEvent('close');
    app.process().kill('SIGKILL');
    await closed;
    await expect.poll(living).toEqual([]);
    await app.close(); // closing what is gone does no harm
  });

  test('all end when the application hangs', async () => {
    const { env, living } = marked();
    const app = await launch({ args: [built], env });
    void app
      .evaluate(() => {
        for (;;);
      })
      .catch(() => {});
    await app.kill();
    await expect.poll(living).toEqual([]);
  });

  // oxlint-disable-next-line no-empty-pattern -- Playwright wants the pattern to know what to set up
  test('all end when Chromium never answers', async ({}, info) => {
    const script = info.outputPath('chromium.sh');
    writeFileSync(script, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
    const { env, living } = marked();
    await expect(launch({ args: [built], env: { ...env, ELECTRON_DOUBLE_CHROMIUM: script }, timeout: 700 })).rejects.toThrow(
      'was not ready within 700 ms',
    );
    await expect.poll(living).toEqual([]);
  });

  test('all end when the test is killed', async () => {
    const { env, living } = marked();
    const test = `const { launch } = await import(${JSON.stringify(join(import.meta.dirname, '../launch.ts'))}); await launch({ args: [${JSON.stringify(built)}] }); process.kill(process.pid, 'SIGKILL');`;
    const runner = spawn(process.execPath, ['--input-type=module', '-e', test], { env: { ...env, NODE_OPTIONS: '' }, stdio: 'ignore' });
    expect((await once(runner, 'exit'))[1]).toBe('SIGKILL'); // and not an error before the application was up
    await expect.poll(living).toEqual([]);
  });
});

test('an application that does not start is an error that says so', async () => {
  await expect(launch({ args: [join(sample, 'out/main/missing.js')] })).rejects.toThrow('does not exist: has it been built?');
  await expect(launch({ args: [built], env: { ...process.env, ELECTRON_DOUBLE_CHROMIUM: '/nowhere/chromium' } })).rejects.toThrow(
    'exited (1) before it was ready',
  );
});

test('parallel instances do not meet', async () => {
  const apps = await Promise.all([1, 2, 3].map(() => launch({ args: [built] })));
  try {
    const folders = await Promise.all(apps.map((app) => app.evaluate(({ app }) => app.getPath('userData'))));
    expect(new Set(folders).size).toBe(3);
    for (const app of apps) await expect((await app.firstWindow()).getByTestId('greeting')).toHaveText('Hello window');
  } finally {
    await Promise.all(apps.map((app) => app.close()));
  }
});

test('a second instance hands its link to the first and gives up', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'electron-double-spec-'));
  const first = await launch({ args: [built, `--user-data-dir=${folder}`] });
  try {
    await (await first.firstWindow()).evaluate(() => localStorage.setItem('kept', 'yes'));
    await expect(launch({ args: [built, `--user-data-dir=${folder}`, 'lpa:3'] })).rejects.toThrow('exited (0) before it was ready');
    await expect.poll(() => first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toBe('again: lpa:3');
  } finally {
    await first.close();
  }
  // What the window stored is there at the next start.
  const again = await launch({ args: [built, `--user-data-dir=${folder}`] });
  expect(await (await again.firstWindow()).evaluate(() => localStorage.getItem('kept'))).toBe('yes');
  await again.close();
  await rm(folder, { recursive: true, force: true });
});

test('closing the window closes its port and quits the application', async () => {
  const app = await launch({ args: [built] });
  const page = await app.firstWindow();
  await expect(page.getByTestId('greeting')).toHaveText('Hello window');
  await app.evaluate(({ app }) => void app.on('will-quit', (event) => event.preventDefault())); // stay, to be asked
  await page.close();
  await expect.poll(() => app.evaluate(() => (globalThis as unknown as SampleGlobals).sample.closedPorts())).toBe(1);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0);
  await app.kill();
});
