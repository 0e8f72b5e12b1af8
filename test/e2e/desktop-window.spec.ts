// What surrounds the page on the desktop: an own address, no way out, no permission, tray, and a size that is remembered.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { virtualReaderName } from '#simulator/hardware.ts';
import type { ElectronApplication } from '#test/electron-double/launch.ts';
import { openApp, type OpenApp } from './support/open-app.ts';
import { expect, languages, test } from './support/test.ts';
import { readLocale, wordsOf } from './support/words.ts';

test.describe.configure({ mode: 'serial' });
let app: OpenApp;
let electron: ElectronApplication;
let page: Page;
test.beforeAll(async ({ browser }) => {
  app = await openApp({ shell: 'electron', language: 'en' }, browser);
  ({ page } = app);
  if (app.electron === undefined) throw new Error('this shell has no Electron');
  ({ electron } = app);
  await expect(page.getByText('LEB Companion').first()).toBeVisible();
});
test.afterAll(() => app?.close());

test('goes nowhere and opens nothing', async () => {
  await page.evaluate(() => void (location.href = 'https://evil.example/'));
  await page.evaluate(() => void window.open('https://evil.example/'));
  await expect
    .poll(() => electron.double.calls('webContents.windowOpen'))
    .toEqual([{ name: 'webContents.windowOpen', args: ['https://evil.example/', 'deny'] }]);
  const addresses = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
  );
  expect(addresses.map((address) => address.split('#')[0])).toEqual(['app://bundle/index.html']);
  await expect(page.getByText('LEB Companion').first()).toBeVisible();
  expect(await electron.double.calls('shell.openExternal')).toEqual([]);
});

test('serves nothing but the built window', async () => {
  const statuses = await electron.evaluate(({ net }) =>
    Promise.all(
      [
        'app://bundle/',
        'app://bundle/../package.json',
        'app://bundle/%2e%2e%2fpackage.json',
        'app://bundle/missing.js',
        'app://other/index.html',
      ].map(async (url) => (await net.fetch(url)).status),
    ),
  );
  expect(statuses).toEqual([200, 404, 404, 404, 400]);
});

test('is granted nothing but copying, and the camera while a code is looked for', async () => {
  const refused = ['media', 'geolocation', 'notifications', 'midi', 'clipboard-read', 'serial', 'usb', 'hid', 'openExternal'];
  for (const permission of refused) expect(await electron.double.requestPermission(permission), permission).toBe(false);
  expect(await electron.double.requestPermission('clipboard-sanitized-write')).toBe(true);
  expect(await page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)).toBe('denied');

  await page.evaluate(() => void (location.hash = '#/profiles/add'));
  await expect.poll(() => electron.double.requestPermission('media', { mediaTypes: ['video'] })).toBe(true);
  expect(await electron.double.requestPermission('display-capture', { mediaTypes: ['video'] })).toBe(true);
  expect(await electron.double.requestPermission('media', { mediaTypes: ['video', 'audio'] })).toBe(false);
  expect(await electron.double.requestPermission('geolocation')).toBe(false);
  await page.evaluate(() => void (location.hash = '#/'));
  await expect.poll(() => electron.double.requestPermission('media', { mediaTypes: ['video'] })).toBe(false);
});

test('opens a link with an activation code on the screen that adds a profile', async () => {
  const text = page.getByLabel(wordsOf('en')('addProfile.text.label'), { exact: true });
  const chip = page.getByRole('button', { name: new RegExp(virtualReaderName) });
  const before = await page.evaluate(() => performance.timeOrigin);
  expect(await electron.double.emit('app', 'open-url', 'lpa:1$smdp.leb.example$LEB-ASIA')).toBe(true);
  await chip.click({ timeout: 45_000 });
  await expect(text).toHaveValue('lpa:1$smdp.leb.example$LEB-ASIA');
  await electron.double.emit('app', 'second-instance', ['leb', 'LPA:1$smdp.leb.example$LEB-AGAIN'], '/', {});
  await chip.click();
  await expect(text).toHaveValue('LPA:1$smdp.leb.example$LEB-AGAIN');
  // The page is the same one: nothing was loaded anew, and the code is not in its address.
  expect(await page.evaluate(() => [performance.timeOrigin, location.hash])).toEqual([before, '#/profiles/add']);
  // A link that means something else only brings the window to the front.
  await electron.double.emit('app', 'open-url', 'leb-card:back');
  await expect(text).toHaveValue('LPA:1$smdp.leb.example$LEB-AGAIN');
});

test('has nothing on it but the page', async () => {
  const added = await page.evaluate(() =>
    ['require', 'process', 'module', 'electron', 'ipcRenderer', 'bridge', 'desk'].filter((name) => name in window),
  );
  expect(added).toEqual([]);
});

test('keeps its size for the next time, and speaks the language of the system', async ({ browser }) => {
  test.slow();
  const dataDir = await mkdtemp(join(tmpdir(), 'leb-e2e-'));
  try {
    for (const language of languages) {
      const opened = await openApp({ shell: 'electron', language, dataDir }, browser);
      try {
        const { tray } = readLocale(language, 'shell') as { readonly tray: { readonly show: string; readonly quit: string } };
        await expect.poll(() => opened.electron?.double.menuLabels('tray')).toEqual([tray.show, '-', tray.quit]);
        const size = await opened.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize());
        expect(size).toEqual(language === languages[0] ? [1280, 800] : [1400, 900]);
        await opened.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1400, 900));
      } finally {
        await opened.close();
      }
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});
