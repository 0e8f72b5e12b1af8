/** Opening an account, signing in and out. Nothing here tells a stranger whether an account exists (ASVS 5.0 §6.3.8). */
import { LebError } from '#contract/errors.ts';
import type { Language } from '#contract/common.ts';
import type { Account, Session } from '#contract/account/index.ts';
import type { Database } from '../database/database.ts';
import { newId } from '../ids.ts';
import type { Parts } from '../parts.ts';
import { sendCode } from './addresses.ts';
import { countAttempt, forgiveAttempts, signInLimits, type SignInLimits } from './attempts.ts';
import { loginText, parseLogin, type Login } from './login.ts';
import { checkPasswordRules, hashPassword, verifyPassword } from './password.ts';
import { openSession, toAccount, type AccountRow, type Caller } from './sessions.ts';

export async function findAccount(database: Database, login: Login): Promise<AccountRow | null> {
  const column = login.kind === 'email' ? 'email' : 'phone';
  const [row] = await database.query<AccountRow>(`select * from account where ${column} = $1`, [loginText(login)]);
  return row ?? null;
}

/** Adds an account unless its login is taken; null if it is. `passwordHash` is a PHC string. */
export async function addAccount(
  database: Database,
  login: Login,
  passwordHash: string,
  language: Language,
  now: number,
): Promise<AccountRow | null> {
  const [row] = await database.query<AccountRow>(
    `insert into account (id, email, phone, password_hash, language, created_ms) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning *`,
    [newId('acc'), login.kind === 'email' ? login.email : null, login.kind === 'phone' ? login.phone : null, passwordHash, language, now],
  );
  return row ?? null;
}

/**
 * Opens an account and signs in. Where the login is taken this is a sign-in: the right password opens the account, any other gives
 * CREDENTIALS_WRONG, counted like a wrong sign-in. Throws LOGIN_INVALID, PASSWORD_WEAK, TOO_MANY_ATTEMPTS.
 */
export async function register(
  parts: Parts,
  input: { readonly login: string; readonly password: string; readonly language: Language },
  caller: Caller,
): Promise<Session> {
  const { database } = parts;
  const now = Date.now();
  const login = parseLogin(input.login);
  checkPasswordRules(input.password, [loginText(login)]);
  const limits = signInLimits(loginText(login), caller.address);
  await countAttempt(database, limits, now);
  // Both ways cost one hash: the time of the answer tells no more than the answer.
  const existing = await findAccount(database, login);
  if (existing === null) {
    const added = await addAccount(database, login, await hashPassword(input.password), input.language, now);
    if (added !== null) {
      await forgiveAttempts(database, limits);
      // A number is verified once its line is in the account: before that no message reaches it.
      if (login.kind === 'email') await sendCode(parts, added, login);
      return database.tx((tx) => openSession(tx, added, caller.client, now));
    }
  }
  return signInCounted(database, login, input.password, existing, limits, caller, now);
}

/** Throws CREDENTIALS_WRONG (unknown account and wrong password alike), LOGIN_INVALID, TOO_MANY_ATTEMPTS. */
export async function signIn(
  database: Database,
  input: { readonly login: string; readonly password: string },
  caller: Caller,
): Promise<Session> {
  const now = Date.now();
  const login = parseLogin(input.login);
  const limits = signInLimits(loginText(login), caller.address);
  await countAttempt(database, limits, now);
  return signInCounted(database, login, input.password, await findAccount(database, login), limits, caller, now);
}

async function signInCounted(
  database: Database,
  login: Login,
  password: string,
  found: AccountRow | null,
  limits: SignInLimits,
  caller: Caller,
  now: number,
): Promise<Session> {
  const account = found ?? (await findAccount(database, login));
  if (!(await verifyPassword(account?.password_hash ?? null, password)) || account === null) throw new LebError('CREDENTIALS_WRONG');
  await forgiveAttempts(database, limits);
  return database.tx((tx) => openSession(tx, account, caller.client, now));
}

/** Ends this session; the token is worthless from now on. */
export async function signOut(database: Database, tokenHash: string): Promise<void> {
  await database.query('delete from session where token_hash = $1', [tokenHash]);
}

/** `languageFollows` left out: an application tells its own language, which a language that the person chose outweighs. */
export async function updateLanguage(
  database: Database,
  account: AccountRow,
  input: { readonly language: Language; readonly languageFollows?: boolean | undefined },
): Promise<Account> {
  const { language, languageFollows } = input;
  const [row] =
    languageFollows === undefined
      ? await database.query<AccountRow>('update account set language = $2 where id = $1 and language_follows = 1 returning *', [
          account.id,
          language,
        ])
      : await database.query<AccountRow>('update account set language = $2, language_follows = $3 where id = $1 returning *', [
          account.id,
          language,
          languageFollows ? 1 : 0,
        ]);
  return toAccount(row ?? account);
}
