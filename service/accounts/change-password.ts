/** Changing a password that one knows: asked for again, counted like a sign-in, and a new session for the one who did it. */
import { LebError } from '#contract/errors.ts';
import type { Session } from '#contract/account/index.ts';
import type { Database } from '../database/database.ts';
import { newId } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import type { Parts } from '../parts.ts';
import { sampleAccount } from './sample-account.ts';
import { countAttempt, forgiveAttempts, signInLimits } from './attempts.ts';
import { checkPasswordRules, hashPassword, verifyPassword } from './password.ts';
import { openSession, type AccountRow, type Caller } from './sessions.ts';

/**
 * Asks somebody who is signed in for the password once more (ASVS 5.0 §7.5.1): a session that was left open is not enough for what changes
 * who has the account. Guesses are counted as at the door. Throws PASSWORD_WRONG, TOO_MANY_ATTEMPTS.
 */
export async function confirmPassword(database: Database, account: AccountRow, password: string, caller: Caller): Promise<void> {
  const limits = signInLimits(account.id, caller.address);
  await countAttempt(database, limits, Date.now());
  if (!(await verifyPassword(account.password_hash, password))) throw new LebError('PASSWORD_WRONG');
  await forgiveAttempts(database, limits);
}

/** The sample account of a trial is everybody's: one person's change would lock the next one out. Throws SAMPLE_ACCOUNT. */
export function refuseSample(parts: Parts, account: AccountRow): void {
  if (parts.config.trial && account.email === sampleAccount.login) throw new LebError('SAMPLE_ACCOUNT');
}

/**
 * Sets another password, ends every session and opens a new one; a mailed link for a forgotten password, or a code for another address, is worthless
 * afterwards.
 * Throws PASSWORD_WEAK, PASSWORD_WRONG, TOO_MANY_ATTEMPTS, SAMPLE_ACCOUNT.
 */
export async function changePassword(
  parts: Parts,
  account: AccountRow,
  input: { readonly currentPassword: string; readonly newPassword: string },
  caller: Caller,
): Promise<Session> {
  refuseSample(parts, account);
  checkPasswordRules(input.newPassword, [account.email, account.phone]);
  await confirmPassword(parts.database, account, input.currentPassword, caller);
  const passwordHash = await hashPassword(input.newPassword);
  const now = Date.now();
  const session = await parts.database.tx(async (tx) => {
    // Of two changes at once one wins; the other no longer names the present password.
    const [changed] = await tx.query<AccountRow>('update account set password_hash = $3 where id = $1 and password_hash = $2 returning *', [
      account.id,
      account.password_hash,
      passwordHash,
    ]);
    if (changed === undefined) throw new LebError('PASSWORD_WRONG');
    await tx.query('delete from session where account_id = $1', [account.id]);
    await tx.query('delete from password_reset where account_id = $1', [account.id]);
    await tx.query('delete from address_code where account_id = $1', [account.id]);
    await enqueue(tx, [
      { kind: 'mailPasswordChanged', body: { accountId: account.id, how: 'changed' }, dedupe: newId('password-changed'), runMs: now },
    ]);
    return openSession(tx, changed, caller.client, now);
  });
  parts.log.info({ account: account.id, address: caller.address }, 'a password was changed');
  parts.wake();
  return session;
}
