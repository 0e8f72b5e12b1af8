import { LebError } from '#contract/errors.ts';
import { account as accountShape, type Account } from '#contract/account/index.ts';
import { day, toInstant } from '../clock.ts';
import type { Queryable, Row } from '../database/database.ts';
import { hashSecret, newSecret } from '../ids.ts';

const lifetimeMs = 30 * day;

export type AccountRow = Row & {
  readonly id: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly password_hash: string;
  readonly language: string;
  readonly created_ms: number;
};

export function toAccount(row: AccountRow): Account {
  return accountShape.parse({
    accountId: row.id,
    email: row.email,
    phone: row.phone,
    language: row.language,
    createdAt: toInstant(row.created_ms),
  });
}

/** Opens a session. The token is told once; only its hash is kept. */
export async function openSession(
  database: Queryable,
  accountId: string,
  now: number,
): Promise<{ readonly token: string; readonly expiresAt: string }> {
  const token = newSecret();
  const expires = now + lifetimeMs;
  await database.query('insert into session (token_hash, account_id, created_ms, expires_ms) values ($1, $2, $3, $4)', [
    hashSecret(token),
    accountId,
    now,
    expires,
  ]);
  return { token, expiresAt: toInstant(expires) };
}

/** The account of a bearer token (`Authorization: Bearer …`). Throws SIGN_IN_REQUIRED. */
export async function authenticate(
  database: Queryable,
  authorization: string | undefined,
  now: number,
): Promise<{ readonly account: AccountRow; readonly tokenHash: string }> {
  const token = /^Bearer ([\w-]{20,200})$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new LebError('SIGN_IN_REQUIRED');
  const tokenHash = hashSecret(token);
  const [account] = await database.query<AccountRow>(
    `select account.* from session join account on account.id = session.account_id
     where session.token_hash = $1 and session.expires_ms > $2`,
    [tokenHash, now],
  );
  if (account === undefined) throw new LebError('SIGN_IN_REQUIRED');
  return { account, tokenHash };
}
