// app: life and death of the application, its paths and its place in the system.
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BrowserWindow, watchWindows } from './browser-window.ts';
import { lifecycle } from './lifecycle.ts';
import { ask, record } from './recorder.ts';
import { acquireInstanceLock, releaseInstanceLock } from './single-instance.ts';
import { createEvent, strict, StrictEmitter } from './strict.ts';
import { userDataFolder } from './user-data.ts';
import type { ModelledApp } from './modelled.ts';

interface Manifest {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

/** The package that the main script belongs to, as Electron finds it. */
function findManifest(): Manifest {
  for (let folder = dirname(process.argv[1] ?? '.'); ; folder = dirname(folder)) {
    try {
      const { name, productName, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
      return { folder, name: productName ?? name ?? 'Electron', version: version ?? '0.0.0' };
    } catch {
      if (folder === dirname(folder)) return { folder: process.cwd(), name: 'Electron', version: '0.0.0' };
    }
  }
}

const manifest = findManifest();
const locale = process.env['ELECTRON_DOUBLE_LOCALE'] ?? 'en-US';

const switches = new Map(
  process.argv.filter((arg) => arg.startsWith('--')).map((arg) => [arg.slice(2).split('=')[0] ?? '', arg.split('=').slice(1).join('=')]),
);

const commandLine = strict('app.commandLine', {
  hasSwitch: (name) => switches.has(name),
  getSwitchValue: (name) => switches.get(name) ?? '',
  appendSwitch: (name, value = '') => void switches.set(name, value),
  removeSwitch: (name) => void switches.delete(name),
  appendArgument: (value) => record('app.commandLine.appendArgument', value),
} satisfies Electron.CommandLine);

class App extends StrictEmitter implements Pick<Electron.App, ModelledApp> {
  readonly commandLine = commandLine;
  readonly isPackaged = process.env['ELECTRON_DOUBLE_PACKAGED'] === '1';
  readonly dock = undefined; // macOS only
  name = manifest.name;
  private readonly paths = new Map<string, string>();
  private readonly loginItem = { openAtLogin: false };
  private readonly protocols = new Set<string>();
  private quitting = false;

  constructor() {
    super('app');
    watchWindows(
      (window) => {
        this.emit('browser-window-created', createEvent(), window);
        this.emit('web-contents-created', createEvent(), window.webContents);
        window.on('focus', () => this.emit('browser-window-focus', createEvent(), window));
        window.on('blur', () => this.emit('browser-window-blur', createEvent(), window));
      },
      () => {
        if (this.quitting) return;
        if (this.listenerCount('window-all-closed') === 0) this.quit();
        else this.emit('window-all-closed');
      },
    );
  }

  isReady = (): boolean => lifecycle.isReady;
  whenReady = (): Promise<void> => lifecycle.ready;

  quit(): void {
    if (this.quitting) return;
    const before = createEvent();
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.quitting = true;
    for (const window of BrowserWindow.getAllWindows()) window.close();
    const willQuit = createEvent();
    // A window that refused to close keeps the application alive.
    if (BrowserWindow.getAllWindows().length === 0) this.emit('will-quit', willQuit);
    if (willQuit.defaultPrevented || BrowserWindow.getAllWindows().length > 0) this.quitting = false;
    else void this.end(0);
  }

  exit(code = 0): void {
    this.quitting = true;
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
    void this.end(code);
  }

  private async end(code: number): Promise<void> {
    this.emit('quit', createEvent(), code);
    releaseInstanceLock();
    await lifecycle.stop();
    process.exit(code);
  }

  /** Recorded only: a test would lose the application that it holds. */
  relaunch(options?: Electron.RelaunchOptions): void {
    record('app.relaunch', options);
  }

  getPath(name: string): string {
    const path =
      this.paths.get(name) ??
      (name === 'userData' || name === 'sessionData'
        ? userDataFolder
        : name === 'exe'
          ? process.execPath
          : join(userDataFolder, 'paths', name));
    if (name !== 'exe') mkdirSync(path, { recursive: true }); // in Electron these folders exist
    return path;
  }

  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }

  getAppPath = (): string => manifest.folder;
  getVersion = (): string => manifest.version;
  getName = (): string => this.name;
  getLocale = (): string => locale;
  getSystemLocale = (): string => locale;
  getPreferredSystemLanguages = (): string[] => [locale];
  enableSandbox = (): void => this.beforeReady('enableSandbox');
  disableHardwareAcceleration = (): void => this.beforeReady('disableHardwareAcceleration');
  focus = (...args: unknown[]): void => record('app.focus', ...args);
  setAppUserModelId = (...args: unknown[]): void => record('app.setAppUserModelId', ...args);
  setAboutPanelOptions = (...args: unknown[]): void => record('app.setAboutPanelOptions', ...args);
  setBadgeCount = (...args: unknown[]): boolean => ask('app.setBadgeCount', true, ...args);

  setName(name: string): void {
    this.name = name;
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    return acquireInstanceLock(additionalData, (argv, folder, data) => this.emit('second-instance', createEvent(), argv, folder, data));
  }

  hasSingleInstanceLock = (): boolean => acquireInstanceLock.held;
  releaseSingleInstanceLock = (): void => releaseInstanceLock();

  setAsDefaultProtocolClient(scheme: string, ...args: unknown[]): boolean {
    this.protocols.add(scheme);
    return ask('app.setAsDefaultProtocolClient', true, scheme, ...args);
  }

  removeAsDefaultProtocolClient = (scheme: string): boolean => this.protocols.delete(scheme);
  isDefaultProtocolClient = (scheme: string): boolean => this.protocols.has(scheme);

  setLoginItemSettings(settings: Electron.Settings): void {
    record('app.setLoginItemSettings', settings);
    Object.assign(this.loginItem, settings);
  }

  getLoginItemSettings = (): Electron.LoginItemSettings => ({
    wasOpenedAtLogin: false,
    executableWillLaunchAtLogin: false,
    launchItems: [],
    status: 'not-registered',
    ...this.loginItem,
  });

  private beforeReady(name: string): void {
    if (lifecycle.isReady) throw new Error(`app.${name}() can only be called before app is ready`);
    record(`app.${name}`);
  }
}

export const app = new App();
