import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool, types, type PoolClient, type QueryConfig } from 'pg';
import { LebError } from '#contract/errors.ts';
import { hour, second } from '../clock.ts';
import { askedItself, type Database, type Queryable, type Row, type Statement, type Value } from './database.ts';

/** More do not make it faster: a transaction is short, and the server has few cores. */
const connections = 10;
/** How long a restart of the server is waited for. */
const connectMs = 5 * second;
const longestStatementMs = 10 * second;
/** Longer than the server's own limit: it ends what hangs on a network that swallows everything. */
const longestAnswerMs = 15 * second;
const mostTries = 6;
/** The key of the advisory lock of what happens at start; any number that every instance knows. */
const startLock = 5_063_171;

/** SQLSTATE (PostgreSQL appendix A) or the code of the operating system. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** The server rolled back by itself, so that trying again is not doing twice. */
function wasUndone(error: unknown): boolean {
  // serialization_failure, deadlock_detected; feature_not_supported is a prepared statement of before a migration.
  return ['40001', '40P01', '0A000'].includes(codeOf(error));
}

/** The connection is gone or could not be had. Whether what was sent has been done is not known. */
function isUnreachable(error: unknown): boolean {
  if (/^(ECONN|ENOENT|EPIPE|ETIMEDOUT|EAI_|57P0[123]|08)/.test(codeOf(error))) return true;
  // The driver has no codes for its own.
  return (
    error instanceof Error && /^(Connection terminated|Query read timeout|timeout exceeded|Client has encountered)/.test(error.message)
  );
}

function toLebError(error: unknown): unknown {
  if (isUnreachable(error)) return new LebError('SERVICE_UNREACHABLE', { reason: 'database' }, { cause: error });
  // character_not_in_repertoire: PostgreSQL keeps no text with U+0000 in it.
  if (codeOf(error) === '22021') return new LebError('INPUT_INVALID', { reason: 'zero character' }, { cause: error });
  return error;
}

/** A guard and what follows it as one statement. The numbers of the placeholders are moved on, since all share one list of values. */
export function compose(guard: Statement, follows: readonly Statement[]): Statement {
  const parameters = [...guard.parameters];
  const parts = follows.map((follow, index) => {
    const moved = follow.sql.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) + parameters.length}`);
    parameters.push(...follow.parameters);
    return `, follow${index} as (${moved})`;
  });
  return { sql: `with guard as (${guard.sql})${parts.join('')} select * from guard`, parameters };
}

/** Opens a pool of connections to `postgres://…`. `onLost` is told of connections that broke while nobody used them. */
export function openPostgres(url: string, onLost: (error: Error) => void): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    statement_timeout: longestStatementMs,
    lock_timeout: longestStatementMs,
    idle_in_transaction_session_timeout: longestStatementMs,
    application_name: 'leb-account-service',
    // Sums are numeric: money and times stay far below 2^53.
    types: {
      getTypeParser: (type, format) =>
        type === types.builtins.INT8 || type === types.builtins.NUMERIC ? Number : (types.getTypeParser(type, format) as unknown),
    },
  });
  // The pool listens to a connection only while it is idle; between two statements of a transaction it can break as well.
  pool.on('connect', (client) => client.on('error', onLost));
  pool.on('error', () => undefined);

  const inTransaction = new AsyncLocalStorage<true>();
  const names = new Map<string, string>();
  let statements = 0;

  /** Statements with values are prepared once on each connection, under a name that is the same on all. */
  const run = async <Shape extends Row>(
    client: PoolClient,
    sql: string,
    values: readonly Value[] = [],
    limitMs = longestAnswerMs,
  ): Promise<readonly Shape[]> => {
    statements += 1;
    const config: QueryConfig & { query_timeout: number } = { text: sql, values: [...values], query_timeout: limitMs };
    if (values.length > 0) {
      config.name = names.get(sql) ?? `leb_${names.size}`;
      names.set(sql, config.name);
    }
    return (await client.query<Shape>(config)).rows;
  };

  const connect = async (): Promise<PoolClient> => {
    const end = Date.now() + connectMs;
    for (;;) {
      try {
        return await pool.connect();
      } catch (error) {
        if (!isUnreachable(error) || Date.now() >= end) throw error;
        await pause(100);
      }
    }
  };

  /** Runs `work` on a connection, and once more on another where it was undone, or has certainly done nothing (`mayRepeat`). */
  const onConnection = async <Result>(
    work: (client: PoolClient) => Promise<Result>,
    mayRepeat: (error: unknown) => boolean,
  ): Promise<Result> => {
    if (inTransaction.getStore() === true) throw askedItself();
    try {
      for (let tries = 1; ; tries++) {
        const client = await connect();
        try {
          const result = await work(client);
          client.release();
          return result;
        } catch (error) {
          // A connection that has seen an error of its own, or statements of a former schema, is not used again.
          client.release(isUnreachable(error) || codeOf(error) === '0A000');
          if (tries === mostTries || !(wasUndone(error) || mayRepeat(error))) throw error;
          // Two that were in each other's way must not meet again.
          await pause(Math.random() * 10 * 2 ** tries);
        }
      }
    } catch (error) {
      throw toLebError(error);
    }
  };

  const query = <Shape extends Row>(sql: string, parameters?: readonly Value[]): Promise<readonly Shape[]> =>
    onConnection(
      (client) => run<Shape>(client, sql, parameters),
      (error) => isUnreachable(error) && /^\s*select\b/i.test(sql),
    );

  const transaction = async <Result>(
    begin: readonly string[],
    work: (transaction: Queryable) => Promise<Result>,
    limitMs = longestAnswerMs,
  ): Promise<Result> => {
    let committing = false;
    return onConnection(
      async (client) => {
        committing = false;
        try {
          for (const sql of begin) await client.query(sql);
          const result = await inTransaction.run(true, () =>
            work({ query: (sql, parameters) => run(client, sql, parameters, limitMs), skipLocked: 'for update skip locked' }),
          );
          committing = true;
          await client.query('commit');
          return result;
        } catch (error) {
          if (!isUnreachable(error)) await client.query('rollback');
          throw error;
        }
      },
      // unique_violation: another has just written the row that this one looked for in vain; now it is found.
      (error) => codeOf(error) === '23505' || (isUnreachable(error) && !committing),
    );
  };

  return {
    query,
    change: (guard, follows) => {
      const { sql, parameters } = compose(guard, follows);
      return query(sql, parameters);
    },
    tx: (work) => transaction(['begin'], work),
    exclusively: (work) =>
      transaction(
        ['begin', 'set local statement_timeout = 0', 'set local lock_timeout = 0', `select pg_advisory_xact_lock(${startLock})`],
        work,
        hour,
      ),
    skipLocked: 'for update skip locked',
    shared: true,
    statements: () => statements,
    close: () => pool.end(),
  };
}
