import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import open from 'open';
import type { Shell } from '#core/ports.ts';
import { createLoginSessionSecretStore } from '#core/secrets/login-session-secret-store.ts';
import { createStartProcess } from './embedded-process.ts';
import { readEnvironment } from './environment.ts';
import { systemLanguage, terminalLanguages } from './system-language.ts';
import { openTransports } from './transports.ts';

export type ShellOptions = {
  readonly kind: 'web' | 'cli';
  /** Instead of `LEB_DATA_DIR` and the default folder. */
  readonly dataDir?: string;
  /** Instead of `LEB_BENCH`. */
  readonly virtualBench?: boolean;
  /** In addition to `LEB_SERIAL_PORTS`. */
  readonly serialPaths?: readonly string[];
  /** PEM of roots that profile servers may chain to besides the GSMA's. */
  readonly extraRoots?: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
};

/**
 * The world around an application that runs on Node alone. `close` is for after the application has closed.
 * @throws LebError INPUT_INVALID for an environment that cannot be meant
 */
export async function createShell(options: ShellOptions): Promise<{ readonly shell: Shell; close(): Promise<void> }> {
  const environment = options.environment ?? process.env;
  const read = readEnvironment({ ...environment, ...(options.dataDir === undefined ? {} : { LEB_DATA_DIR: options.dataDir }) });
  const virtualBench = options.virtualBench ?? read.virtualBench;
  await mkdir(read.dataDir, { recursive: true, mode: 0o700 });
  const transports = await openTransports({
    dataDir: read.dataDir,
    virtualBench,
    hearsTexts: options.kind !== 'cli',
    serialPaths: [...read.serialPaths, ...(options.serialPaths ?? [])],
  });
  return {
    shell: {
      kind: options.kind,
      version: readVersion(),
      dataDir: read.dataDir,
      systemLanguage: systemLanguage(terminalLanguages(environment)),
      cardTransports: transports.cardTransports,
      serialTransports: transports.serialTransports,
      virtualBench,
      extraRoots: options.extraRoots ?? [],
      secrets: await createLoginSessionSecretStore(read.dataDir),
      accountServiceUrl: read.accountServiceUrl,
      startProcess: createStartProcess(read.dataDir),
      openExternal: openInBrowser,
    },
    close: () => transports.close(),
  };
}

function readVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  return manifest.version;
}

/** On a server there is no browser to open, and on a desktop without xdg-open none that could be found. */
export async function openInBrowser(url: string): Promise<boolean> {
  const hasDesktop = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  if (!hasDesktop || process.env['LEB_NO_BROWSER'] === '1') return false;
  try {
    const opener = await open(url);
    opener.on('error', () => undefined);
    return true;
  } catch {
    return false;
  }
}
