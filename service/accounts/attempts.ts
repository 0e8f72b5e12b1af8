import { LebError } from '#contract/errors.ts';
import { hour, minute } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { hashSecret } from '../ids.ts';

/** One counter: at most `limit` uses of `key` in one window. */
export type AttemptLimit = { readonly key: string; readonly limit: number; readonly windowMs: number };

export type SignInLimits = readonly [AttemptLimit, AttemptLimit, AttemptLimit];

/**
 * Counts one attempt against every limit, in the database, so that any number of instances share the count. Counting comes before the
 * work: parallel guesses cannot slip through. Throws TOO_MANY_ATTEMPTS with `details.retryAfterSeconds`.
 */
export async function countAttempt(database: Database, limits: readonly AttemptLimit[], now: number): Promise<void> {
  const rows = limits.map((_, index) => `($${index * 2 + 2}, $${index * 2 + 3}, 1)`).join(', ');
  const counts = await database.query<{ key: string; window_ends_ms: number; count: number }>(
    `insert into attempt_count (key, window_ends_ms, count) values ${rows}
     on conflict (key) do update set
       count = case when attempt_count.window_ends_ms <= $1 then 1 else attempt_count.count + 1 end,
       window_ends_ms = case when attempt_count.window_ends_ms <= $1 then excluded.window_ends_ms else attempt_count.window_ends_ms end
     returning key, window_ends_ms, count`,
    [now, ...limits.flatMap((limit) => [limit.key, now + limit.windowMs])],
  );
  const exceeded = counts.filter((row) => row.count > (limits.find((limit) => limit.key === row.key)?.limit ?? 0));
  if (exceeded.length > 0) {
    const end = Math.max(...exceeded.map((row) => row.window_ends_ms));
    throw new LebError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: Math.max(1, Math.ceil((end - now) / 1000)) });
  }
}

/** A success proves that the misses before it were the person's own, and is itself no miss: the first limit starts anew, the others lose one. */
export async function forgiveAttempts(database: Database, limits: SignInLimits): Promise<void> {
  await database.query('update attempt_count set count = case when key = $1 then 0 else count - 1 end where key in ($1, $2, $3)', [
    limits[0].key,
    limits[1].key,
    limits[2].key,
  ]);
}

/** An IPv4 address, or the /64 that one household has of IPv6. */
function network(address: string): string {
  const plain = address.replace(/^::ffff:/, '');
  return plain.includes(':') ? plain.split(':').slice(0, 4).join(':') : plain;
}

/**
 * A login alone is never locked for long by a stranger: its own limit is wide, the narrow one is per login *and* address. Counters outlive
 * accounts, so they do not name the login.
 */
export function signInLimits(typed: string, address: string): SignInLimits {
  const from = network(address);
  const login = hashSecret(typed);
  return [
    { key: `sign-in:${login}:${from}`, limit: 10, windowMs: 15 * minute },
    { key: `sign-in:${from}`, limit: 100, windowMs: 15 * minute },
    { key: `sign-in:${login}`, limit: 200, windowMs: hour },
  ];
}

export function addressLimit(what: 'reset' | 'redeem', address: string): AttemptLimit {
  return { key: `${what}:${network(address)}`, limit: 30, windowMs: hour };
}

export function accountLimit(what: 'claim' | 'support' | 'export' | 'code', accountId: string): AttemptLimit {
  const limits = { claim: 20, support: 10, export: 10, code: 6 };
  return { key: `${what}:${accountId}`, limit: limits[what], windowMs: hour };
}
