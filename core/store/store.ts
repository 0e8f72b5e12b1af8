import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { Problem } from '#contract/common.ts';
import { LebError } from '#contract/errors.ts';
import type { Log } from '../log.ts';
import { migrations } from './migrations/index.ts';

export type StoreRow = Readonly<Record<string, string | number | null>>;
type Parameters = Readonly<Record<string, string | number | null>>;

/** The application's own database: `<dataDir>/desk.db`. Calls are synchronous and short; every write is on the disk when it returns. */
export type Store = {
  /** Set where the former file could not be used and was moved aside: details.movedTo. */
  readonly problem: Problem | null;
  /** @throws LebError STORE_FAILED */
  all(sql: string, parameters?: Parameters): readonly StoreRow[];
  /** @returns the number of rows changed. @throws LebError STORE_FAILED */
  run(sql: string, parameters?: Parameters): number;
  close(): void;
};

/** Node-API version that better-sqlite3 13 needs: on less it does not throw but ends the process. */
const neededNodeApi = 10;

/**
 * Opens (and brings up to date) the store. A file that is damaged or of a newer program is moved aside and a new one is begun, so that a
 * bad file can never keep the application from starting.
 * @throws LebError STORE_FAILED where no database can be made at all (disk full, folder read-only, Node too old)
 */
export async function openStore(dataDir: string, log: Log): Promise<Store> {
  const nodeApi = Number(process.versions['napi'] ?? 0);
  if (nodeApi < neededNodeApi) throw new LebError('STORE_FAILED', { reason: 'nodeTooOld', nodeApi, needed: neededNodeApi });
  const { default: SqliteDatabase } = await import('better-sqlite3');
  const path = join(dataDir, 'desk.db');
  try {
    return wrap(openDatabase(SqliteDatabase, path), null);
  } catch (error) {
    if (!isUnusable(error) || !existsSync(path)) throw failed(error);
    log.error('store.unusable', error);
    const movedTo = moveAside(path);
    try {
      return wrap(openDatabase(SqliteDatabase, path), { code: 'STORE_FAILED', details: { reason: reasonOf(error), movedTo } });
    } catch (again) {
      throw failed(again);
    }
  }
}

class NewerStore extends Error {}

function openDatabase(SqliteDatabase: typeof Database, path: string): Database.Database {
  const database = new SqliteDatabase(path, { timeout: 5000 });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // Damage shows here and not in the middle of a renewal; the file is small.
    if (database.pragma('quick_check(1)', { simple: true }) !== 'ok') throw new SqliteDatabase.SqliteError('quick_check', 'SQLITE_CORRUPT');
    // Immediate, so that two programs that start at once on one folder do not both migrate.
    database.transaction(() => migrate(database)).immediate();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function migrate(database: Database.Database): void {
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > migrations.length) throw new NewerStore(`user_version ${version}`);
  for (const sql of migrations.slice(version)) database.exec(sql);
  database.pragma(`user_version = ${migrations.length}`);
}

function wrap(database: Database.Database, problem: Problem | null): Store {
  const statements = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return {
    problem,
    all: (sql, parameters = {}) => guard(() => prepare(sql).all(parameters) as StoreRow[]),
    run: (sql, parameters = {}) => guard(() => prepare(sql).run(parameters).changes),
    close: () => void database.close(),
  };
}

function guard<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw failed(error);
  }
}

function failed(error: unknown): LebError {
  return new LebError('STORE_FAILED', { reason: reasonOf(error) }, { cause: error });
}

function sqliteCode(error: unknown): string | null {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

function reasonOf(error: unknown): string {
  return error instanceof NewerStore ? 'newerProgram' : (sqliteCode(error) ?? 'unknown');
}

function isUnusable(error: unknown): boolean {
  return (
    error instanceof NewerStore || ['SQLITE_CORRUPT', 'SQLITE_NOTADB'].includes(sqliteCode(error)?.split('_').slice(0, 2).join('_') ?? '')
  );
}

function moveAside(path: string): string {
  const movedTo = `${path}.unusable-${Date.now()}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, movedTo + suffix);
  }
  return movedTo;
}
