/** The sample account of the embedded trial: one to look around with, owner of every line that the carrier lists for it. */
import { addAccount, findAccount } from './accounts/accounts.ts';
import { parseLogin } from './accounts/login.ts';
import { hashPassword } from './accounts/password.ts';
import { sampleAccount } from './accounts/sample-account.ts';
import { enqueueAgain } from './jobs/jobs.ts';
import { adoptLines } from './lines/lines.ts';
import type { Parts } from './parts.ts';

/** Makes the account at first start. If the carrier is not there yet, its lines follow by themselves. */
export async function seedTrial(parts: Parts): Promise<void> {
  const login = parseLogin(sampleAccount.login);
  const account =
    (await findAccount(parts.database, login)) ??
    (await addAccount(parts.database, login, await hashPassword(sampleAccount.password), 'en', Date.now())) ??
    (await findAccount(parts.database, login));
  if (account === null) return;
  await parts.database.query('update account set email_verified_ms = created_ms where id = $1 and email_verified_ms is null', [account.id]);
  try {
    await adoptLines(parts.database, parts.carrier, account.id, sampleAccount.login);
  } catch (error) {
    parts.log.warn({ err: error }, 'the carrier does not list the sample lines yet');
    await enqueueAgain(parts.database, {
      kind: 'adoptLines',
      body: { accountId: account.id, holder: sampleAccount.login },
      dedupe: `adopt:${account.id}`,
      runMs: Date.now() + 500,
    });
  }
}
