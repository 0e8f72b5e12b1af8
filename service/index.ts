#!/usr/bin/env node
/** The account service as a program of its own: environment in, one JSON line out when it is ready (or has moved), logs on stderr. */
import { readConfig } from './config.ts';
import { keepCompiled } from './keep-compiled.ts';

/** `service move`: from the file DATABASE_PATH to the empty server DATABASE_URL, while no service runs. */
async function move(): Promise<void> {
  const { DATABASE_PATH: path, DATABASE_URL: url } = process.env;
  if (path === undefined || path === '' || url === undefined || url === '') {
    process.stderr.write(
      'To move the data, name both: DATABASE_PATH (the file it is in) and DATABASE_URL (the empty database it goes to).\n',
    );
    process.exitCode = 2;
    return;
  }
  const { moveData } = await import('./database/move-data.ts');
  process.stdout.write(`${JSON.stringify({ moved: await moveData(path, url) })}\n`);
}

async function main(): Promise<void> {
  if (process.argv[2] === 'move') return move();
  const read = readConfig(process.env);
  if (read.config === null) {
    for (const problem of read.problems) process.stderr.write(`${problem}\n`);
    process.exitCode = 2;
    return;
  }
  if (Number(process.versions['napi'] ?? '0') < 10) {
    process.stderr.write(`The account service needs Node 24 or newer; this is ${process.version}.\n`);
    process.exitCode = 2;
    return;
  }
  const { database } = read.config;
  keepCompiled(database.kind === 'sqlite' ? database.path : null);
  const { startService } = await import('./start-service.ts');
  const service = await startService(read.config);
  const end = (): void => {
    // A worker or a client that hangs must not keep the process alive.
    setTimeout(() => process.exit(1), 15_000).unref();
    void service.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  if (process.argv.includes('--until-eof')) {
    process.stdin.once('end', end);
    process.stdin.once('error', end);
    process.stdin.resume();
  }
  process.stdout.write(`${JSON.stringify({ ready: true, url: service.url, pid: process.pid })}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${process.argv[2] === 'move' ? 'The data was not moved' : 'The account service could not start'}: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});
