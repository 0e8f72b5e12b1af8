/** What is written about the addresses of an account: to the new one and to the former one. */
import { language as languageShape } from '#contract/common.ts';
import { codeMinutes, isTaken, makeCode } from '../accounts/addresses.ts';
import type { Row } from '../database/database.ts';
import type { Job } from '../jobs/jobs.ts';
import type { Parts } from '../parts.ts';
import { addressChangedLetter, addressCodeLetter, addressTakenLetter } from './letters.ts';
import { lineOfNumber } from './mail-jobs.ts';
import type { Letter, Mailer } from './mailer.ts';
import { fill, mailWords } from './words.ts';

type Message = { readonly key: string; readonly letter: Pick<Letter, 'subject' | 'text' | 'html'>; readonly sms: string };

/** By mail to a mail address; to a number on the line of the account that has it, if there is one. */
async function send(parts: Parts, mailer: Mailer, accountId: string, to: string, { key, letter, sms }: Message): Promise<void> {
  if (to.includes('@')) {
    await mailer.send({ ...letter, to, messageId: key, replyTo: parts.config.mail.supportEmail });
    return;
  }
  const iccid = await lineOfNumber(parts, accountId, to);
  if (iccid !== null) await parts.carrier.sms({ iccid, text: sms, key });
}

/** The code goes to the address that it proves. Where that is another account's, its holder reads of it, and no code is told. */
export async function sendAddressCodeJob(parts: Parts, mailer: Mailer, job: Job): Promise<void> {
  const made = await makeCode(parts.database, job.body['codeId'] ?? '');
  if (made === null) return;
  const { row, code } = made;
  const [account] = await parts.database.query<Row & { readonly language: string }>('select language from account where id = $1', [
    row.account_id,
  ]);
  if (account === undefined) return;
  const language = languageShape.parse(account.language);
  const words = mailWords(language);
  const { supportEmail } = parts.config.mail;
  const message = (await isTaken(parts.database, row))
    ? { letter: addressTakenLetter(supportEmail, language), sms: fill(words.addressTaken.sms, { supportEmail }) }
    : { letter: addressCodeLetter(code, codeMinutes, language), sms: fill(words.addressCode.sms, { code, minutes: codeMinutes }) };
  // A repeated sending has another code, so it is another message.
  await send(parts, mailer, row.account_id, row.address, { ...message, key: `${job.id}.${job.tries}.address-code` });
}

export async function tellAddressChangedJob(parts: Parts, mailer: Mailer, job: Job): Promise<void> {
  const { accountId = '', to = '', kind, present = '' } = job.body;
  const language = languageShape.parse(job.body['language']);
  const { supportEmail } = parts.config.mail;
  await send(parts, mailer, accountId, to, {
    letter: addressChangedLetter(kind === 'phone' ? 'phone' : 'email', present, supportEmail, language),
    sms: fill(mailWords(language).addressChanged.sms, { address: present, supportEmail }),
    key: `${job.id}.address-changed`,
  });
}
