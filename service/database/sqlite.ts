import { AsyncLocalStorage } from 'node:async_hooks';
import Sqlite from 'better-sqlite3';
import { askedItself, type Database, type Queryable, type Value } from './database.ts';

/** better-sqlite3 crashes the process, instead of throwing, on a Node without Node-API 10. */
export function requireNodeApi(): void {
  const version = Number(process.versions['napi'] ?? '0');
  if (version < 10) {
    throw new Error(`The account service needs Node 24 or newer (Node-API 10); this is Node ${process.version} with Node-API ${version}.`);
  }
}

/** Opens (and makes) the SQLite file. An acknowledged commit survives a power cut: WAL with `synchronous=FULL`. */
export function openSqlite(path: string): Database {
  requireNodeApi();
  const sqlite = new Sqlite(path);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('busy_timeout = 5000');
  if (process.platform === 'darwin') {
    // Without these macOS answers fsync from the drive's cache.
    sqlite.pragma('fullfsync = 1');
    sqlite.pragma('checkpoint_fullfsync = 1');
  }
  // SQLite has no statement that writes twice: what follows a guard is run only after it gave a row, and finds it here.
  sqlite.exec('create temp view guard as select 1 as given');

  const prepared = new Map<string, Sqlite.Statement>();
  const inTransaction = new AsyncLocalStorage<true>();
  let statements = 0;
  // There is one connection, so whoever has a transaction open must be alone on it.
  let turn: Promise<unknown> = Promise.resolve();

  const run = (sql: string, parameters: readonly Value[] = []): readonly never[] => {
    // The rows' shape is believed here: the caller wrote the statement and the migration that it reads (`never` fits every shape).
    let statement = prepared.get(sql);
    if (statement === undefined) {
      statement = sqlite.prepare(sql);
      prepared.set(sql, statement);
    }
    const bound = parameters.length === 0 ? [] : [Object.fromEntries(parameters.map((value, index) => [String(index + 1), value]))];
    if (statement.reader) return statement.all(...bound) as never[];
    statement.run(...bound);
    return [];
  };
  const counted = (sql: string, parameters?: readonly Value[]): readonly never[] => {
    statements += 1;
    return run(sql, parameters);
  };

  const alone = <Result>(work: () => Promise<Result> | Result): Promise<Result> => {
    if (inTransaction.getStore() === true) throw askedItself();
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };

  const tx = <Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result> =>
    alone(async () => {
      sqlite.exec('BEGIN IMMEDIATE');
      try {
        const result = await inTransaction.run(true, () =>
          work({ query: async (sql, parameters) => counted(sql, parameters), skipLocked: '' }),
        );
        sqlite.exec('COMMIT');
        return result;
      } catch (error) {
        if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
        throw error;
      }
    });

  return {
    query: (sql, parameters) => alone(() => counted(sql, parameters)),
    change: (guard, follows) =>
      alone(() => {
        const both = sqlite.transaction(() => {
          const rows = counted(guard.sql, guard.parameters);
          if (rows.length > 0) for (const { sql, parameters } of follows) run(sql, parameters);
          return rows;
        });
        return both.immediate();
      }),
    tx,
    // A file has one service; a second program that opens it waits for the lock of any transaction.
    exclusively: tx,
    skipLocked: '',
    shared: false,
    statements: () => statements,
    close: async () => {
      await turn;
      prepared.clear();
      sqlite.close();
    },
  };
}
