/* oxlint-disable unicorn/consistent-function-scoping -- functions for evaluate() travel by their source text */
// The preload's isolated world, contextBridge, IPC and who may use it.
import { test, expect, type Page } from '@playwright/test';
import { launch, type ElectronApplication } from '../launch.ts';
import { built, type SampleGlobals } from './helpers.ts';

let app: ElectronApplication;
let page: Page;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  app = await launch({ args: [built] });
  page = await app.firstWindow();
  await expect(page.getByTestId('greeting')).toHaveText('Hello window');
});
test.afterAll(() => app?.close());

test('leaves nothing on the page but what the preload exposes', async () => {
  const added = await page.evaluate(() => {
    const blank = document.body.appendChild(document.createElement('iframe'));
    const usual = new Set(Object.getOwnPropertyNames(blank.contentWindow));
    blank.remove();
    return Object.getOwnPropertyNames(window).filter((name) => !usual.has(name) && !/^\d+$/.test(name));
  });
  expect(added.sort()).toEqual(['bridge', 'desk', 'deskPort']); // the last two are the page's own
});

test('exposes frozen copies', async () => {
  expect(
    await page.evaluate(() => [
      window.bridge.version,
      window.bridge.nested.list,
      Object.isFrozen(window.bridge),
      Object.isFrozen(window.bridge.nested.list),
    ]),
  ).toEqual([1, [1, 2], true, true]);
  expect(await page.evaluate(() => Reflect.defineProperty(window, 'bridge', { value: 1 }))).toBe(false);
});

test('wraps functions, callbacks and promises', async () => {
  expect(await page.evaluate(() => [window.bridge.twice(21), window.bridge.each([1, 2], (n) => n * 10)])).toEqual([42, [10, 20]]);
  expect(
    await page.evaluate(async () =>
      [...((await window.bridge.later(new Map([['a', new Date(5)]]))).value as Map<string, Date>)].map(([key, date]) => [
        key,
        date.getTime(),
      ]),
    ),
  ).toEqual([['a', 5]]);
  expect(await page.evaluate(async () => (await window.bridge.later(Promise.resolve(7))).value)).toBe(7);
});

test('carries an error as its message only', async () => {
  const [name, message] = await page.evaluate(() => {
    try {
      return [window.bridge.fail()];
    } catch (error) {
      return [(error as Error).constructor.name, (error as Error).message];
    }
  });
  expect([name, message]).toEqual(['Error', 'no']);
});

test('throws for what it does not model, in the preload too', async () => {
  await expect(page.evaluate(() => window.bridge.missing())).rejects.toThrow('the Electron double does not model ipcRenderer.sendToHost');
  await expect(app.evaluate(({ app }) => (app as unknown as { foo: number }).foo)).rejects.toThrow(
    'the Electron double does not model app.foo',
  );
  await expect(app.evaluate(({ autoUpdater }) => autoUpdater.checkForUpdates())).rejects.toThrow(
    'the Electron double does not model autoUpdater.checkForUpdates',
  );
  await expect(app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setKiosk(true))).rejects.toThrow(
    'the Electron double does not model BrowserWindow.setKiosk',
  );
});

test('refuses in IPC what cannot be cloned', async () => {
  await expect(page.evaluate(() => window.bridge.sendFunction())).rejects.toThrow('An object could not be cloned.');
});

test('invokes handlers and hears what the application sends', async () => {
  await app.evaluate(({ ipcMain }) =>
    ipcMain.handle('echo', (_event, value: unknown) => (value === 'bad' ? Promise.reject(new RangeError('too bad')) : { value })),
  );
  expect(
    await page.evaluate(async () => ((await window.bridge.invoke('echo', new Set([1n]))) as { value: Set<bigint> }).value.has(1n)),
  ).toBe(true);
  await expect(page.evaluate(() => window.bridge.invoke('echo', 'bad'))).rejects.toThrow(
    "Error invoking remote method 'echo': RangeError: too bad",
  );
  await expect(page.evaluate(() => window.bridge.invoke('nobody'))).rejects.toThrow("No handler registered for 'nobody'");
  const heard = page.evaluate(() => new Promise((resolve) => window.bridge.on('news', (...args) => resolve(args))));
  await page.evaluate(() => 0); // the listener is there
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.send('news', 1, new Date(2)));
  expect(await heard).toEqual([1, new Date(2)]);
});

test('obeys the content security policy', async () => {
  const violated = await page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective), { once: true });
        document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.pwned = 1' }));
      }),
  );
  expect(violated).toBe('script-src-elem');
  expect(
    await page.evaluate(() =>
      fetch('https://example.com').then(
        () => 'open',
        () => 'blocked',
      ),
    ),
  ).toBe('blocked');
});

test('lets the application cancel requests', async () => {
  await app.evaluate(({ session }) => {
    session.defaultSession.webRequest.onBeforeRequest((request, decide) => decide({ cancel: request.url.endsWith('/missing.svg') }));
  });
  const load = (name: string) =>
    page.evaluate(
      (address) =>
        fetch(address).then(
          ({ status }) => status,
          () => 'refused',
        ),
      name,
    );
  expect(await load('/missing.svg')).toBe('refused');
  expect(await app.double.calls('webRequest.cancelled')).toEqual([{ name: 'webRequest.cancelled', args: ['app://bundle/missing.svg'] }]);
  expect(await load('/index.html')).toBe(200);
  await app.evaluate(({ session }) => session.defaultSession.webRequest.onBeforeRequest(null));
});

test('shows the application its own addresses, and lets it refuse others', async () => {
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toBe('app://bundle/index.html');
  await page.evaluate(() => void (location.href = 'https://evil.example/'));
  await page.waitForTimeout(200);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toBe('app://bundle/index.html');
  await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible();
});

test('offers new windows to the application', async () => {
  await page.getByRole('link', { name: 'Pay' }).click();
  await expect
    .poll(() => app.double.calls('shell.openExternal'))
    .toEqual([{ name: 'shell.openExternal', args: ['https://example.com/pay'] }]);
  await expect.poll(() => app.windows().length).toBe(1);
  await expect.poll(() => app.context().pages().length).toBe(1);
});

test('refuses insecure windows', async () => {
  await expect(app.evaluate(({ BrowserWindow }) => void new BrowserWindow({ webPreferences: { sandbox: false } }))).rejects.toThrow(
    'insecure webPreferences: sandbox',
  );
});

test('lets the application tell a foreign page from its own', async () => {
  await app.evaluate(async ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.loadURL('data:text/html,<h1>Foreign</h1>'));
  await expect(page.getByRole('heading', { name: 'Foreign' })).toBeVisible();
  await expect.poll(() => app.evaluate(() => (globalThis as unknown as SampleGlobals).sample.refused())).toBe(1);
});
