import {
  mailAccountDeletedJob,
  mailPasswordChangedJob,
  mailRenewedJob,
  mailResetJob,
  mailSupportJob,
  smsRenewedJob,
} from '../mail/mail-jobs.ts';
import { sendAddressCodeJob, tellAddressChangedJob } from '../mail/address-jobs.ts';
import { MailRefused, type Mailer } from '../mail/mailer.ts';
import { adoptLines } from '../lines/lines.ts';
import { fulfilJob, pollJob, refundJob, verifyJob } from '../orders/fulfil.ts';
import { settleOrder } from '../orders/settle.ts';
import type { Parts } from '../parts.ts';
import type { Job } from './jobs.ts';
import type { JobHandlers, JobOutcome } from './worker.ts';

/** A reset link or a notice is worth nothing an hour later. */
const longestMailTries = 8;

function text(job: Job, name: string): string {
  const value = job.body[name];
  if (value === undefined) throw new Error(`a ${job.kind} job has no ${name}`);
  return value;
}

async function done(work: Promise<unknown>): Promise<JobOutcome> {
  await work;
  return { done: true };
}

/** Which function does which job. */
export function jobHandlers(parts: Parts, mailer: Mailer): JobHandlers {
  const letter = async (job: Job, work: () => Promise<void>): Promise<JobOutcome> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof MailRefused) && job.tries < longestMailTries) throw error;
      parts.log.error({ job: job.id, kind: job.kind, err: error }, 'a letter was given up');
    }
    return { done: true };
  };
  return {
    poll: (job) => pollJob(parts, text(job, 'orderId'), job.tries),
    settle: (job) => done(settleOrder(parts, text(job, 'orderId'), job.body['sessionId'] ?? null)),
    refund: (job) => refundJob(parts, text(job, 'orderId'), text(job, 'sessionId')),
    fulfil: (job) => fulfilJob(parts, text(job, 'orderId'), job.tries),
    verify: (job) => verifyJob(parts, text(job, 'orderId'), job.tries),
    mailRenewed: (job) => done(mailRenewedJob(parts, mailer, text(job, 'orderId'))),
    smsRenewed: (job) => done(smsRenewedJob(parts, text(job, 'orderId'))),
    mailReset: (job) => letter(job, () => mailResetJob(parts, mailer, job.id, text(job, 'login'), text(job, 'language'))),
    mailPasswordChanged: (job) => letter(job, () => mailPasswordChangedJob(parts, mailer, job)),
    mailSupport: (job) => done(mailSupportJob(parts, mailer, text(job, 'supportId'))),
    releaseLine: (job) => done(parts.carrier.release({ iccid: text(job, 'iccid'), holder: text(job, 'holder') })),
    mailAccountDeleted: (job) => letter(job, () => mailAccountDeletedJob(parts, mailer, job)),
    sendAddressCode: (job) => letter(job, () => sendAddressCodeJob(parts, mailer, job)),
    tellAddressChanged: (job) => letter(job, () => tellAddressChangedJob(parts, mailer, job)),
    adoptLines: (job) => done(adoptLines(parts.database, parts.carrier, text(job, 'accountId'), text(job, 'holder'))),
  };
}
