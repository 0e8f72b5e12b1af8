import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** PEM texts by name. */
export type PemFiles = {
  /** Where they are, for messages. */
  readonly place: string;
  /** Null where there is none of that name. @throws Error of the file system */
  read(name: string): string | null;
  /** Readable by the owner alone. @throws Error of the file system */
  write(name: string, text: string): void;
};

export function memoryPemFiles(texts: ReadonlyMap<string, string>): PemFiles {
  const kept = new Map(texts);
  return {
    place: 'memory',
    read: (name) => kept.get(name) ?? null,
    write: (name, text) => {
      kept.set(name, text);
    },
  };
}

export function folderPemFiles(folder: string): PemFiles {
  return {
    place: folder,
    read(name) {
      const path = join(folder, name);
      return existsSync(path) ? readFileSync(path, 'utf8') : null;
    },
    write(name, text) {
      // Put in place as a whole, so that another program never reads half of it.
      const path = join(folder, name);
      const beside = `${path}.${process.pid}.new`;
      writeFileSync(beside, text, { mode: 0o600 });
      renameSync(beside, path);
    },
  };
}

/**
 * Fills a folder that is missing or empty with all texts at once. Two parts of the bench may start together on the same new folder: the
 * first one wins, and the other one must then read what is there, because their certificates have to belong together.
 * @throws Error of the file system
 */
export function fillFolder(folder: string, texts: ReadonlyMap<string, string>): void {
  mkdirSync(dirname(folder), { recursive: true });
  const beside = mkdtempSync(`${folder}.`);
  try {
    for (const [name, text] of texts) writeFileSync(join(beside, name), text, { mode: 0o600 });
    removeIfEmpty(folder);
    renameSync(beside, folder);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    if (!isTaken(error)) throw error;
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!isTaken(error) && codeOf(error) !== 'ENOENT') throw error;
  }
}

/** The folder has something in it; Windows says EPERM. */
function isTaken(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
