/** One table is the queue and the outbox: a job is written in the same transaction as the change that it follows from. */
import type { Queryable, Row } from '../database/database.ts';
import { newId } from '../ids.ts';

export const jobKinds = [
  'poll',
  'settle',
  'refund',
  'fulfil',
  'verify',
  'mailRenewed',
  'smsRenewed',
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
};

export async function enqueue(database: Queryable, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  const rows = jobs.map((_, index) => `($${index * 5 + 1}, $${index * 5 + 2}, $${index * 5 + 3}, $${index * 5 + 4}, $${index * 5 + 5}, 0)`);
  await database.query(
    `insert into job (id, kind, body, dedupe, run_ms, tries) values ${rows.join(', ')} on conflict (dedupe) do nothing`,
    jobs.flatMap((job) => [newId('job'), job.kind, JSON.stringify(job.body), job.dedupe, job.runMs]),
  );
}

/** Queues a job that may run again and again under one key: a later call wakes the one that there is. */
export async function enqueueAgain(database: Queryable, job: NewJob): Promise<void> {
  await database.query(
    `insert into job (id, kind, body, dedupe, run_ms, tries) values ($1, $2, $3, $4, $5, 0)
     on conflict (dedupe) do update set run_ms = excluded.run_ms, body = excluded.body, tries = 0, done_ms = null`,
    [newId('job'), job.kind, JSON.stringify(job.body), job.dedupe, job.runMs],
  );
}

type JobRow = Row & { readonly id: string; readonly kind: string; readonly body: string; readonly tries: number };

/** Takes due jobs for `leaseMs`; a job whose holder died comes back when its lease ends. */
export async function claimJobs(database: Queryable, now: number, leaseMs: number, limit: number): Promise<readonly Job[]> {
  const rows = await database.query<JobRow>(
    `update job set lease_ms = $2, tries = tries + 1 where id in (
       select id from job where done_ms is null and run_ms <= $1 and (lease_ms is null or lease_ms <= $1) order by run_ms limit $3
     ) returning id, kind, body, tries`,
    [now, now + leaseMs, limit],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as JobKind,
    body: JSON.parse(row.body) as Readonly<Record<string, string>>,
    tries: row.tries,
  }));
}

/** What a finished job was about is not kept: addresses stand in some of them. */
export async function completeJob(database: Queryable, jobId: string, now: number): Promise<void> {
  await database.query("update job set done_ms = $2, lease_ms = null, failure = null, body = '{}' where id = $1", [jobId, now]);
}

export async function postponeJob(database: Queryable, jobId: string, runMs: number, failure: string | null): Promise<void> {
  await database.query('update job set run_ms = $2, lease_ms = null, failure = $3 where id = $1 and done_ms is null', [
    jobId,
    runMs,
    failure,
  ]);
}

/** A SQLite file has one service: at its start no other can hold a lease, so work that a crash interrupted goes on at once. */
export async function releaseLeases(database: Queryable): Promise<void> {
  await database.query('update job set lease_ms = null where done_ms is null and lease_ms is not null');
}

/** When the next job is due, or null. */
export async function nextDue(database: Queryable): Promise<number | null> {
  const [row] = await database.query<{ due: number | null }>(
    'select min(case when lease_ms is not null and lease_ms > run_ms then lease_ms else run_ms end) as due from job where done_ms is null',
  );
  return row?.due ?? null;
}
