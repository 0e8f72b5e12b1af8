/** What the environment says to every shell. Read once at the start; nothing else looks at these variables. */
import { resolve } from 'node:path';
import envPaths from 'env-paths';
import { LebError } from '#contract/errors.ts';

export type ShellEnvironment = {
  /** Absolute; it may not exist yet. */
  readonly dataDir: string;
  readonly virtualBench: boolean;
  /** null: the embedded account service. */
  readonly accountServiceUrl: string | null;
  /** Serial ports that the system does not list (pseudo terminals), by their paths. */
  readonly serialPaths: readonly string[];
};

/**
 * `LEB_DATA_DIR` the data folder, `LEB_BENCH=off` no virtual bench, `LEB_ACCOUNT_SERVICE_URL` a remote account service,
 * `LEB_SERIAL_PORTS` further serial ports, separated as in PATH but always by colons (paths of Windows are listed by the system).
 * @throws LebError INPUT_INVALID with `details.variable` for a value that cannot be meant
 */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): ShellEnvironment {
  return {
    dataDir: given(environment['LEB_DATA_DIR']) ? resolve(environment['LEB_DATA_DIR']) : envPaths('LEB Companion', { suffix: '' }).data,
    virtualBench: readSwitch('LEB_BENCH', environment['LEB_BENCH']),
    accountServiceUrl: given(environment['LEB_ACCOUNT_SERVICE_URL']) ? readServiceUrl(environment['LEB_ACCOUNT_SERVICE_URL']) : null,
    serialPaths: (environment['LEB_SERIAL_PORTS'] ?? '').split(':').filter((path) => path !== ''),
  };
}

function given(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

function readSwitch(variable: string, value: string | undefined): boolean {
  if (!given(value) || value === 'on') return true;
  if (value === 'off') return false;
  throw new LebError('INPUT_INVALID', { variable, expected: 'on, off' });
}

/** Passwords and tokens go there: in clear only to this machine itself. */
function readServiceUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const loopback = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback))) return url.origin;
  throw new LebError('INPUT_INVALID', { variable: 'LEB_ACCOUNT_SERVICE_URL', expected: 'https://…' });
}
