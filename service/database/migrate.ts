import type { Database } from './database.ts';
import type { Migration } from './migration.ts';
import { migration as first } from './migrations/0001-accounts-and-orders.ts';
import { migration as sessions } from './migrations/0002-sessions.ts';
import { migration as deletion } from './migrations/0003-account-deletion.ts';
import { migration as addresses } from './migrations/0004-addresses.ts';
import { migration as holders } from './migrations/0005-job-holders.ts';
import { migration as renewals } from './migrations/0006-renewal-jobs.ts';

/** In order; a migration that was released is never edited. */
const migrations: readonly Migration[] = [first, sessions, deletion, addresses, holders, renewals];

/**
 * Brings the schema up to date, all in one transaction: a failed start leaves the database as it was, and of several instances that start
 * at once one does it. Gives the names of those applied.
 */
export async function migrate(database: Database): Promise<readonly string[]> {
  return database.exclusively(async (tx) => {
    await tx.query('create table if not exists migration (name text primary key, applied_ms bigint not null)');
    const applied = new Set((await tx.query<{ name: string }>('select name from migration')).map((row) => row.name));
    const missing = migrations.filter((migration) => !applied.has(migration.name));
    for (const migration of missing) {
      for (const statement of migration.statements) await tx.query(statement);
      await tx.query('insert into migration (name, applied_ms) values ($1, $2)', [migration.name, Date.now()]);
    }
    return missing.map((migration) => migration.name);
  });
}
