import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

const startDeadline = 45_000;

/** The process that a run of tests is: the files of a run are its children. A program by itself is its own run. */
const owner = process.env['VITEST'] === undefined ? process.pid : process.ppid;

/** The address of the one server of this run, which the first that asks starts. */
async function runServer(): Promise<string> {
  const folder = join(tmpdir(), `leb-postgres-${owner}`);
  try {
    // Making a folder is the lock: one of those that ask at once succeeds.
    mkdirSync(folder);
    const keeper = spawn(process.execPath, [join(import.meta.dirname, 'postgres-keeper.ts'), folder, String(owner)], {
      detached: true,
      stdio: 'ignore',
    });
    keeper.unref();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const ready = join(folder, 'ready');
  const end = Date.now() + startDeadline;
  while (!existsSync(ready) || readFileSync(ready, 'utf8') === '') {
    if (Date.now() > end) throw new Error('PostgreSQL did not start');
    await pause(50);
  }
  return readFileSync(ready, 'utf8');
}

async function once(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A new, empty database on the server of this run. */
export async function postgresDatabase(): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const server = await runServer();
  const name = `leb_${randomBytes(6).toString('hex')}`;
  await once(server, `create database ${name}`);
  return { url: server.replace('/postgres?', `/${name}?`), drop: () => once(server, `drop database ${name} with (force)`) };
}
