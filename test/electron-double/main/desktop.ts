// What belongs to the desktop around the windows: tray, notifications, dialogs, shortcuts, clipboard, power, screens, images.
// All of it is recorded; what a person would do is played by the test.
import type { MenuDouble } from './menu.ts';
import { ask, record } from './recorder.ts';
import { strict, StrictEmitter } from './strict.ts';

class TrayDouble extends StrictEmitter implements Pick<Electron.Tray, 'setToolTip' | 'setTitle' | 'setImage' | 'destroy' | 'isDestroyed'> {
  menu: MenuDouble | null = null;
  private destroyed = false;

  constructor(image: unknown) {
    super('Tray');
    record('Tray', image);
    latest.tray = this;
  }

  setContextMenu(menu: MenuDouble | null): void {
    this.menu = menu;
    record('Tray.setContextMenu', menu?.labels() ?? null);
  }

  setToolTip = (text: string): void => record('Tray.setToolTip', text);
  setTitle = (text: string): void => record('Tray.setTitle', text);
  setImage = (image: unknown): void => record('Tray.setImage', image);
  popUpContextMenu = (): void => record('Tray.popUpContextMenu', this.menu?.labels() ?? null);
  isDestroyed = (): boolean => this.destroyed;

  destroy(): void {
    this.destroyed = true;
  }
}

class NotificationDouble extends StrictEmitter implements Pick<Electron.Notification, 'show' | 'close' | 'title' | 'body'> {
  static isSupported = (): boolean => ask('Notification.isSupported', true);
  title: string;
  body: string;
  private readonly options: Electron.NotificationConstructorOptions;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super('Notification');
    this.options = options;
    this.title = options.title ?? '';
    this.body = options.body ?? '';
  }

  show(): void {
    record('Notification.show', { ...this.options, title: this.title, body: this.body });
    latest.notification = this;
    this.emit('show', {});
  }

  close(): void {
    record('Notification.close');
    this.emit('close', {});
  }
}

/** The objects that a test reaches by `emit('tray', …)` and `emit('notification', …)`. */
export const latest: { tray?: TrayDouble; notification?: NotificationDouble } = {};
export const Tray = strict('Tray', TrayDouble);
export const Notification = strict('Notification', NotificationDouble);

// Dialogs come with or without a window in front; only the options matter here.
export const dialog = strict('dialog', {
  showMessageBox: async (...args: unknown[]) => {
    const options = args.at(-1) as Electron.MessageBoxOptions;
    return ask(
      'dialog.showMessageBox',
      { response: options.cancelId ?? options.defaultId ?? 0, checkboxChecked: options.checkboxChecked ?? false },
      options,
    );
  },
  showOpenDialog: async (...args: unknown[]) =>
    ask<Electron.OpenDialogReturnValue>('dialog.showOpenDialog', { canceled: true, filePaths: [] }, args.at(-1)),
  showSaveDialog: async (...args: unknown[]) =>
    ask<Electron.SaveDialogReturnValue>('dialog.showSaveDialog', { canceled: true, filePath: '' }, args.at(-1)),
  showErrorBox: (title: string, content: string) => record('dialog.showErrorBox', title, content),
} satisfies Partial<Electron.Dialog>);

const shortcuts = new Map<string, () => void>();

export const globalShortcut = strict('globalShortcut', {
  register(accelerator: string, callback: () => void): boolean {
    const free = ask('globalShortcut.register', !shortcuts.has(accelerator), accelerator);
    if (free) shortcuts.set(accelerator, callback);
    return free;
  },
  isRegistered: (accelerator: string) => shortcuts.has(accelerator),
  unregister: (accelerator: string) => void shortcuts.delete(accelerator),
  unregisterAll: () => shortcuts.clear(),
} satisfies Partial<Electron.GlobalShortcut>);

export function pressShortcut(accelerator: string): void {
  const callback = shortcuts.get(accelerator);
  if (!callback) throw new Error(`no global shortcut '${accelerator}' is registered`);
  callback();
}

class PowerMonitor
  extends StrictEmitter
  implements Pick<Electron.PowerMonitor, 'getSystemIdleState' | 'getSystemIdleTime' | 'isOnBatteryPower' | 'onBatteryPower'>
{
  constructor() {
    super('powerMonitor');
  }

  getSystemIdleState = () => ask<'active' | 'idle' | 'locked' | 'unknown'>('powerMonitor.getSystemIdleState', 'active');
  getSystemIdleTime = () => ask('powerMonitor.getSystemIdleTime', 0);
  isOnBatteryPower = () => ask('powerMonitor.isOnBatteryPower', false);

  get onBatteryPower(): boolean {
    return this.isOnBatteryPower();
  }
}

export const powerMonitor = new PowerMonitor();

const blockers = new Set<number>();

export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(type) {
    record('powerSaveBlocker.start', type);
    blockers.add(blockers.size + 1);
    return blockers.size;
  },
  stop: (id) => blockers.delete(id),
  isStarted: (id) => blockers.has(id),
} satisfies Electron.PowerSaveBlocker);

const area = { x: 0, y: 0, width: 1920, height: 1080 };
const display = {
  id: 1,
  label: 'Double',
  scaleFactor: 1,
  rotation: 0,
  internal: true,
  bounds: area,
  workArea: area,
  size: { width: 1920, height: 1080 },
  workAreaSize: { width: 1920, height: 1080 },
} as Electron.Display;

class Screen
  extends StrictEmitter
  implements
    Pick<
      Electron.Screen,
      'getPrimaryDisplay' | 'getAllDisplays' | 'getDisplayMatching' | 'getDisplayNearestPoint' | 'getCursorScreenPoint'
    >
{
  constructor() {
    super('screen');
  }

  getPrimaryDisplay = () => ask('screen.getPrimaryDisplay', display);
  getAllDisplays = () => ask('screen.getAllDisplays', [display]);
  getDisplayMatching = () => display;
  getDisplayNearestPoint = () => display;
  getCursorScreenPoint = () => ({ x: 0, y: 0 });
}

export const screen = new Screen();

let clipboardText = '';

export const clipboard = strict('clipboard', {
  readText: async () => clipboardText,
  async writeText(text) {
    record('clipboard.writeText', text);
    clipboardText = text;
  },
  clear() {
    clipboardText = '';
  },
} satisfies Partial<Electron.Clipboard>);

export const shell = strict('shell', {
  openExternal: async (url) => ask<void>('shell.openExternal', undefined, url),
  openPath: async (path) => ask('shell.openPath', '', path),
  showItemInFolder: (path) => record('shell.showItemInFolder', path),
  trashItem: async (path) => ask<void>('shell.trashItem', undefined, path),
  beep: () => record('shell.beep'),
} satisfies Partial<Electron.Shell>);

/** An image remembers where it came from, so that a test can tell one icon from another. */
function createImage(source: string) {
  return strict('NativeImage', {
    source,
    isEmpty: () => source === '',
    getSize: () => ({ width: 16, height: 16 }),
    resize: () => createImage(source),
    setTemplateImage: () => {},
    toString: () => source,
  });
}

export const nativeImage = strict('nativeImage', {
  createEmpty: () => createImage(''),
  createFromPath: createImage,
  createFromDataURL: createImage,
  createFromBuffer: (bytes: Uint8Array) => createImage(`[${bytes.byteLength} bytes]`),
});
