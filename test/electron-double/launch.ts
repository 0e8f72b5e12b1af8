// launch() has the shape of Playwright's `_electron.launch()`, so that one spec runs on the double and on real Electron.
import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';
import type { EvaluateTarget, ToMain, ToTest } from './shared/control.ts';
import type { controls } from './main/controls.ts';

type ElectronModule = typeof Electron.CrossProcessExports;
type Controls = {
  readonly [K in keyof typeof controls]: (...args: Parameters<(typeof controls)[K]>) => Promise<Awaited<ReturnType<(typeof controls)[K]>>>;
};
type Payload = Omit<Extract<ToMain, { kind: 'evaluate' }>, 'id'> | Omit<Extract<ToMain, { kind: 'double' }>, 'id'>;

export interface LaunchOptions {
  /** As on Electron's command line: the script or the folder of the application, and its switches. */
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Node 24 or later. By default the one that runs the test. */
  readonly executablePath?: string;
  readonly timeout?: number;
}

const register = fileURLToPath(new URL('./register.ts', import.meta.url));

/** Electron takes a script or a folder with a package.json. */
function resolveMain(path: string, cwd: string): string {
  const absolute = resolve(cwd, path);
  if (!existsSync(absolute)) throw new Error(`the application ${absolute} does not exist: has it been built?`);
  if (!statSync(absolute).isDirectory()) return absolute;
  const { main } = JSON.parse(readFileSync(join(absolute, 'package.json'), 'utf8')) as { main?: string };
  return join(absolute, main ?? 'index.js');
}

/** The child leads a process group of its own, so one signal reaches Chromium and every utility process. */
function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') return void spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}

/** A process that has just been killed may still finish a write, and so bring its folder back. */
async function removeFolder(folder: string): Promise<void> {
  for (let round = 0; round < 20 && existsSync(folder); round++) {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    await new Promise((done) => setTimeout(done, 30));
  }
}

export class ElectronApplication extends EventEmitter {
  /** Plays the person and the system. Undefined on real Electron: `test.skip(!app.double)`. */
  readonly double: Controls;
  private readonly child: ChildProcess;
  private readonly temporaryFolder: string;
  private readonly waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  private readonly targetIds: string[] = [];
  private readonly pages = new Map<string, Page>();
  private readonly exited: Promise<unknown>;
  private browser: Browser | undefined;
  private lastId = 0;

  constructor(child: ChildProcess, temporaryFolder: string) {
    super();
    this.child = child;
    this.temporaryFolder = temporaryFolder;
    this.exited = new Promise((done) => child.once('exit', done).once('error', done)).then(() => this.ended());
    child.on('message', (message: ToTest) => this.receive(message));
    this.double = new Proxy({} as Controls, {
      get: (_target, method) =>
        typeof method === 'string' && method !== 'then'
          ? (...args: unknown[]) => this.request({ kind: 'double', method, args })
          : undefined,
    });
  }

  /** For launch(): waits for Chromium, connects, lets the application become ready. */
  async connect(timeout: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const failure = new Promise<never>((_resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('exit', (code, signal) => reject(new Error(`the application exited (${signal ?? code}) before it was ready`)));
      timer = setTimeout(() => reject(new Error(`the application was not ready within ${timeout} ms`)), timeout);
    });
    try {
      const [hello] = (await Promise.race([once(this, 'hello'), failure])) as [Extract<ToTest, { kind: 'hello' }>];
      this.browser = await Promise.race([chromium.connectOverCDP(hello.endpoint), failure]);
      const ready = once(this, 'ready');
      this.post({ kind: 'go' });
      await Promise.race([ready, failure]);
    } finally {
      clearTimeout(timer);
      failure.catch(() => {});
    }
  }

  process = (): ChildProcess => this.child;
  windows = (): Page[] => this.targetIds.flatMap((id) => this.pages.get(id) ?? []).filter((page) => !page.isClosed());

  context(): BrowserContext {
    const context = this.browser?.contexts()[0];
    if (!context) throw new Error('the application is not connected');
    return context;
  }

  async firstWindow(options: { timeout?: number } = {}): Promise<Page> {
    return this.windows()[0] ?? (await this.waitForEvent('window', options));
  }

  async waitForEvent(event: 'window' | 'close', { timeout = 30_000 }: { timeout?: number } = {}): Promise<Page> {
    const [page] = (await once(this, event, { signal: AbortSignal.timeout(timeout) })) as [Page];
    return page;
  }

  evaluate<R, A = undefined>(pageFunction: (electron: ElectronModule, arg: A) => R | Promise<R>, arg?: A): Promise<R> {
    return this.request({ kind: 'evaluate', target: { kind: 'electron' }, source: String(pageFunction), arg }) as Promise<R>;
  }

  /** The main process's side of a page, with an evaluate() of its own. */
  async browserWindow(page: Page) {
    const targetId = [...this.pages].find(([, candidate]) => candidate === page)?.[0];
    if (targetId === undefined) throw new Error('this page belongs to no window');
    const target: EvaluateTarget = { kind: 'window', targetId };
    return {
      evaluate: <R, A = undefined>(pageFunction: (window: Electron.BrowserWindow, arg: A) => R | Promise<R>, arg?: A) =>
        this.request({ kind: 'evaluate', target, source: String(pageFunction), arg }) as Promise<R>,
    };
  }

  /** Quits as a person would and insists after fifteen seconds: an application may hold its quit while it ends its own processes. No process is left, whatever happened before. */
  async close(): Promise<void> {
    const insist = setTimeout(() => killTree(this.child), 15_000);
    await this.evaluate(({ app }) => void setTimeout(() => app.quit(), 0)).catch(() => killTree(this.child));
    await this.exited;
    clearTimeout(insist);
  }

  /** Ends everything at once, without asking the application. */
  async kill(): Promise<void> {
    killTree(this.child);
    await this.exited;
  }

  private async ended(): Promise<void> {
    killTree(this.child); // whatever the application left running
    for (const call of this.waiting.values()) call.reject(new Error('the application has exited'));
    this.waiting.clear();
    await this.browser?.close().catch(() => {});
    await removeFolder(this.temporaryFolder);
    this.emit('close');
  }

  private post(message: ToMain): void {
    if (this.child.connected) this.child.send(message, () => {});
  }

  private request(payload: Payload): Promise<unknown> {
    if (!this.child.connected) return Promise.reject(new Error('the application has exited'));
    const id = ++this.lastId;
    this.post({ ...payload, id });
    return new Promise((done, reject) => this.waiting.set(id, { resolve: done, reject }));
  }

  private receive(message: ToTest): void {
    if (message.kind === 'hello' || message.kind === 'ready') return void this.emit(message.kind, message);
    if (message.kind === 'window') return void this.announce(message.targetId);
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.kind === 'result') waiting?.resolve(message.value);
    else waiting?.reject(Object.assign(new Error(message.message), { stack: message.stack }));
  }

  /** Finds Playwright's page for a window. Popups that are about to be refused are pages too, but never announced. */
  private async announce(targetId: string): Promise<void> {
    this.targetIds.push(targetId);
    const deadline = Date.now() + 10_000;
    while (Date.now() < deadline && !this.pages.has(targetId)) {
      for (const page of this.context().pages()) {
        const session = await this.context()
          .newCDPSession(page)
          .catch(() => undefined);
        const info = await session?.send('Target.getTargetInfo').catch(() => undefined);
        await session?.detach().catch(() => {});
        if (info) this.pages.set(info.targetInfo.targetId, page);
      }
      if (!this.pages.has(targetId)) await new Promise((done) => setTimeout(done, 10));
    }
    const page = this.pages.get(targetId);
    if (page) this.emit('window', page);
  }
}

export async function launch({
  args = ['.'],
  cwd = process.cwd(),
  env = process.env,
  executablePath = process.execPath,
  timeout = 30_000,
}: LaunchOptions = {}): Promise<ElectronApplication> {
  if (executablePath === process.execPath && Number.parseInt(process.versions.node) < 24) {
    throw new Error(
      `the Electron double needs Node 24 or later, this is ${process.version}: install the package 'node', or give executablePath`,
    );
  }
  const main = args.find((arg) => !arg.startsWith('-')) ?? '.'; // the first word, as Electron reads it
  // Electron warns of an unhandled rejection where Node would end the process.
  const command = [
    '--disable-warning=ExperimentalWarning',
    '--unhandled-rejections=warn',
    '--import',
    register,
    resolveMain(main, cwd),
    ...args.filter((arg) => arg !== main),
  ];
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'electron-double-'));
  const child = spawn(executablePath, command, {
    cwd,
    detached: true,
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...env, ELECTRON_DOUBLE_LAUNCHED: '1', ELECTRON_DOUBLE_TEMPORARY_FOLDER: temporaryFolder, NODE_OPTIONS: '' }, // the test runner's own loaders stay out
  });
  const application = new ElectronApplication(child, temporaryFolder);
  try {
    await application.connect(timeout);
    return application;
  } catch (error) {
    await application.kill();
    throw error;
  }
}

export const _electron = { launch };
