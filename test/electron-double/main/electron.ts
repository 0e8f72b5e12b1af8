// The module that `import … from 'electron'` and `require('electron')` find in the main process.
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import {
  clipboard,
  dialog,
  globalShortcut,
  nativeImage,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  screen,
  shell,
  Tray,
} from './desktop.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu, MenuItem } from './menu.ts';
import { nativeTheme } from './native-theme.ts';
import { net, protocol, session } from './network.ts';
import { MessageChannelMain } from './ports.ts';
import { safeStorage } from './safe-storage.ts';
import { start } from './start.ts';
import { strict, unmodelled } from './strict.ts';
import { utilityProcess } from './utility-process.ts';
import { WebContents } from './web-contents.ts';

const webContents = strict('webContents', { getAllWebContents: WebContents.getAllWebContents, fromId: WebContents.fromId });

// Every name that Electron exports exists, so that an import never fails to link; what is not modelled throws when used.
const autoUpdater = unmodelled('autoUpdater');
const BaseWindow = unmodelled('BaseWindow');
const BrowserView = unmodelled('BrowserView');
const ClipboardItem = unmodelled('ClipboardItem');
const contentTracing = unmodelled('contentTracing');
const crashReporter = unmodelled('crashReporter');
const desktopCapturer = unmodelled('desktopCapturer');
const ImageView = unmodelled('ImageView');
const inAppPurchase = unmodelled('inAppPurchase');
const netLog = unmodelled('netLog');
const pushNotifications = unmodelled('pushNotifications');
const ShareMenu = unmodelled('ShareMenu');
const systemPreferences = unmodelled('systemPreferences');
const TouchBar = unmodelled('TouchBar');
const View = unmodelled('View');
const WebContentsView = unmodelled('WebContentsView');
const webFrameMain = unmodelled('webFrameMain');

/** Everything that is modelled. The key check fails the type check when a name is not Electron's. */
const modelled = {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
} satisfies Partial<Record<keyof typeof Electron.CrossProcessExports, unknown>>;

const electron = strict('electron', {
  ...modelled,
  autoUpdater,
  BaseWindow,
  BrowserView,
  ClipboardItem,
  contentTracing,
  crashReporter,
  desktopCapturer,
  ImageView,
  inAppPurchase,
  netLog,
  pushNotifications,
  ShareMenu,
  systemPreferences,
  TouchBar,
  View,
  WebContentsView,
  webFrameMain,
} satisfies Partial<Record<keyof typeof Electron.CrossProcessExports, unknown>>);

export {
  app,
  autoUpdater,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  ImageView,
  inAppPurchase,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  safeStorage,
  screen,
  session,
  ShareMenu,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  webContents,
  WebContentsView,
  webFrameMain,
};
// oxlint-disable-next-line import/no-default-export -- Electron has one
export default electron;

start(electron);
