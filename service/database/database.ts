/**
 * A thin layer over the database: SQL text with `$1` placeholders, in the subset that SQLite and PostgreSQL share. Identifiers are text made
 * by the service, times are milliseconds, money is minor units, flags are 0 or 1, JSON is text.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import Sqlite from 'better-sqlite3';

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

export type Queryable = {
  /** Runs one statement and gives its rows (none for a statement without `returning`). */
  query<Shape extends Row = Row>(sql: string, parameters?: readonly Value[]): Promise<readonly Shape[]>;
};

export type Database = Queryable & {
  /**
   * Runs `work` in one write transaction; rolls back if it throws. Inside, use only the `Queryable` that is handed in, and wait for nothing
   * but the database.
   */
  tx<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result>;
  /** Statements run so far, without BEGIN and COMMIT: a figure that does not depend on the machine. */
  statements(): number;
  close(): void;
};

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
    statements += 1;
    const bound = parameters.length === 0 ? [] : [Object.fromEntries(parameters.map((value, index) => [String(index + 1), value]))];
    if (statement.reader) return statement.all(...bound) as never[];
    statement.run(...bound);
    return [];
  };

  const alone = <Result>(work: () => Promise<Result> | Result): Promise<Result> => {
    if (inTransaction.getStore() === true) {
      throw new Error('A transaction asked the database itself instead of its own connection: it would wait for itself.');
    }
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };

  return {
    query: (sql, parameters) => alone(() => run(sql, parameters)),
    tx: (work) =>
      alone(async () => {
        sqlite.exec('BEGIN IMMEDIATE');
        try {
          const result = await inTransaction.run(true, () => work({ query: async (sql, parameters) => run(sql, parameters) }));
          sqlite.exec('COMMIT');
          return result;
        } catch (error) {
          if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
          throw error;
        }
      }),
    statements: () => statements,
    close: () => {
      prepared.clear();
      sqlite.close();
    },
  };
}
