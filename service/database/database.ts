/**
 * A thin layer over the database: SQL text with `$1` placeholders, in the subset that SQLite and PostgreSQL share. Identifiers are text made
 * by the service, times are milliseconds, money is minor units, flags are 0 or 1, JSON is text.
 */
export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

export type Queryable = {
  /** Runs one statement and gives its rows (none for a statement without `returning`). */
  query<Shape extends Row = Row>(sql: string, parameters?: readonly Value[]): Promise<readonly Shape[]>;
  /** What a claim ends with, so that instances pass over rows that another is taking: the one clause that the databases do not share. */
  readonly skipLocked: '' | 'for update skip locked';
};

/** A statement with its values. */
export type Statement = { readonly sql: string; readonly parameters: readonly Value[] };

export type Database = Queryable & {
  /**
   * Changes several tables at once, in one query: `guard` is an insert, update or delete with `returning`, and what follows is done only if
   * it gave a row, for which each of `follows` asks with `exists (select 1 from guard)`. None of them sees what another has written. Gives
   * the guard's rows.
   */
  change<Shape extends Row = Row>(guard: Statement, follows: readonly Statement[]): Promise<readonly Shape[]>;
  /**
   * Runs `work` in one write transaction; rolls back if it throws. Inside, use only the `Queryable` that is handed in, and wait for nothing
   * but the database: where another transaction is in the way, it is run again from the start.
   */
  tx<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result>;
  /** A transaction that no other instance of the service runs at the same time, without a limit to its length: for what happens at start. */
  exclusively<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result>;
  /** Whether other instances of the service may work on the same data. */
  readonly shared: boolean;
  /** Queries so far, without BEGIN and COMMIT: a figure that does not depend on the machine. A `change` is one, as a server sees one. */
  statements(): number;
  close(): Promise<void>;
};

/** What follows a guard asks whether it gave a row. */
export const ifGuarded = 'exists (select 1 from guard)';

export function askedItself(): Error {
  return new Error('A transaction asked the database itself instead of its own connection: it would wait for itself.');
}
