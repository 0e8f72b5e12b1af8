import { mailAccountDeletedJob, mailPasswordChangedJob, mailResetJob, mailSupportJob } from '../mail/mail-jobs.ts';
import { sendAddressCodeJob, tellAddressChangedJob } from '../mail/address-jobs.ts';
import { MailRefused, type Mailer } from '../mail/mailer.ts';
import { adoptLines } from '../lines/lines.ts';
import { renewalJob } from '../orders/renewal-job.ts';
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
    renewal: (job) => renewalJob(parts, mailer, text(job, 'orderId'), job),
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
