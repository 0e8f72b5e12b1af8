import type { FastifyBaseLogger } from 'fastify';
import { minute, second } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { claimJobs, completeJob, nextDue, postponeJob, type Job, type JobKind } from './jobs.ts';

/** What a job says when it did not fail: finished, or to be run again at a time of its own choosing. */
export type JobOutcome = { readonly done: true } | { readonly done: false; readonly runAgainMs: number };
export type JobHandlers = Readonly<Record<JobKind, (job: Job) => Promise<JobOutcome>>>;

export type Worker = {
  /** Looks for work at that time (milliseconds), now if none is given, instead of at the next tick. */
  wake(atMs?: number): void;
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
  /** When the timer rings. */
  let nextMs = 0;
  const running = new Set<Promise<void>>();

  const runJob = async (job: Job): Promise<void> => {
    try {
      const outcome = await handlers[job.kind](job);
      if (outcome.done) await completeJob(database, job.id, Date.now());
      else {
        await postponeJob(database, job.id, outcome.runAgainMs, null);
        sleepUntil(outcome.runAgainMs);
      }
    } catch (error) {
      const wait = backOff(job.tries);
      log[job.tries > 8 ? 'error' : 'warn']({ job: job.id, kind: job.kind, tries: job.tries, wait, err: error }, 'job failed');
      await postponeJob(database, job.id, Date.now() + wait, error instanceof Error ? error.message : String(error));
      sleepUntil(Date.now() + wait);
    }
  };

  /** Sleeps until the earliest time that anybody named, or until it is time to ask the table itself. */
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

  const takeDue = async (): Promise<void> => {
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
              // Somebody may have waited for a free place.
              if (running.size === atOnce - 1) look();
            });
          running.add(run);
        }
      } while (lookAgain);
      // A timer that is still set rings for the earliest job that is known; without one, the table is asked.
      if (timer === null) {
        const due = running.size < atOnce ? await nextDue(database) : null;
        sleepUntil(Math.min(Date.now() + idleMs, due ?? Number.MAX_SAFE_INTEGER));
      }
    } catch (error) {
      log.error({ err: error }, 'the job table could not be read');
      sleepUntil(Date.now() + idleMs);
    }
    looking = null;
    if (lookAgain) look();
  };

  const look = (): void => {
    if (closed) return;
    if (looking === null) looking = takeDue();
    else lookAgain = true;
  };

  look();
  return {
    wake: (atMs) => (atMs === undefined ? look() : sleepUntil(atMs)),
    close: async () => {
      closed = true;
      if (looking !== null) await looking;
      if (timer !== null) clearTimeout(timer);
      await Promise.allSettled(running);
    },
  };
}
