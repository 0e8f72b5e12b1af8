import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** A machine may run thousands of programs; who waits for this has a failure to read. */
const deadlineMs = 500;

export type PortHolder = { readonly name: string; readonly pid: number };

/**
 * The program that has a port open, as far as Linux tells: of other users' programs only the administrator sees what they have open.
 * Null where nobody is found in time. Never rejects.
 * @param root folder in place of `/`
 */
export async function findPortHolder(path: string, root = '/'): Promise<PortHolder | null> {
  const node = await realpath(path).catch(() => null);
  const processes = join(root, 'proc');
  const until = performance.now() + deadlineMs;
  for (const entry of node === null ? [] : await readdir(processes).catch(() => [])) {
    if (performance.now() > until) return null;
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const folder = join(processes, entry);
    for (const descriptor of await readdir(join(folder, 'fd')).catch(() => [])) {
      if ((await readlink(join(folder, 'fd', descriptor)).catch(() => null)) === node) return { name: await nameOf(folder), pid };
    }
  }
  return null;
}

/** The file that runs; its own name for itself where that is not to be seen. */
async function nameOf(folder: string): Promise<string> {
  const file = await readlink(join(folder, 'exe')).catch(() => null);
  if (file !== null) return basename(file.replace(/ \(deleted\)$/, ''));
  return readFile(join(folder, 'comm'), 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
}
