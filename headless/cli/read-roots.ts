import { readFile, stat } from 'node:fs/promises';
import { holdsCertificates } from '#native/rsp/http/trusted-roots.ts';
import { UsageError } from './usage-error.ts';
import type { Words } from './words.ts';

const largestFile = 1024 * 1024;

/** The PEM texts of the files of `--ca`. @throws UsageError naming the file that holds no certificate authority */
export function readRoots(paths: readonly string[], words: Words): Promise<readonly string[]> {
  return Promise.all(
    paths.map(async (path) => {
      const text = await readText(path);
      if (text === null || !holdsCertificates(text)) throw new UsageError(words.say('usage.notRoots', { value: path }));
      return text;
    }),
  );
}

async function readText(path: string): Promise<string | null> {
  try {
    const found = await stat(path);
    return found.isFile() && found.size <= largestFile ? await readFile(path, 'utf8') : null;
  } catch {
    return null;
  }
}
