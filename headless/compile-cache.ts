/**
 * What Node makes of our sources and packages, kept for the next start: a third of the time that a command or a child program needs to begin.
 * It lies beside the packages themselves, whose owner decides anyway what runs here, and not in the shared temporary folder.
 */
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

export const compileCacheFolder = resolve(import.meta.dirname, '..', 'node_modules', '.cache', 'leb-compiled');

/** Call before the first import worth keeping. Where the folder cannot be written, Node goes on without. */
export function keepCompiled(): void {
  enableCompileCache(compileCacheFolder);
}
