import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import Store from 'electron-store';
import { findActivationLink, screenOfLink } from './activation-link.ts';
import { bundleOrigin } from './bundle-url.ts';
import type { MainModule } from './main-module.ts';
import type { Paths } from './paths.ts';
import { openingBounds, readWindowState, smallestWindow, type WindowState } from './window-state.ts';

/** `--canvas` of the window's own tokens: what is seen before the page has drawn anything. */
const background = { light: '#f5f6f7', dark: '#111417' } as const;

export type MainWindow = MainModule & {
  /** The window, while there is one. */
  current(): BrowserWindow | null;
  /** Brings it to the front, and makes it anew where it was closed (macOS). */
  show(): void;
  setTheme(theme: WindowState['theme']): void;
};

export function createMainWindow(paths: Paths): MainWindow {
  const store = new Store<WindowState>({ cwd: paths.dataDir, name: 'window', clearInvalidConfig: true });
  const read = (): WindowState => readWindowState(store.store);
  let window: BrowserWindow | null = null;
  let quitting = false;
  /** A link that came before there was a window. */
  let pendingLink = findActivationLink(process.argv);

  const remember = (opened: BrowserWindow): void => store.set({ bounds: opened.getNormalBounds(), maximized: opened.isMaximized() });

  const open = (): void => {
    const opened = openWindow(paths, read());
    load(opened, pendingLink);
    pendingLink = null;
    window = opened;
    opened.on('close', () => remember(opened));
    opened.on('closed', () => (window = null));
  };

  /** Other links, such as the way back from a payment, only bring the window to the front. */
  const follow = (link: string | null): void => {
    pendingLink = link ?? pendingLink;
    show();
    if (window === null || pendingLink === null) return;
    load(window, pendingLink);
    pendingLink = null;
  };
  app.on('second-instance', (_event, argv) => follow(findActivationLink(argv)));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    follow(findActivationLink([url]));
  });
  app.on('activate', () => show());
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && !quitting) app.quit();
  });
  const show = (): void => {
    if (!app.isReady() || quitting) return;
    if (window === null) return open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  return {
    current: () => window,
    show,
    setTheme(theme) {
      nativeTheme.themeSource = theme;
      store.set('theme', theme);
    },
    onReady() {
      nativeTheme.themeSource = read().theme;
      nativeTheme.on('updated', () => window?.setBackgroundColor(backgroundColor()));
      open();
    },
    onQuit() {
      quitting = true;
      if (window !== null) remember(window); // at once: the quit may be cut short by the system
      window?.hide(); // the person is done; what still has to end does so unseen
    },
  };
}

function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? background.dark : background.light;
}

function openWindow(paths: Paths, state: WindowState): BrowserWindow {
  const display = state.bounds === null ? screen.getPrimaryDisplay() : screen.getDisplayMatching(state.bounds);
  const window = new BrowserWindow({
    ...openingBounds(state.bounds, display.workArea),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    title: 'LEB Companion',
    icon: paths.icon,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: backgroundColor(),
    webPreferences: {
      preload: paths.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  // A page whose process has died would be an empty window for ever.
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit') window.reload();
  });
  return window;
}

/** Loads the page, or shows another screen of the one that is there: what comes behind the `#` loads nothing anew. */
function load(window: BrowserWindow, link: string | null): void {
  window.loadURL(`${bundleOrigin}/index.html${screenOfLink(link)}`).catch((error: unknown) => {
    if (!window.isDestroyed()) console.error(error); // else the person was faster
  });
}
