/** `postgres-keeper.ts FOLDER OWNER`: one server for a whole run, which ends with the process OWNER, however that ends. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from './postgres-server.ts';

const [folder = '', owner = ''] = process.argv.slice(2);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const server = await startPostgres(join(folder, 'server'));
writeFileSync(join(folder, 'ready'), server.url('postgres'));
const watch = setInterval(() => {
  if (isAlive(Number(owner))) return;
  clearInterval(watch);
  void server.close().finally(() => rmSync(folder, { recursive: true, force: true }));
}, 300);
