import type { Database, Queryable, Row, Value } from './database.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';
import { tables } from './tables.ts';

/** Far below the 65 535 values that one statement of PostgreSQL takes. */
const rowsAtOnce = 500;

/** The schema says by itself which migrations it has had. */
const copied = tables.filter((table) => table !== 'migration');

export type Moved = Readonly<Record<string, number>>;

/**
 * Copies everything from an SQLite file to an empty PostgreSQL database, all or nothing: tables in the order of their references, then the
 * counts of rows and the sums of the ledger are compared. The file stays as it is and cannot be written meanwhile. Gives the rows of each table.
 * Throws where the target has accounts already, or what arrived differs from what was sent.
 */
export async function moveData(path: string, url: string): Promise<Moved> {
  const from = await openDatabase({ kind: 'sqlite', path }, () => undefined);
  const to = await openDatabase({ kind: 'postgres', url }, () => undefined);
  try {
    await migrate(from);
    await migrate(to);
    return await from.tx((source) => copyAll(source, to));
  } finally {
    await Promise.all([from.close(), to.close()]);
  }
}

function copyAll(source: Queryable, to: Database): Promise<Moved> {
  return to.exclusively(async (target) => {
    const strangers = await target.query('select id from account limit 1');
    if (strangers.length > 0) throw new Error('the target database has accounts already');
    // What the start of a service has written there is in the file as well.
    for (const table of copied.toReversed()) await target.query(`delete from ${table}`);
    for (const table of copied) await copyTable(source, target, table);
    await target.query('update job set lease_ms = null, holder = null where lease_ms is not null');
    return compare(source, target);
  });
}

async function copyTable(source: Queryable, target: Queryable, table: string): Promise<void> {
  for (let last: Value = 0; ;) {
    const rows: readonly Row[] = await source.query(
      `select rowid as moved_row, * from ${table} where rowid > $1 order by rowid limit ${rowsAtOnce}`,
      [last],
    );
    const [first] = rows;
    if (first === undefined) return;
    const columns = Object.keys(first).filter((column) => column !== 'moved_row');
    const places = rows.map((_, row) => `(${columns.map((_column, index) => `$${row * columns.length + index + 1}`).join(', ')})`);
    await target.query(
      `insert into ${table} (${columns.join(', ')}) values ${places.join(', ')}`,
      rows.flatMap((row) => columns.map((column) => row[column] ?? null)),
    );
    last = rows.at(-1)?.['moved_row'] ?? 0;
  }
}

async function compare(source: Queryable, target: Queryable): Promise<Moved> {
  const moved: Record<string, number> = {};
  for (const table of copied) {
    const [sent, arrived] = await Promise.all([source, target].map((each) => countOf(each, table)));
    if (sent === undefined || sent !== arrived) throw new Error(`${table}: ${sent} rows were sent, ${arrived} arrived`);
    moved[table] = sent;
  }
  const [sent, arrived] = await Promise.all([source, target].map((each) => bookings(each)));
  if (sent !== arrived) throw new Error('the ledger that arrived has other sums');
  return moved;
}

async function countOf(database: Queryable, table: string): Promise<number> {
  const [row] = await database.query<{ count: number }>(`select count(*) as count from ${table}`);
  return row?.count ?? 0;
}

async function bookings(database: Queryable): Promise<string> {
  return JSON.stringify(
    await database.query(
      'select kind, currency, count(*) as count, sum(amount_minor) as sum from ledger group by kind, currency order by kind, currency',
    ),
  );
}
