// A breath of real Electron, where its binary and a display are: what the double cannot vouch for.
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import { welcomePage } from './pages/welcome-page.ts';
import { wordsOf } from './support/words.ts';

const root = resolve(import.meta.dirname, '../..');

/** Electron's program, or the reason why it cannot be run here. */
function findElectron(): { readonly path: string } | { readonly reason: string } {
  const folder = join(root, 'node_modules/electron');
  const name = join(folder, 'path.txt');
  const path = existsSync(name) ? join(folder, 'dist', readFileSync(name, 'utf8')) : null;
  if (path === null || !existsSync(path))
    return { reason: 'The binary of Electron is not installed (node node_modules/electron/install.js).' };
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  return hasDisplay ? { path } : { reason: 'There is no display.' };
}

test('starts, shows the window under its policy, and quits', async () => {
  const found = findElectron();
  if ('reason' in found) console.log(`real Electron is skipped: ${found.reason}`);
  test.skip('reason' in found, 'reason' in found ? found.reason : '');
  if ('reason' in found) return;
  const dataDir = await mkdtemp(join(tmpdir(), 'leb-electron-'));
  const app = await _electron.launch({
    executablePath: found.path,
    args: [root, '--lang=en-GB', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    env: { ...process.env, LEB_DATA_DIR: dataDir },
  });
  try {
    const page = await app.firstWindow();
    await expect(welcomePage(page, wordsOf('en')).title).toBeVisible({ timeout: 30_000 });
    expect(new URL(page.url()).origin).toBe('app://bundle');
    expect(await app.evaluate(({ app: inside }) => [inside.getName(), inside.hasSingleInstanceLock()])).toEqual(['LEB Companion', true]);
    expect(
      await page.evaluate(() =>
        fetch('/index.html').then(
          () => 'open',
          () => 'closed',
        ),
      ),
    ).toBe('closed');
    expect(await page.evaluate(() => 'process' in window)).toBe(false);
  } finally {
    await app.close();
    await rm(dataDir, { recursive: true, force: true });
  }
});
