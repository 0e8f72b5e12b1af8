import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from './announcement.ts';

/**
 * `<dataDir>/embedded.lock`: of the programs on one data folder only one runs the embedded service.
 * @returns null where another living program holds it
 */
export async function takeStartLock(dataDir: string): Promise<{ release(): Promise<void> } | null> {
  const path = join(dataDir, 'embedded.lock');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return { release: () => rm(path, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    // A lock without a number is just being written, unless it has been like that for long.
    const age =
      Date.now() -
      (await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ));
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (Number.isInteger(holder) && holder > 0 && isAlive(holder)) return null;
    if (holder === 0 && age < 5000) return null;
    await rm(path, { force: true });
  }
  return null;
}
