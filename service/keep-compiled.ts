import { enableCompileCache } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Keeps compiled code beside the database, where nobody else may write: the next start is faster, and needs a third less memory since the
 * sources are not read again. `databasePath` null: there is no such place.
 */
export function keepCompiled(databasePath: string | null): void {
  if (databasePath !== null && databasePath !== ':memory:') enableCompileCache(join(dirname(databasePath), 'compiled'));
}
