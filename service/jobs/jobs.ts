/** One table is the queue and the outbox: a job is written in the same transaction as the change that it follows from. */
import type { Queryable, Row, Statement } from '../database/database.ts';
import { newId } from '../ids.ts';

export const jobKinds = [
  'renewal',
  'mailReset',
  'mailPasswordChanged',
  'mailSupport',
  'adoptLines',
  'releaseLine',
  'mailAccountDeleted',
  'sendAddressCode',
  'tellAddressChanged',
] as const;
export type JobKind = (typeof jobKinds)[number];

export type NewJob = {
  readonly kind: JobKind;
  /** Small facts only: identifiers, never a secret. */
  readonly body: Readonly<Record<string, string>>;
  /** The same key is queued once, ever. */
  readonly dedupe: string;
  readonly runMs: number;
};

export type Job = {
  readonly id: string;
  readonly kind: JobKind;
  readonly body: Readonly<Record<string, string>>;
  /** How often it was begun, this time included. */
  readonly tries: number;
  /** How often it had been woken when it was begun. */
  readonly wakes: number;
  /** What it was told since it last ended: identifiers, each once. */
  readonly hints: readonly string[];
};

export async function enqueue(database: Queryable, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  const rows = jobs.map((_, index) => `($${index * 5 + 1}, $${index * 5 + 2}, $${index * 5 + 3}, $${index * 5 + 4}, $${index * 5 + 5}, 0)`);
  await database.query(
    `insert into job (id, kind, body, dedupe, run_ms, tries) values ${rows.join(', ')} on conflict (dedupe) do nothing`,
    jobs.flatMap((job) => [newId('job'), job.kind, JSON.stringify(job.body), job.dedupe, job.runMs]),
  );
}

/**
 * Queues a job that may run again and again under one key: a later call wakes the one that there is, even while it runs, since what is new
 * may have come after it looked.
 */
export async function enqueueAgain(database: Queryable, job: NewJob): Promise<void> {
  await database.query(
    `insert into job (id, kind, body, dedupe, run_ms, tries) values ($1, $2, $3, $4, $5, 0)
     on conflict (dedupe) do update set run_ms = excluded.run_ms, body = excluded.body, tries = 0, done_ms = null, wakes = job.wakes + 1`,
    [newId('job'), job.kind, JSON.stringify(job.body), job.dedupe, job.runMs],
  );
}

type JobRow = Row & {
  readonly id: string;
  readonly kind: string;
  readonly body: string;
  readonly tries: number;
  readonly wakes: number;
  readonly hints: string;
};

/** Takes due jobs for `leaseMs`; a job whose holder died comes back when its lease ends. */
export async function claimJobs(database: Queryable, holder: string, now: number, leaseMs: number, limit: number): Promise<readonly Job[]> {
  const rows = await database.query<JobRow>(
    `with due as (
       select id from job where done_ms is null and run_ms <= $1 and (lease_ms is null or lease_ms <= $1)
       order by run_ms limit $3 ${database.skipLocked}
     )
     update job set lease_ms = $2, holder = $4, tries = tries + 1 where id in (select id from due) returning id, kind, body, tries, wakes, hints`,
    [now, now + leaseMs, limit, holder],
  );
  return rows.map((row) => ({
    ...row,
    kind: row.kind as JobKind,
    body: JSON.parse(row.body) as Readonly<Record<string, string>>,
    hints: row.hints.split(' ').filter((hint) => hint !== ''),
  }));
}

/** Says that these jobs still run. */
export async function extendLeases(database: Queryable, holder: string, jobIds: readonly string[], untilMs: number): Promise<void> {
  const places = jobIds.map((_, index) => `$${index + 3}`).join(', ');
  await database.query(`update job set lease_ms = $2 where holder = $1 and id in (${places})`, [holder, untilMs, ...jobIds]);
}

/**
 * The end of a job, as its holder says it. One that was woken meanwhile is due at once instead (`due`). What a finished job was about is not
 * kept: addresses stand in some of them. `only`: a further condition.
 */
export function completion(job: Job, holder: string, now: number, only = ''): Statement {
  return {
    sql: `update job set lease_ms = null, holder = null, failure = null, run_ms = $4,
       done_ms = case when wakes = $3 then cast($4 as bigint) else null end, body = case when wakes = $3 then '{}' else body end,
       hints = case when wakes = $3 then '' else hints end
     where id = $1 and holder = $2${only} returning case when done_ms is null then run_ms end as due`,
    parameters: [job.id, holder, job.wakes, now],
  };
}

/** To be run again at `runMs`. Gives when it is due, null if another has it by now. `anew`: the tries before do not count any more. */
export async function postponeJob(
  database: Queryable,
  job: Job,
  holder: string,
  end: { readonly now: number; readonly runMs: number; readonly failure: string | null; readonly anew: boolean },
): Promise<number | null> {
  const [row] = await database.query<{ run_ms: number }>(
    `update job set lease_ms = null, holder = null, failure = $3, run_ms = case when wakes = $4 then cast($5 as bigint) else $6 end,
       tries = case when wakes = $4 then tries * $7 else 0 end,
       hints = case when wakes = $4 and cast($3 as text) is null then '' else hints end
     where id = $1 and holder = $2 and done_ms is null returning run_ms`,
    [job.id, holder, end.failure, job.wakes, end.runMs, end.now, end.anew ? 0 : 1],
  );
  return row?.run_ms ?? null;
}

/** Where no other instance shares the data: at the start no other can hold a lease, so work that a crash interrupted goes on at once. */
export async function releaseLeases(database: Queryable): Promise<void> {
  await database.query('update job set lease_ms = null where done_ms is null and lease_ms is not null');
}
