import { LebError } from '#contract/errors.ts';
import { account as accountShape, sessionEntry, type Account, type Session, type SessionEntry } from '#contract/account/index.ts';
import { day, minute, toInstant } from '../clock.ts';
import type { Queryable, Row } from '../database/database.ts';
import { hashSecret, newId, newSecret } from '../ids.ts';

const lifetimeMs = 30 * day;
/** The time of last use is noted no more often than this: reading an account writes nothing. */
const usePrecisionMs = 5 * minute;

export type AccountRow = Row & {
  readonly id: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly password_hash: string;
  readonly language: string;
  readonly created_ms: number;
  readonly email_verified_ms: number | null;
  readonly phone_verified_ms: number | null;
  readonly language_follows: number;
};

/** Who asks, as far as a request tells: its network address, and the program by its own word. */
export type Caller = { readonly address: string; readonly client: string };

export function toAccount(row: AccountRow): Account {
  return accountShape.parse({
    accountId: row.id,
    email: row.email,
    phone: row.phone,
    emailVerified: row.email_verified_ms !== null,
    phoneVerified: row.phone_verified_ms !== null,
    language: row.language,
    languageFollows: row.language_follows === 1,
    createdAt: toInstant(row.created_ms),
  });
}

/**
 * Opens a session, in a transaction. The token is told once; only its hash is kept. Throws CREDENTIALS_WRONG where the password that was
 * checked is no longer the account's: a sign-in that overlaps a change must not outlive it.
 */
export async function openSession(transaction: Queryable, account: AccountRow, client: string, now: number): Promise<Session> {
  const token = newSecret();
  const expires = now + lifetimeMs;
  // Writing what is there already holds the row: whoever changes the password waits, and then finds this session to end.
  const held = await transaction.query(
    'update account set password_hash = password_hash where id = $1 and password_hash = $2 returning id',
    [account.id, account.password_hash],
  );
  if (held.length === 0) throw new LebError('CREDENTIALS_WRONG');
  await transaction.query(
    'insert into session (token_hash, id, account_id, client, created_ms, used_ms, expires_ms) values ($1, $2, $3, $4, $5, $5, $6)',
    [hashSecret(token), newId('ses'), account.id, client, now, expires],
  );
  return { token, expiresAt: toInstant(expires), account: toAccount(account) };
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
  const [account] = await database.query<AccountRow & { readonly used_ms: number }>(
    `select account.*, session.used_ms from session join account on account.id = session.account_id
     where session.token_hash = $1 and session.expires_ms > $2`,
    [tokenHash, now],
  );
  if (account === undefined) throw new LebError('SIGN_IN_REQUIRED');
  if (now - account.used_ms > usePrecisionMs) {
    await database.query('update session set used_ms = $2 where token_hash = $1', [tokenHash, now]);
  }
  return { account, tokenHash };
}

/** What our programs call themselves: `leb-companion/0.1.0 (electron; linux)`. Whatever else is said is not repeated to anybody. */
const ourPrograms = /^leb-companion\/(?<version>[\w.+-]{1,32}) \((?<shell>electron|web|cli); (?<platform>[a-z\d]{1,16})\)$/u;

type SessionRow = Row & {
  readonly id: string;
  readonly token_hash: string;
  readonly client: string;
  readonly created_ms: number;
  readonly used_ms: number;
};

/** Where the account is signed in: the session that asks first, then the others, last used first. */
export async function listSessions(database: Queryable, accountId: string, tokenHash: string, now: number): Promise<SessionEntry[]> {
  const rows = await database.query<SessionRow>(
    'select * from session where account_id = $1 and expires_ms > $2 order by used_ms desc, id desc limit 200',
    [accountId, now],
  );
  const entries = rows.map((row) => {
    const { version = null, shell = null, platform = null } = ourPrograms.exec(row.client)?.groups ?? {};
    return sessionEntry.parse({
      sessionId: row.id,
      shell,
      platform,
      version,
      createdAt: toInstant(row.created_ms),
      usedAt: toInstant(row.used_ms),
      current: row.token_hash === tokenHash,
    });
  });
  return entries.toSorted((one, other) => Number(other.current) - Number(one.current));
}

/** Ends one session of the account; what is not there, or is another's, stays as it is. */
export async function endSession(database: Queryable, accountId: string, sessionId: string): Promise<void> {
  await database.query('delete from session where account_id = $1 and id = $2', [accountId, sessionId]);
}

/** Ends every session of the account but the one that asks. */
export async function endOtherSessions(database: Queryable, accountId: string, tokenHash: string): Promise<{ ended: number }> {
  const ended = await database.query('delete from session where account_id = $1 and token_hash <> $2 returning id', [accountId, tokenHash]);
  return { ended: ended.length };
}
