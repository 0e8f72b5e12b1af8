/** One job for each renewal: every time it runs it goes as far as it can, from the first page to the confirmations. */
import type { Job } from '../jobs/jobs.ts';
import type { JobOutcome } from '../jobs/worker.ts';
import { confirmRenewal } from '../mail/confirm-renewal.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Parts } from '../parts.ts';
import { apply, refund, verify } from './apply.ts';
import { openPages, readRenewal, type Renewal } from './renewal.ts';
import { settle } from './settle.ts';

/** After two, five, fifteen seconds, then each minute while the order is open: webhooks may be late or never come. */
export function pollDelay(tries: number): number {
  return [3000, 10_000, 45_000][tries - 1] ?? 60_000;
}

/** When there is something to do again if nobody wakes the job; null: never. */
function nextLook(renewal: Renewal, tries: number): number | null {
  const now = Date.now();
  const { state, expires_ms: expiresMs } = renewal.order;
  if (state === 'paid') return now + Math.min(500 * tries, 10_000);
  if (state === 'fulfilled') return now + Math.min(500 * tries, 60_000);
  if (openPages(renewal).length > 0) return now + pollDelay(tries);
  // An order that nobody pays ends by itself.
  return state === 'open' ? Math.max(expiresMs, now + 1000) : null;
}

/**
 * Walks the renewal. A step that fails does not keep the others back: the mail server may be down while the carrier is not. The first failure
 * is thrown at the end, so that the job comes again.
 */
export async function renewalJob(parts: Parts, mailer: Mailer, orderId: string, job: Job): Promise<JobOutcome> {
  const before = await readRenewal(parts.database, orderId);
  if (before === null) return { done: true };
  let renewal = before;
  const failures: unknown[] = [];
  const steps: readonly ((renewal: Renewal) => Promise<Renewal>)[] = [
    (now) => settle(parts, now, job.hints),
    (now) => refund(parts, now, 'surplus'),
    (now) => apply(parts, now),
    // A renewal that was applied in this run has just been compared.
    (now) => (before.order.state === 'fulfilled' ? verify(parts, now) : Promise.resolve(now)),
  ];
  for (const step of steps) {
    try {
      renewal = await step(renewal);
    } catch (error) {
      failures.push(error);
    }
  }
  const { record, failure } = await confirmRenewal(parts, mailer, renewal);
  if (failure !== null) failures.push(failure);
  const next = nextLook(renewal, job.tries);
  if (record !== null && failures.length === 0 && next === null) return { done: true, record };
  if (record !== null) await parts.database.query(record.sql, record.parameters);
  if (failures.length > 0) throw failures[0];
  if (next === null) return { done: true };
  if (renewal.order.state === 'fulfilled' && job.tries === 20) {
    parts.log.error({ order: orderId }, 'a fulfilled renewal does not show in the figures of the carrier');
  }
  return { done: false, runAgainMs: next, anew: renewal.order.state !== before.order.state };
}
