import type { FastifyBaseLogger } from 'fastify';
import { minute, second } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { claimJobs, completeJob, nextDue, postponeJob, type Job, type JobKind } from './jobs.ts';

/** What a job says when it did not fail: finished, or to be run again at a time of its own choosing. */
export type JobOutcome = { readonly done: true } | { readonly done: false; readonly runAgainMs: number };
export type JobHandlers = Readonly<Record<JobKind, (job: Job) => Promise<JobOutcome>>>;

export type Worker = {
  /** Looks for work now, instead of at the next tick. */
  wake(): void;
  /** Lets running jobs finish. */
  close(): Promise<void>;
};

/** Longer than the deadlines of any one job taken together. */
const leaseMs = minute;
const atOnce = 8;
/** Another instance, or a hand on the database, may have queued something: look at least this often. */
const idleMs = 5 * second;

/** Half a second, one, two, … up to five minutes. */
export function backOff(tries: number): number {
  return Math.min(5 * minute, 500 * 2 ** Math.min(Math.max(tries - 1, 0), 12));
}

/** Runs due jobs, several at a time. A job that throws is tried again later, forever: money may hang on it. */
export function startWorker(database: Database, handlers: JobHandlers, log: FastifyBaseLogger): Worker {
  let closed = false;
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  const running = new Set<Promise<void>>();

  const runJob = async (job: Job): Promise<void> => {
    try {
      const outcome = await handlers[job.kind](job);
      if (outcome.done) await completeJob(database, job.id, Date.now());
      else await postponeJob(database, job.id, outcome.runAgainMs, null);
    } catch (error) {
      const wait = backOff(job.tries);
      log[job.tries > 8 ? 'error' : 'warn']({ job: job.id, kind: job.kind, tries: job.tries, wait, err: error }, 'job failed');
      await postponeJob(database, job.id, Date.now() + wait, error instanceof Error ? error.message : String(error));
    }
  };

  const takeDue = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    let wait = idleMs;
    try {
      do {
        lookAgain = false;
        const free = atOnce - running.size;
        const jobs = free > 0 ? await claimJobs(database, Date.now(), leaseMs, free) : [];
        for (const job of jobs) {
          const run: Promise<void> = runJob(job)
            .catch((error: unknown) => log.error({ job: job.id, err: error }, 'a job could not be put back'))
            .finally(() => {
              running.delete(run);
              look();
            });
          running.add(run);
        }
      } while (lookAgain);
      const due = await nextDue(database);
      if (due !== null) wait = Math.min(idleMs, Math.max(20, due - Date.now()));
      if (running.size >= atOnce) wait = idleMs;
    } catch (error) {
      log.error({ err: error }, 'the job table could not be read');
    }
    looking = null;
    if (!closed) timer = setTimeout(look, lookAgain ? 0 : wait);
  };

  const look = (): void => {
    if (closed) return;
    if (looking === null) looking = takeDue();
    else lookAgain = true;
  };

  look();
  return {
    wake: look,
    close: async () => {
      closed = true;
      if (looking !== null) await looking;
      if (timer !== null) clearTimeout(timer);
      await Promise.allSettled(running);
    },
  };
}
