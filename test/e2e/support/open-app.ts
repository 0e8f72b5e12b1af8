/** Opens the built application on one of its shells, each time with a data folder of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, Page } from '@playwright/test';
import { z } from 'zod';
import type { Language } from '#contract/common.ts';
import { launch, type ElectronApplication } from '#test/electron-double/launch.ts';

export type ShellName = 'electron' | 'web';
export type Theme = 'light' | 'dark';
export type AppOptions = {
  readonly shell: ShellName;
  readonly language: Language;
  readonly theme?: Theme;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Kept from a former run; else a new one that is removed at the end. */
  readonly dataDir?: string;
  readonly environment?: Readonly<Record<string, string>>;
};

export type OpenApp = {
  readonly page: Page;
  readonly dataDir: string;
  /** Undefined on the web shell. */
  readonly electron: ElectronApplication | undefined;
  /** Where the bench's peers are; waits until the embedded service runs. */
  benchUrls(): Promise<{ readonly inboxUrl: string; readonly stripeUrl: string; readonly carrierUrl: string }>;
  /** What the application asked the system's browser to open, in order. The web shell is run without a browser: none. */
  openedUrls(): Promise<readonly string[]>;
  close(): Promise<void>;
};

const root = resolve(import.meta.dirname, '../../..');
const usualViewport = { width: 1280, height: 800 };
const systemLocales: Readonly<Record<Language, string>> = { en: 'en-GB', 'zh-CN': 'zh-CN' };

export async function openApp(options: AppOptions, browser: Browser): Promise<OpenApp> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'leb-e2e-')));
  const removeData = async (): Promise<void> => {
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const opened = options.shell === 'electron' ? await openElectron(options, dataDir) : await openWeb(options, dataDir, browser);
    return {
      ...opened,
      dataDir,
      benchUrls: () => readBenchUrls(dataDir),
      async close() {
        await opened.close();
        await removeData();
      },
    };
  } catch (error) {
    await removeData();
    throw error;
  }
}

type Opened = Pick<OpenApp, 'page' | 'electron' | 'openedUrls' | 'close'>;

async function openElectron(options: AppOptions, dataDir: string): Promise<Opened> {
  const electron = await launch({
    args: [join(root, 'out/main/index.js')],
    cwd: root,
    env: {
      ...process.env,
      LEB_DATA_DIR: dataDir,
      ELECTRON_DOUBLE_LOCALE: systemLocales[options.language],
      ELECTRON_DOUBLE_SAFE_STORAGE: 'gnome_libsecret',
      ...options.environment,
    },
  });
  try {
    const page = await electron.firstWindow();
    await electron.double.setSystemDark(options.theme === 'dark');
    const { viewport } = options;
    if (viewport !== undefined) {
      const window = await electron.browserWindow(page);
      await window.evaluate((opened, { width, height }) => opened.setSize(width, height), viewport);
    }
    return {
      page,
      electron,
      async openedUrls() {
        return (await electron.double.calls('shell.openExternal')).map(({ args }) => String(args[0]));
      },
      close: () => electron.close(),
    };
  } catch (error) {
    await electron.kill();
    throw error;
  }
}

async function openWeb(options: AppOptions, dataDir: string, browser: Browser): Promise<Opened> {
  const child = spawn(process.execPath, [join(root, 'headless/web/index.ts'), '--no-open', '--data-dir', dataDir], {
    cwd: root,
    env: { ...process.env, LANG: `${options.language.replace('-', '_')}.UTF-8`, LC_ALL: '', LEB_NO_BROWSER: '1', ...options.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const insist = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await exited;
    clearTimeout(insist);
  };
  try {
    const url = await readOpeningAddress(child.stdout, exited);
    const context = await browser.newContext({
      locale: systemLocales[options.language],
      colorScheme: options.theme ?? 'light',
      viewport: options.viewport ?? usualViewport,
    });
    const page = await context.newPage();
    await page.goto(url);
    return {
      page,
      electron: undefined,
      openedUrls: async () => [],
      async close() {
        await context.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The line `LEB Companion: http://127.0.0.1:…/?token=…`. */
async function readOpeningAddress(output: NodeJS.ReadableStream, exited: Promise<unknown>): Promise<string> {
  const read = async (): Promise<string> => {
    for await (const line of createInterface({ input: output })) {
      const address = /^LEB Companion: (http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)$/.exec(line)?.[1];
      if (address !== undefined) {
        output.resume(); // whatever comes later must not fill the pipe
        return address;
      }
    }
    throw new Error('the web shell printed no address');
  };
  const ended = exited.then(() => {
    throw new Error('the web shell ended before it was ready');
  });
  return Promise.race([read(), ended]);
}

const announcement = z.object({
  pid: z.int().nullable(),
  bench: z.object({ stripeUrl: z.url(), inboxUrl: z.url(), carrierUrl: z.url() }),
});

/** `embedded.json` in the data folder tells a second program where the peers are; a spec is one. */
async function readBenchUrls(dataDir: string): Promise<z.infer<typeof announcement>['bench']> {
  const path = join(dataDir, 'embedded.json');
  for (const deadline = Date.now() + 45_000; Date.now() < deadline;) {
    if (existsSync(path)) {
      const read = announcement.safeParse(JSON.parse(await readFile(path, 'utf8')));
      if (read.success && read.data.pid !== null) return read.data.bench;
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('the embedded service did not start');
}
