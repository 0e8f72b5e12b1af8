// BrowserWindow: a Chromium page and the state of a window that nobody sees.
import { lifecycle } from './lifecycle.ts';
import { record } from './recorder.ts';
import { createEvent, strict, StrictEmitter } from './strict.ts';
import { Targets } from './targets.ts';
import { WebContents } from './web-contents.ts';
import { applyColorScheme } from './native-theme.ts';
import { refuseInsecure } from './web-preferences.ts';
import type { ModelledBrowserWindow } from './modelled.ts';

const all: BrowserWindowDouble[] = [];
let targets: Promise<Targets> | undefined;
let onCreated: (window: BrowserWindowDouble) => void = () => {};
let onAllClosed: () => void = () => {};

/** `app` has events of its own for what happens to windows. */
export function watchWindows(created: typeof onCreated, allClosed: typeof onAllClosed): void {
  onCreated = created;
  onAllClosed = allClosed;
}

class BrowserWindowDouble extends StrictEmitter implements Pick<Electron.BrowserWindow, ModelledBrowserWindow> {
  static getAllWindows = (): BrowserWindowDouble[] => [...all];
  static getFocusedWindow = (): BrowserWindowDouble | null => all.find((window) => window.isFocused()) ?? null;
  static fromWebContents = (contents: unknown): BrowserWindowDouble | null => all.find((window) => window.webContents === contents) ?? null;
  static fromId = (id: number): BrowserWindowDouble | null => all.find((window) => window.id === id) ?? null;
  private static lastId = 0;

  readonly id = ++BrowserWindowDouble.lastId;
  readonly webContents: WebContents;
  targetId = '';
  private readonly state = {
    visible: true,
    focused: false,
    minimized: false,
    maximized: false,
    fullScreen: false,
    destroyed: false,
    painted: false,
  };
  private bounds = { x: 0, y: 0, width: 800, height: 600 };
  private title = 'Electron';

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    lifecycle.requireReady('BrowserWindow');
    refuseInsecure(options.webPreferences ?? {});
    super('BrowserWindow');
    this.state.visible = options.show !== false;
    this.title = options.title ?? this.title;
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.webContents = new WebContents(options.webPreferences ?? {});
    this.webContents.on('did-finish-load', () => this.paint());
    this.webContents.on('page-title-updated', (event: ReturnType<typeof createEvent>, title: string) => {
      this.emit('page-title-updated', event, title, true);
      if (!event.defaultPrevented) this.title = title;
    });
    all.push(this);
    this.webContents.attach(this.openPage());
    if (this.state.visible) this.focus();
    onCreated(this);
  }

  private async openPage() {
    targets ??= Targets.open(lifecycle.chromium.connection);
    const page = await (await targets).create(() => this.gone());
    this.targetId = page.targetId;
    await this.resize(page.session);
    await applyColorScheme(page.session);
    return page;
  }

  private resize(session: {
    send: (
      method: 'Emulation.setDeviceMetricsOverride',
      parameters: { width: number; height: number; deviceScaleFactor: number; mobile: boolean },
    ) => Promise<unknown>;
  }) {
    return session.send('Emulation.setDeviceMetricsOverride', {
      width: this.bounds.width,
      height: this.bounds.height,
      deviceScaleFactor: 1,
      mobile: false,
    });
  }

  loadURL = (url: string): Promise<void> => this.webContents.loadURL(url);
  loadFile = (path: string): Promise<void> => this.webContents.loadFile(path);
  reload = (): void => this.webContents.reload();

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    if (this.state.visible) return;
    this.state.visible = true;
    this.emit('show');
  }

  hide(): void {
    if (!this.state.visible) return;
    this.blur();
    this.state.visible = false;
    this.emit('hide');
  }

  focus(): void {
    if (this.state.focused) return;
    for (const other of all) other.blur();
    this.state.focused = true;
    this.emit('focus');
  }

  blur(): void {
    if (!this.state.focused) return;
    this.state.focused = false;
    this.emit('blur');
  }

  minimize = (): void => this.change('minimized', true, 'minimize');
  maximize = (): void => this.change('maximized', true, 'maximize');
  unmaximize = (): void => this.change('maximized', false, 'unmaximize');
  restore = (): void => (this.state.minimized ? this.change('minimized', false, 'restore') : this.change('maximized', false, 'unmaximize'));
  setFullScreen = (flag: boolean): void => this.change('fullScreen', flag, flag ? 'enter-full-screen' : 'leave-full-screen');
  isVisible = (): boolean => this.state.visible && !this.state.destroyed;
  isFocused = (): boolean => this.state.focused && !this.state.destroyed;
  isMinimized = (): boolean => this.state.minimized;
  isMaximized = (): boolean => this.state.maximized;
  isFullScreen = (): boolean => this.state.fullScreen;
  isDestroyed = (): boolean => this.state.destroyed;
  getTitle = (): string => this.title;
  getBounds = (): Electron.Rectangle => ({ ...this.bounds });
  getNormalBounds = (): Electron.Rectangle => this.getBounds();
  getSize = (): number[] => [this.bounds.width, this.bounds.height];
  getContentSize = (): number[] => this.getSize(); // there is no frame around a page

  setTitle(title: string): void {
    this.title = title;
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const before = this.bounds;
    this.bounds = { ...before, ...bounds };
    if (before.x !== this.bounds.x || before.y !== this.bounds.y) this.emit('move');
    if (before.width === this.bounds.width && before.height === this.bounds.height) return;
    void this.webContents.command((session) => this.resize(session)).catch(() => {});
    this.emit('resize');
  }

  // Only seen by an eye: recorded for the test, nothing else.
  setMenu = (...args: unknown[]): void => record('BrowserWindow.setMenu', ...args);
  removeMenu = (): void => record('BrowserWindow.removeMenu');
  setMenuBarVisibility = (...args: unknown[]): void => record('BrowserWindow.setMenuBarVisibility', ...args);
  setAutoHideMenuBar = (...args: unknown[]): void => record('BrowserWindow.setAutoHideMenuBar', ...args);
  setMinimumSize = (...args: unknown[]): void => record('BrowserWindow.setMinimumSize', ...args);
  setBackgroundColor = (...args: unknown[]): void => record('BrowserWindow.setBackgroundColor', ...args);
  setIcon = (...args: unknown[]): void => record('BrowserWindow.setIcon', ...args);
  setAlwaysOnTop = (...args: unknown[]): void => record('BrowserWindow.setAlwaysOnTop', ...args);
  setOverlayIcon = (...args: unknown[]): void => record('BrowserWindow.setOverlayIcon', ...args);
  setContentProtection = (...args: unknown[]): void => record('BrowserWindow.setContentProtection', ...args);
  setProgressBar = (...args: unknown[]): void => record('BrowserWindow.setProgressBar', ...args);
  flashFrame = (...args: unknown[]): void => record('BrowserWindow.flashFrame', ...args);
  moveTop = (): void => record('BrowserWindow.moveTop');
  center = (): void => record('BrowserWindow.center');

  close(): void {
    if (this.state.destroyed) return;
    const event = createEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    // The page is closed by its window's identity: the session may still be on its way.
    void this.webContents.command((session) => session.send('Page.close')).catch(() => {});
    this.gone();
  }

  private change(key: 'minimized' | 'maximized' | 'fullScreen', value: boolean, event: string): void {
    if (this.state[key] === value) return;
    this.state[key] = value;
    this.emit(event);
  }

  private paint(): void {
    if (this.state.painted) return;
    this.state.painted = true;
    this.emit('ready-to-show');
  }

  private gone(): void {
    if (this.state.destroyed) return;
    this.state.destroyed = true;
    all.splice(all.indexOf(this), 1);
    this.webContents.destroy();
    this.emit('closed');
    if (all.length === 0) onAllClosed();
  }
}

export type { BrowserWindowDouble };
export const BrowserWindow = strict('BrowserWindow', BrowserWindowDouble);
