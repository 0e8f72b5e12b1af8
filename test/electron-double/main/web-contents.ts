// webContents: the page behind a window.
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import type { PageFrame, PortFrame } from '../shared/frames.ts';
import type { CdpSession } from './cdp.ts';
import { cloneForIpc } from './codec.ts';
import { ipcMain } from './ipc-main.ts';
import { defaultSession } from './network.ts';
import { PageWishes } from './page-wishes.ts';
import { applyPermissions } from './permissions.ts';
import { PreloadLine } from './preload-line.ts';
import { createMainWorldScript, createPreloadScript, worldName } from './preload-script.ts';
import { transferPorts } from './ports.ts';
import { record } from './recorder.ts';
import { interceptRequests } from './requests.ts';
import { schemes } from './schemes.ts';
import { createEvent, StrictEmitter } from './strict.ts';
import { createMainFrame } from './web-frame.ts';
import type { ModelledWebContents } from './modelled.ts';

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

const all: WebContents[] = [];

export class WebContents extends StrictEmitter implements Pick<Electron.WebContents, ModelledWebContents> {
  static getAllWebContents = (): WebContents[] => [...all];
  static fromId = (id: number): WebContents | undefined => all.find((contents) => contents.id === id);
  private static lastId = 0;

  readonly id = ++WebContents.lastId;
  readonly session = defaultSession as unknown as Electron.Session;
  readonly mainFrame = createMainFrame(this);
  private readonly line = new PreloadLine();
  private readonly preferences: Electron.WebPreferences;
  private cdp: Promise<CdpSession> = Promise.reject(new Error('the page is not open yet'));
  private mainFrameId = '';
  private url = '';
  private title = '';
  private destroyed = false;
  private loading = false;
  private zoom = 1;
  private openHandler: OpenHandler | undefined;
  private preloadInstalled = false;
  private readonly loaded = new Set<string>();
  private readonly wishes = new PageWishes();

  constructor(preferences: Electron.WebPreferences) {
    super('webContents');
    this.preferences = preferences;
    this.cdp.catch(() => {});
    all.push(this);
  }

  /** Called by the window once its page exists. */
  attach(page: Promise<{ session: CdpSession }>): void {
    this.cdp = page.then(({ session }) => this.prepare(session));
    this.cdp.catch((error: unknown) => console.error('the Electron double could not open a page:', error));
  }

  private async prepare(cdp: CdpSession): Promise<CdpSession> {
    await cdp.send('Page.enable');
    this.mainFrameId = (await cdp.send('Page.getFrameTree')).frameTree.frame.id;
    cdp.on('Page.frameNavigated', ({ frame }) => frame.parentId === undefined && this.committed(frame.url + (frame.urlFragment ?? '')));
    cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => frameId === this.mainFrameId && this.movedWithin(url));
    cdp.on('Page.lifecycleEvent', ({ frameId, loaderId, name }) => frameId === this.mainFrameId && this.reached(name, loaderId));
    cdp.on('Page.frameRequestedNavigation', ({ frameId, url }) => frameId === this.mainFrameId && this.wishes.wish(schemes.toApp(url)));
    cdp.on('Page.windowOpen', (request) => this.windowOpenRequested(request.url, request.windowName, request.windowFeatures));
    cdp.on('Inspector.targetCrashed', () => this.crashed());
    await this.line.open(cdp, this.mainFrameId, (frame) => void this.receive(frame));
    await cdp.send('Page.setLifecycleEventsEnabled', { enabled: true });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: createMainWorldScript() });
    await interceptRequests(cdp, { mainFrameId: this.mainFrameId, mayNavigate: (url) => this.mayNavigate(url) });
    await cdp.send('Runtime.runIfWaitingForDebugger');
    return cdp;
  }

  /** Runs once the URL is known, because the preload's window.postMessage() has to know the origin. */
  private async installPreload(cdp: CdpSession, url: string): Promise<void> {
    const { preload, additionalArguments } = this.preferences;
    if (preload === undefined || this.preloadInstalled) return;
    this.preloadInstalled = true;
    try {
      await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
        worldName,
        source: createPreloadScript(preload, url, additionalArguments ?? []),
      });
    } catch (error) {
      this.emit('preload-error', createEvent(), preload, error);
      console.error(`Unable to load preload script: ${preload}`, error);
    }
  }

  async loadURL(url: string): Promise<void> {
    const cdp = await this.cdp;
    await this.installPreload(cdp, url);
    await applyPermissions(this, url);
    this.wishes.order(url);
    const { loaderId, errorText } = await cdp.send('Page.navigate', { url: schemes.toPage(url) });
    if (errorText !== undefined) {
      this.emit('did-fail-load', createEvent(), -2, errorText, url, true);
      throw new Error(`${errorText} loading '${url}'`);
    }
    if (loaderId === undefined || this.loaded.has(loaderId)) return;
    await new Promise<void>((done, reject) => {
      this.once(`loaded ${loaderId}`, done);
      this.once('destroyed', () => reject(new Error(`ERR_FAILED (-2) loading '${url}'`)));
    });
  }

  loadFile(path: string): Promise<void> {
    return this.loadURL(pathToFileURL(resolve(path)).href);
  }

  reload(): void {
    this.wishes.order(this.url);
    void this.cdp.then((cdp) => cdp.post('Page.reload'));
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    const cdp = await this.cdp;
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
      userGesture,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  send(channel: string, ...args: unknown[]): void {
    this.line.send({ kind: 'message', channel, args: cloneForIpc(args), ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: readonly Electron.MessagePortMain[] = []): void {
    const args = [cloneForIpc(message)];
    this.line.send({ kind: 'message', channel, args, ports: transferPorts(transfer).map((end) => this.line.ports.give(end)) });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  forcefullyCrashRenderer(): void {
    void this.cdp.then((cdp) => cdp.post('Page.crash'));
  }

  openDevTools(options?: Electron.OpenDevToolsOptions): void {
    record('webContents.openDevTools', options);
  }

  isDevToolsOpened = (): boolean => false;
  getURL = (): string => this.url;
  getTitle = (): string => this.title;
  isLoading = (): boolean => this.loading;
  isDestroyed = (): boolean => this.destroyed;
  getZoomFactor = (): number => this.zoom;

  setZoomFactor(factor: number): void {
    this.zoom = factor;
    void this.cdp.then((cdp) => cdp.post('Emulation.setPageScaleFactor', { pageScaleFactor: factor }));
  }

  /** For the other parts of the double. */
  async command<R>(action: (cdp: CdpSession) => R): Promise<Awaited<R>> {
    return await action(await this.cdp);
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    all.splice(all.indexOf(this), 1);
    this.line.close();
    this.emit('destroyed');
  }

  private async receive(frame: Exclude<PageFrame, PortFrame>): Promise<void> {
    if (frame.kind === 'send')
      return ipcMain.receive(
        this,
        frame.channel,
        frame.args,
        frame.ports.map((id) => this.line.ports.take(id)),
      );
    if (frame.kind === 'preload-error')
      return void this.emit(
        'preload-error',
        createEvent(),
        this.preferences.preload,
        Object.assign(new Error(frame.message), { stack: frame.stack }),
      );
    try {
      this.line.send({ kind: 'reply', call: frame.call, value: await ipcMain.invoke(this, frame.channel, frame.args) });
    } catch (error) {
      console.error(`Error occurred in handler for '${frame.channel}':`, error);
      this.line.send({ kind: 'failure', call: frame.call, message: String(error) });
    }
  }

  private async mayNavigate(url: string): Promise<boolean> {
    if (!(await this.wishes.isWish(url))) return true;
    const event = createEvent({ url, isMainFrame: true, isSameDocument: false, frame: this.mainFrame });
    this.emit('will-navigate', event, url, false, true);
    if (event.defaultPrevented) return false;
    this.loading = true;
    return true;
  }

  private windowOpenRequested(pageUrl: string, frameName: string, features: readonly string[]): void {
    const url = schemes.toApp(pageUrl);
    const details = {
      url,
      frameName,
      features: features.filter((feature) => feature !== 'noopener').join(','), // the page's window.open() adds it
      disposition: 'foreground-tab' as const,
      referrer: { url: this.url, policy: 'default' as const },
    };
    const { action } = this.openHandler?.(details) ?? { action: 'allow' };
    record('webContents.windowOpen', url, action);
    if (action === 'allow') console.error(`the Electron double does not model windows that a page opens: ${url}`);
  }

  private committed(url: string): void {
    this.url = schemes.toApp(url);
    this.loading = true;
    this.wishes.forget();
    this.emit('did-start-loading');
    this.emit('did-navigate', createEvent(), this.url, 200, 'OK');
  }

  private movedWithin(url: string): void {
    this.url = schemes.toApp(url);
    this.emit('did-navigate-in-page', createEvent(), this.url, true);
  }

  private reached(milestone: string, loaderId: string): void {
    if (milestone === 'DOMContentLoaded') this.emit('dom-ready', createEvent());
    if (milestone !== 'load') return;
    this.loading = false;
    this.loaded.add(loaderId);
    this.emit('did-finish-load');
    this.emit('did-stop-loading');
    this.emit(`loaded ${loaderId}`);
    void this.executeJavaScript('document.title').then(
      (title) => this.emit('page-title-updated', createEvent(), (this.title = String(title)), true),
      () => {},
    );
  }

  private crashed(): void {
    this.line.close();
    this.emit('render-process-gone', createEvent(), { reason: 'crashed', exitCode: 5 });
  }
}
