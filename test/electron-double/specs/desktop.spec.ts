/* oxlint-disable unicorn/require-post-message-target-origin -- MessagePortMain has none */
/* oxlint-disable unicorn/consistent-function-scoping -- functions for evaluate() travel by their source text */
// What surrounds the windows: recorded, and driven by the test in the place of a person and the system.
import { test, expect, type Page } from '@playwright/test';
import { join } from 'node:path';
import { wholeChromium } from '../chromium-path.ts';
import { launch, type ElectronApplication } from '../launch.ts';
import { built, sample, type SampleGlobals } from './helpers.ts';

let app: ElectronApplication;
let page: Page;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  app = await launch({ args: [built, '--desk-flag=7'], env: { ...process.env, ELECTRON_DOUBLE_CHROMIUM: wholeChromium } });
  page = await app.firstWindow();
  await expect(page.getByTestId('greeting')).toHaveText('Hello window');
});
test.afterAll(() => app?.close());

const title = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle());

test('window, name and switches', async () => {
  expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([900, 600]);
  expect(await app.evaluate(({ app }) => [app.getVersion(), app.getName(), app.commandLine.getSwitchValue('desk-flag')])).toEqual([
    '1.2.3',
    'electron-double',
    '7',
  ]);
  const window = await app.browserWindow(page);
  expect(await window.evaluate((win) => [win.isVisible(), win.webContents.getURL()])).toEqual([true, 'app://bundle/index.html']);
});

test('deep links', async () => {
  expect(await app.double.emit('app', 'open-url', 'lpa:1$example')).toBe(true); // the application prevented the default
  expect(await title()).toBe('link: lpa:1$example');
  await app.double.emit('app', 'second-instance', ['app', 'lpa:2'], '/', {});
  expect(await title()).toBe('again: lpa:2');
});

test('tray and menu', async () => {
  expect(await app.double.calls('Tray.setToolTip')).toEqual([{ name: 'Tray.setToolTip', args: ['Sample'] }]);
  expect(await app.double.menuLabels('tray')).toEqual(['Show', '-', 'Quit']);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await app.double.clickMenu('tray', 'Show');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
  await expect(app.double.clickMenu('tray', 'Nothing')).rejects.toThrow("no menu item 'Nothing' among: Show, -, Quit");
});

test('dialogs answer what the test has prepared', async () => {
  await app.double.answer('dialog.showOpenDialog', { canceled: false, filePaths: ['/card.json'] });
  const open = () => app.evaluate(({ dialog }) => dialog.showOpenDialog({ title: 'Open' }));
  expect([await open(), await open()]).toEqual([
    { canceled: false, filePaths: ['/card.json'] },
    { canceled: true, filePaths: [] },
  ]);
  expect(
    await app.evaluate(
      async ({ dialog }) => (await dialog.showMessageBox({ message: 'Sure?', buttons: ['Yes', 'No'], cancelId: 1 })).response,
    ),
  ).toBe(1);
});

test('notifications, shortcuts, clipboard and power', async () => {
  await app.evaluate(({ Notification, globalShortcut, clipboard, powerMonitor }) => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    const notification = new Notification({ title: 'Renewed', body: 'until May' });
    notification.on('click', () => seen.push('click'));
    notification.show();
    globalShortcut.register('Ctrl+Alt+L', () => seen.push('shortcut'));
    powerMonitor.on('suspend', () => seen.push('suspend'));
    return clipboard.writeText('8988');
  });
  expect(await app.double.calls('Notification.show')).toMatchObject([{ args: [{ title: 'Renewed', body: 'until May' }] }]);
  await app.double.emit('notification', 'click');
  await app.double.pressShortcut('Ctrl+Alt+L');
  await app.double.emit('powerMonitor', 'suspend');
  expect(
    await app.evaluate(({ clipboard }) =>
      clipboard.readText().then((text) => [...(globalThis as unknown as { seen: string[] }).seen, text]),
    ),
  ).toEqual(['click', 'shortcut', 'suspend', '8988']);
});

test('dark mode reaches the page', async () => {
  const isDark = () => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  expect(await isDark()).toBe(false);
  await app.double.setSystemDark(true);
  await expect.poll(isDark).toBe(true);
  await app.evaluate(({ nativeTheme }) => void (nativeTheme.themeSource = 'light'));
  await expect.poll(isDark).toBe(false);
});

test('permissions are the application’s to give', async () => {
  const camera = () =>
    page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        (stream) => stream.getVideoTracks().length,
        (error: Error) => error.name,
      ),
    );
  expect(await camera()).toBe('NotAllowedError');
  expect(await app.double.requestPermission('media', { mediaTypes: ['video'] })).toBe(true);
  expect(await camera()).toBe(1);
  expect(await app.double.requestPermission('geolocation')).toBe(false);
});

test('safeStorage with and without a keyring', async () => {
  const seal = () =>
    app.evaluate(async ({ safeStorage }) => {
      const sealed = await (globalThis as unknown as SampleGlobals).sample.seal('token');
      return [
        safeStorage.getSelectedStorageBackend(),
        Buffer.from(sealed).includes('token'),
        (await safeStorage.decryptStringAsync(Buffer.from(sealed))).result,
      ];
    });
  expect(await seal()).toEqual(['gnome_libsecret', false, 'token']);
  await app.double.chooseStorage('basic_text');
  expect((await seal())[0]).toBe('basic_text');
  await app.double.chooseStorage('unavailable');
  await expect(seal()).rejects.toThrow('encryption is not available');
  expect(await app.evaluate(({ safeStorage }) => safeStorage.isAsyncEncryptionAvailable())).toBe(false);
  await expect(app.evaluate(({ safeStorage }) => safeStorage.encryptString('x'))).rejects.toThrow(
    'does not model safeStorage.encryptString',
  );
});

test('a utility process, by message and by port', async () => {
  const answers = await app.evaluate(
    async ({ utilityProcess, MessageChannelMain }, script) => {
      const child = utilityProcess.fork(script, [], { serviceName: 'worker' });
      const answer = new Promise((resolve) => child.once('message', resolve));
      child.postMessage(21);
      const first = await answer;
      const { port1, port2 } = new MessageChannelMain();
      const overPort = new Promise((resolve) => port1.once('message', ({ data }) => resolve(data)));
      const closed = new Promise((resolve) => port1.once('close', () => resolve('closed')));
      port1.start();
      child.postMessage('here is a port', [port2]);
      port1.postMessage(4);
      const second = await overPort;
      const exited = new Promise((resolve) => child.once('exit', () => resolve('exited')));
      child.kill();
      return [first, second, await closed, await exited];
    },
    join(sample, 'out/main/utility.js'),
  );
  expect(answers).toEqual([{ doubled: 42 }, new Map([['doubled', 8]]), 'closed', 'exited']);
});
