/** A PostgreSQL server of the tests' own, from the system's binaries, in a folder of its own and on a Unix socket alone. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

export type PostgresServer = {
  /** The address of one of its databases. */
  url(database: string): string;
  /** Ends the server at once, as a crash does, or in good order. */
  stop(how: 'crash' | 'order'): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
};

const user = 'leb';
const startDeadline = 30_000;

/** Where `initdb` and `postgres` are: on the path, or where Debian puts the newest of them; null: not installed. */
export function postgresBinaries(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((one, other) => Number(other) - Number(one)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres'))) ?? null;
}

function idOf(option: '-u' | '-g', name: string): number | null {
  try {
    return Number(execFileSync('id', [option, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return null;
  }
}

/** The server refuses to run as the administrator: then it runs as the user of the package, or as nobody. */
function identity(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  return { uid: idOf('-u', 'postgres') ?? 65_534, gid: idOf('-g', 'postgres') ?? 65_534 };
}

/** Makes the data in `folder`, which must not exist but lie where any user may look, and starts the server. It syncs each commit to disk, as a real one does. */
export async function startPostgres(folder: string): Promise<PostgresServer> {
  const binaries = postgresBinaries();
  if (binaries === null) throw new Error('PostgreSQL is not installed');
  const as = identity();
  mkdirSync(folder, { recursive: true });
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  execFileSync(
    join(binaries, 'initdb'),
    ['-D', data, '-U', user, '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'],
    { ...as, cwd: folder, stdio: 'ignore' },
  );
  const url = (database: string): string => `postgres://${user}@/${database}?host=${encodeURIComponent(folder)}`;

  const start = async () => {
    const settings = [`unix_socket_directories=${folder}`, 'listen_addresses=', 'max_connections=60', 'shared_buffers=32MB'];
    const child = spawn(join(binaries, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
      ...as,
      cwd: folder,
      stdio: 'ignore',
    });
    const end = Date.now() + startDeadline;
    while (!(await answers(url('postgres')))) {
      if (child.exitCode !== null || Date.now() > end) throw new Error('PostgreSQL did not start');
      await pause(30);
    }
    return child;
  };
  let child = await start();
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  };
  return {
    url,
    // SIGQUIT is the immediate shutdown: no checkpoint, the next start recovers. SIGINT is the fast one: transactions are rolled back.
    stop: (how) => stop(how === 'crash' ? 'SIGQUIT' : 'SIGINT'),
    start: async () => {
      child = await start();
    },
    close: async () => {
      await stop('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
