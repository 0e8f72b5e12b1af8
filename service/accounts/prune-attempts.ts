import type { Queryable } from '../database/database.ts';

/** Counters whose window is over count nothing any more. Any number of instances may do this at any time. */
export async function pruneAttempts(database: Queryable, now: number): Promise<void> {
  await database.query('delete from attempt_count where window_ends_ms <= $1', [now]);
}
