/* oxlint-disable no-restricted-imports -- an Electron application of its own */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RPCHandler } from '@orpc/server/message-port';
import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  MessageChannelMain,
  net,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
  nativeImage,
  type MessagePortMain,
  type WebContents,
} from 'electron';
import { cloneWhenBytes } from '../transfer';
import { router } from './router';

const csp = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'";
// The same application with the port made by either side; a real one would choose.
const portFromMain = process.env['SAMPLE_PORT_FROM'] === 'main';
let refused = 0;
let closedPorts = 0;

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
if (!app.requestSingleInstanceLock()) app.quit();

const handler = new RPCHandler(router, { experimental_transfer: cloneWhenBytes });

function serve(port: MessagePortMain): void {
  handler.upgrade(port);
  port.on('close', () => (closedPorts += 1));
  port.start();
}

function isOurPage(window: BrowserWindow, sender: WebContents, frame: Electron.WebFrameMain | null): boolean {
  return sender === window.webContents && frame !== null && frame === sender.mainFrame && frame.url.startsWith('app://bundle/');
}

async function createWindow(): Promise<void> {
  const window = new BrowserWindow({
    width: 900,
    height: 600,
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      additionalArguments: [`--port-from=${portFromMain ? 'main' : 'preload'}`],
    },
  });
  ipcMain.on('connect', (event) => {
    if (!isOurPage(window, event.sender, event.senderFrame)) refused += 1;
    else if (portFromMain) {
      const { port1, port2 } = new MessageChannelMain();
      serve(port1);
      event.sender.postMessage('connected', null, [port2]);
    } else if (event.ports[0]) serve(event.ports[0]);
  });
  window.webContents.setWindowOpenHandler(({ url }) => {
    if (url.startsWith('https://')) void shell.openExternal(url);
    return { action: 'deny' };
  });
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  app.on('second-instance', (_event, argv) => window.setTitle(`again: ${argv.at(-1)}`));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    window.setTitle(`link: ${url}`);
  });
  await window.loadURL('app://bundle/index.html');
}

function createTray(): void {
  const tray = new Tray(nativeImage.createEmpty());
  tray.setToolTip('Sample');
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Show', click: () => BrowserWindow.getAllWindows()[0]?.show() },
      { type: 'separator' },
      { label: 'Quit', role: 'quit' },
    ]),
  );
}

async function comeUp(): Promise<void> {
  protocol.handle('app', async (request) => {
    const file = await net.fetch(pathToFileURL(join(import.meta.dirname, '../renderer', new URL(request.url).pathname)).href);
    return new Response(file.body, { headers: { 'content-type': file.headers.get('content-type') ?? '', 'content-security-policy': csp } });
  });
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) => decide(permission === 'media'));
  Object.assign(globalThis, {
    sample: { refused: () => refused, closedPorts: () => closedPorts, seal: (text: string) => safeStorage.encryptStringAsync(text) },
  });
  createTray();
  await createWindow();
}

void app.whenReady().then(comeUp);
app.on('window-all-closed', () => app.quit());
