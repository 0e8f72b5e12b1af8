/** The addresses of an account: proved by a code that is sent there, which is the only way to another one. */
import { randomInt } from 'node:crypto';
import { LebError } from '#contract/errors.ts';
import type { Account, AddressCode } from '#contract/account/index.ts';
import { hour, minute } from '../clock.ts';
import type { Queryable, Row } from '../database/database.ts';
import { hashSecret, newId } from '../ids.ts';
import { enqueue, type NewJob } from '../jobs/jobs.ts';
import type { Parts } from '../parts.ts';
import { accountLimit, countAttempt } from './attempts.ts';
import { confirmPassword, refuseSample } from './change-password.ts';
import { loginText, maskRecipient, parseLogin, type Login } from './login.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { toAccount, type AccountRow, type Caller } from './sessions.ts';

export const codeMinutes = 10;
const codeTries = 5;
/** Whoever asks: a mailbox is not filled with codes. */
const codesAnHour = 10;

export type AddressCodeRow = Row & {
  readonly account_id: string;
  readonly id: string;
  readonly kind: Login['kind'];
  readonly address: string;
  readonly code_hash: string | null;
  readonly tries: number;
};

/**
 * Sends a code to an address that is to become the account's. The answer does not tell whether another account has it: its holder gets a
 * letter without a code. Throws LOGIN_INVALID, PASSWORD_WRONG, SAMPLE_ACCOUNT, ADDRESS_UNREACHABLE, TOO_MANY_ATTEMPTS.
 */
export async function requestAddressChange(
  parts: Parts,
  account: AccountRow,
  input: { readonly address: string; readonly password: string },
  caller: Caller,
): Promise<AddressCode> {
  refuseSample(parts, account);
  const login = parseLogin(input.address);
  await confirmPassword(parts.database, account, input.password, caller);
  return sendCode(parts, account, login);
}

/** Sends a code to an address that the account has. Throws INPUT_INVALID where it has none of the kind, ADDRESS_UNREACHABLE, TOO_MANY_ATTEMPTS. */
export async function requestVerification(parts: Parts, account: AccountRow, kind: Login['kind']): Promise<AddressCode> {
  const address = account[kind];
  if (address === null) throw new LebError('INPUT_INVALID', { field: 'kind' });
  return sendCode(parts, account, parseLogin(address));
}

/** Notes what is to be proved; the job that writes the message makes the code, so that no job ever holds one. */
export async function sendCode(parts: Parts, account: AccountRow, login: Login): Promise<AddressCode> {
  const now = Date.now();
  const address = loginText(login);
  await countAttempt(
    parts.database,
    [accountLimit('code', account.id), { key: `code-to:${hashSecret(address)}`, limit: codesAnHour, windowMs: hour }],
    now,
  );
  if (login.kind === 'phone') await requireOwnNumber(parts.database, account.id, address);
  const id = newId('cod');
  await parts.database.tx(async (tx) => {
    await tx.query(
      `insert into address_code (account_id, id, kind, address, code_hash, tries, expires_ms) values ($1, $2, $3, $4, null, 0, $5)
       on conflict (account_id) do update set id = excluded.id, kind = excluded.kind, address = excluded.address, code_hash = null,
         tries = 0, expires_ms = excluded.expires_ms`,
      [account.id, id, login.kind, address, now + codeMinutes * minute],
    );
    await enqueue(tx, [{ kind: 'sendAddressCode', body: { codeId: id }, dedupe: `code:${id}`, runMs: now }]);
  });
  parts.wake();
  return { kind: login.kind, validMinutes: codeMinutes };
}

/** Messages go through the carrier, to its own lines. */
async function requireOwnNumber(database: Queryable, accountId: string, phone: string): Promise<void> {
  const lines = await database.query('select id from line where account_id = $1 and msisdn = $2', [accountId, phone]);
  if (lines.length === 0) throw new LebError('ADDRESS_UNREACHABLE');
}

/** Makes the code of a request, if it is still the newest of its account. Told once; kept as a slow hash, since six digits are soon tried. */
export async function makeCode(
  database: Queryable,
  codeId: string,
): Promise<{ readonly row: AddressCodeRow; readonly code: string } | null> {
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const [row] = await database.query<AddressCodeRow>('update address_code set code_hash = $2, expires_ms = $3 where id = $1 returning *', [
    codeId,
    await hashPassword(code),
    Date.now() + codeMinutes * minute,
  ]);
  return row === undefined ? null : { row, code };
}

/** Whether an address is that of another account. */
export async function isTaken(database: Queryable, { account_id: accountId, kind, address }: AddressCodeRow): Promise<boolean> {
  const others = await database.query(`select id from account where ${kind} = $1 and id <> $2`, [address, accountId]);
  return others.length > 0;
}

/**
 * Takes the code: the address becomes the account's, if it was not, and is verified. The address before it is told. Each try is counted
 * before it is looked at. Throws ADDRESS_CODE_WRONG.
 */
export async function confirmAddress(parts: Parts, account: AccountRow, code: string): Promise<Account> {
  const { database } = parts;
  const now = Date.now();
  const [row] = await database.query<AddressCodeRow>(
    'update address_code set tries = tries + 1 where account_id = $1 and expires_ms > $2 and tries < $3 and code_hash is not null returning *',
    [account.id, now, codeTries],
  );
  const matches = await verifyPassword(row?.code_hash ?? null, code);
  if (row === undefined || !matches) throw new LebError('ADDRESS_CODE_WRONG', { triesLeft: row === undefined ? 0 : codeTries - row.tries });
  const changed = await database.tx(async (tx) => {
    const used = await tx.query('delete from address_code where id = $1 returning id', [row.id]);
    if (used.length === 0 || (await isTaken(tx, row))) throw new LebError('ADDRESS_CODE_WRONG', { triesLeft: 0 });
    const [before] = await tx.query<AccountRow>('select * from account where id = $1', [account.id]);
    const [after] = await tx.query<AccountRow>(
      `update account set ${row.kind} = $2, ${row.kind}_verified_ms = $3 where id = $1 and deleted_ms is null returning *`,
      [account.id, row.address, now],
    );
    if (before === undefined || after === undefined) throw new LebError('SIGN_IN_REQUIRED');
    if (before[row.kind] === row.address) return after;
    // What was mailed to the former address must not open the account any more.
    await tx.query('delete from password_reset where account_id = $1', [account.id]);
    await enqueue(tx, tellFormer(before, row, now));
    return after;
  });
  parts.log.info({ account: account.id, kind: row.kind }, 'an address was verified');
  parts.wake();
  return toAccount(changed);
}

/** To the address that was replaced, or, where there was none of the kind, to the other one (ASVS 5.0 §6.3.7). */
function tellFormer(before: AccountRow, { id, kind, address }: AddressCodeRow, now: number): readonly NewJob[] {
  const to = before[kind] ?? before.email ?? before.phone;
  if (to === null) return [];
  const body = { accountId: before.id, to, kind, present: maskRecipient(address), language: before.language };
  return [{ kind: 'tellAddressChanged', body, dedupe: `address-changed:${id}`, runMs: now }];
}
