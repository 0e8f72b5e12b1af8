import { language as languageShape } from '#contract/common.ts';
import { findAccount } from '../accounts/accounts.ts';
import { parseLogin } from '../accounts/login.ts';
import { openReset, resetMinutes } from '../accounts/password-resets.ts';
import type { Row } from '../database/database.ts';
import type { Job } from '../jobs/jobs.ts';
import type { LineRow } from '../lines/lines.ts';
import type { Parts } from '../parts.ts';
import { accountDeletedLetter, passwordChangedLetter, resetLetter, supportLetter } from './letters.ts';
import type { Mailer } from './mailer.ts';
import { fill, mailWords } from './words.ts';

/** The line of this account that has the number, if the carrier still says so: its owner alone reads what is sent to it. */
export async function lineOfNumber(parts: Parts, accountId: string, phone: string): Promise<string | null> {
  const rows = await parts.database.query<LineRow>('select * from line where account_id = $1', [accountId]);
  for (const row of rows) {
    if ((await parts.carrier.line(row.iccid))?.msisdn === phone) return row.iccid;
  }
  return null;
}

/** Writes the letter with the link, if there is such an account; else nothing. */
export async function mailResetJob(parts: Parts, mailer: Mailer, jobId: string, typed: string, typedLanguage: string): Promise<void> {
  const account = await findAccount(parts.database, parseLogin(typed));
  if (account === null) return;
  const language = languageShape.parse(typedLanguage);
  if (account.email !== null) {
    const link = await openReset(parts.database, account.id, parts.publicUrl(), Date.now());
    await mailer.send({ ...resetLetter(link, resetMinutes, language), to: account.email, messageId: `${jobId}.reset`, replyTo: null });
  } else if (account.phone !== null) {
    const iccid = await lineOfNumber(parts, account.id, account.phone);
    if (iccid === null) return;
    const link = await openReset(parts.database, account.id, parts.publicUrl(), Date.now());
    const text = fill(mailWords(language).reset.sms, { minutes: resetMinutes, link });
    await parts.carrier.sms({ iccid, text, key: `${jobId}.reset` });
  }
}

/** Tells the person by mail, or, where the account has a number alone, on the line that has it. */
export async function mailPasswordChangedJob(parts: Parts, mailer: Mailer, job: Job): Promise<void> {
  const accountId = job.body['accountId'] ?? '';
  const [account] = await parts.database.query<Row & { email: string | null; phone: string | null; language: string }>(
    'select email, phone, language from account where id = $1',
    [accountId],
  );
  if (account === undefined) return;
  const language = languageShape.parse(account.language);
  const { supportEmail } = parts.config.mail;
  const how = job.body['how'] === 'changed' ? 'changed' : 'reset';
  if (account.email !== null) {
    await mailer.send({
      ...passwordChangedLetter(how, supportEmail, language),
      to: account.email,
      messageId: `${job.id}.password-changed`,
      replyTo: supportEmail,
    });
  } else if (account.phone !== null) {
    const iccid = await lineOfNumber(parts, accountId, account.phone);
    if (iccid === null) return;
    const text = fill(mailWords(language).passwordChanged.sms, { supportEmail });
    await parts.carrier.sms({ iccid, text, key: `${job.id}.password-changed` });
  }
}

/** The last letter, to the address that the account had. */
export async function mailAccountDeletedJob(parts: Parts, mailer: Mailer, job: Job): Promise<void> {
  const { email, language } = job.body;
  if (email === undefined) return;
  await mailer.send({
    ...accountDeletedLetter(parts.config.mail.supportEmail, languageShape.parse(language)),
    to: email,
    messageId: `${job.id}.account-deleted`,
    replyTo: parts.config.mail.supportEmail,
  });
}

type SupportRow = Row & {
  readonly number: string;
  readonly subject: 'plan' | 'payment' | 'device' | 'other';
  readonly body: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly language: string;
  readonly iccid: string | null;
  readonly order_number: string | null;
};

export async function mailSupportJob(parts: Parts, mailer: Mailer, supportId: string): Promise<void> {
  const [row] = await parts.database.query<SupportRow>(
    `select support_request.number, support_request.subject, support_request.body, account.email, account.phone, account.language,
       line.iccid, ord.number as order_number
     from support_request join account on account.id = support_request.account_id
     left join line on line.id = support_request.line_id left join ord on ord.id = support_request.ord_id
     where support_request.id = $1`,
    [supportId],
  );
  if (row === undefined) return;
  const facts = {
    number: row.number,
    subject: row.subject,
    text: row.body,
    answerTo: row.email ?? row.phone ?? '',
    line: row.iccid,
    order: row.order_number,
  };
  await mailer.send({
    ...supportLetter(facts, languageShape.parse(row.language)),
    to: parts.config.mail.supportEmail,
    messageId: `${supportId}.support`,
    replyTo: row.email,
  });
}
