/** Forgot password: a link that works once and for ten minutes (ASVS 5.0 §6.5.1, §6.5.5), known to the mailbox alone. */
import { LebError } from '#contract/errors.ts';
import type { Language } from '#contract/common.ts';
import { minute } from '../clock.ts';
import type { Queryable } from '../database/database.ts';
import { hashSecret, newId, newSecret } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import type { Parts } from '../parts.ts';
import { addressLimit, countAttempt } from './attempts.ts';
import { loginText, parseLogin } from './login.ts';
import { checkPasswordRules, hashPassword } from './password.ts';
import type { AccountRow } from './sessions.ts';

export const resetMinutes = 10;

/**
 * Always the same work and the same answer: whether there is such an account is looked up later, by the job that writes the letter.
 * Throws LOGIN_INVALID, TOO_MANY_ATTEMPTS (by the asker's address).
 */
export async function requestReset(parts: Parts, typed: string, language: Language, address: string): Promise<{ validMinutes: number }> {
  const now = Date.now();
  const login = loginText(parseLogin(typed));
  await countAttempt(parts.database, [addressLimit('reset', address)], now);
  // A mailbox is not flooded: one letter a minute, however often it is asked for.
  await enqueue(parts.database, [
    { kind: 'mailReset', body: { login, language }, dedupe: `reset:${hashSecret(login)}:${Math.floor(now / minute)}`, runMs: now },
  ]);
  parts.wake();
  return { validMinutes: resetMinutes };
}

/** Makes the account's one live link; a former one is worthless from now on. */
export async function openReset(database: Queryable, accountId: string, publicUrl: string, now: number): Promise<string> {
  const token = newSecret();
  await database.query(
    `insert into password_reset (account_id, token_hash, expires_ms) values ($1, $2, $3)
     on conflict (account_id) do update set token_hash = excluded.token_hash, expires_ms = excluded.expires_ms`,
    [accountId, hashSecret(token), now + resetMinutes * minute],
  );
  return `${publicUrl}/reset-password?token=${token}`;
}

/** Whose link it is, if it could be redeemed now; looking does not use it up (mail scanners look). */
export async function findReset(database: Queryable, token: string): Promise<AccountRow | null> {
  const [account] = await database.query<AccountRow>(
    `select account.* from password_reset join account on account.id = password_reset.account_id
     where password_reset.token_hash = $1 and password_reset.expires_ms > $2`,
    [hashSecret(token), Date.now()],
  );
  return account ?? null;
}

/** Sets the password, uses the link up and ends every session. Throws PASSWORD_WEAK, RESET_LINK_INVALID, TOO_MANY_ATTEMPTS. */
export async function redeemReset(parts: Parts, token: string, password: string, address: string): Promise<void> {
  const now = Date.now();
  await countAttempt(parts.database, [addressLimit('redeem', address)], now);
  const account = await findReset(parts.database, token);
  checkPasswordRules(password, [account?.email ?? null, account?.phone ?? null]);
  if (account === null) throw new LebError('RESET_LINK_INVALID');
  const passwordHash = await hashPassword(password);
  await parts.database.tx(async (tx) => {
    const [reset] = await tx.query<{ account_id: string }>(
      'delete from password_reset where token_hash = $1 and expires_ms > $2 returning account_id',
      [hashSecret(token), now],
    );
    if (reset === undefined) throw new LebError('RESET_LINK_INVALID');
    await tx.query('update account set password_hash = $2 where id = $1', [reset.account_id, passwordHash]);
    await tx.query('delete from session where account_id = $1', [reset.account_id]);
    // Whoever was signed in may have been about to take the account to another address.
    await tx.query('delete from address_code where account_id = $1', [reset.account_id]);
    await enqueue(tx, [
      { kind: 'mailPasswordChanged', body: { accountId: reset.account_id, how: 'reset' }, dedupe: newId('password-changed'), runMs: now },
    ]);
  });
  parts.log.info('a password was reset');
  parts.wake();
}
