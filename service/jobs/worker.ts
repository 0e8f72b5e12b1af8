import type { FastifyBaseLogger } from 'fastify';
import { minute, second } from '../clock.ts';
import { ifGuarded, type Database, type Statement } from '../database/database.ts';
import { newId } from '../ids.ts';
import { claimJobs, completion, extendLeases, postponeJob, type Job, type JobKind } from './jobs.ts';

/**
 * What a job says when it did not fail: finished, with a last statement that is written together with its end (one with `returning`, which
 * gives a row), or to be run again at a time of its own choosing, perhaps counting its tries anew.
 */
export type JobOutcome =
  | { readonly done: true; readonly record?: Statement }
  | { readonly done: false; readonly runAgainMs: number; readonly anew?: boolean };
export type JobHandlers = Readonly<Record<JobKind, (job: Job) => Promise<JobOutcome>>>;

export type Worker = {
  /** Looks for work at that time (milliseconds), now if none is given, instead of at the next tick. */
  wake(atMs?: number): void;
  /** Lets running jobs finish. */
  close(): Promise<void>;
};

/** A job whose instance died is taken by another after this; whoever runs one for longer says in time that it still does. */
const leaseMs = 10 * second;
const heartbeatMs = 3 * second;
const atOnce = 32;
/** Another instance, or a hand on the database, may have queued something: look at least this often. */
const idleMs = { shared: second, alone: 5 * second };

/** Half a second, one, two, … up to five minutes. */
export function backOff(tries: number): number {
  return Math.min(5 * minute, 500 * 2 ** Math.min(Math.max(tries - 1, 0), 12));
}

/** Runs due jobs, several at a time. A job that throws is tried again later, forever: money may hang on it. */
export function startWorker(database: Database, handlers: JobHandlers, log: FastifyBaseLogger): Worker {
  const holder = newId('wrk');
  let closed = false;
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  /** Every free place was taken: more may be due, and are looked for as soon as half of the places are free. */
  let more = false;
  /** When the timer rings. */
  let nextMs = 0;
  const running = new Map<string, Promise<void>>();

  const postpone = async (job: Job, runMs: number, failure: string | null, anew: boolean): Promise<void> => {
    const dueMs = await postponeJob(database, job, holder, { now: Date.now(), runMs, failure, anew });
    if (dueMs !== null) sleepUntil(dueMs);
  };

  const complete = async (job: Job): Promise<void> => {
    const { sql, parameters } = completion(job, holder, Date.now());
    const [row] = await database.query<{ due: number | null }>(sql, parameters);
    if (row !== undefined && row.due !== null) sleepUntil(row.due);
  };

  const runJob = async (job: Job): Promise<void> => {
    try {
      const outcome = await handlers[job.kind](job);
      if (!outcome.done) return await postpone(job, outcome.runAgainMs, null, outcome.anew === true);
      if (outcome.record !== undefined) await database.change(outcome.record, [completion(job, holder, Date.now(), ` and ${ifGuarded}`)]);
      else await complete(job);
    } catch (error) {
      const wait = backOff(job.tries);
      log[job.tries > 8 ? 'error' : 'warn']({ job: job.id, kind: job.kind, tries: job.tries, wait, err: error }, 'job failed');
      await postpone(job, Date.now() + wait, error instanceof Error ? error.message : String(error), false);
    }
  };

  /** Sleeps until the earliest time that anybody named. */
  const sleepUntil = (atMs: number): void => {
    if (closed || (timer !== null && nextMs <= atMs)) return;
    if (timer !== null) clearTimeout(timer);
    nextMs = atMs;
    timer = setTimeout(
      () => {
        timer = null;
        look();
      },
      Math.max(0, atMs - Date.now()),
    );
  };

  const start = (job: Job): void => {
    const run = runJob(job)
      // The lease ends by itself: then the job is taken again.
      .catch((error: unknown) => log.error({ job: job.id, err: error }, 'a job could not be put back'))
      .finally(() => {
        running.delete(job.id);
        if (more && running.size <= atOnce / 2) look();
      });
    running.set(job.id, run);
  };

  const takeDue = async (): Promise<void> => {
    try {
      const free = atOnce - running.size;
      const jobs = free > 0 ? await claimJobs(database, holder, Date.now(), leaseMs, free) : [];
      more = jobs.length === Math.max(0, free);
      for (const job of jobs) start(job);
    } catch (error) {
      log.error({ err: error }, 'the job table could not be read');
    }
    // Instances that were started together must not all look at the same moment.
    sleepUntil(Date.now() + (database.shared ? idleMs.shared * (0.5 + Math.random()) : idleMs.alone));
  };

  const look = (): void => {
    if (closed) return;
    lookAgain = looking !== null;
    looking ??= takeDue().finally(() => {
      looking = null;
      if (lookAgain) look();
    });
  };

  const heartbeat = setInterval(() => {
    if (running.size === 0) return;
    extendLeases(database, holder, [...running.keys()], Date.now() + leaseMs).catch((error: unknown) =>
      log.warn({ err: error }, 'the leases of running jobs could not be extended'),
    );
  }, heartbeatMs);

  look();
  return {
    wake: (atMs) => (atMs === undefined ? look() : sleepUntil(atMs)),
    close: async () => {
      closed = true;
      if (looking !== null) await looking;
      if (timer !== null) clearTimeout(timer);
      await Promise.allSettled(running.values());
      clearInterval(heartbeat);
    },
  };
}
