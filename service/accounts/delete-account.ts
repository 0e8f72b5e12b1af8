/** The end of an account: what names the person goes, what the books need stays. */
import { LebError } from '#contract/errors.ts';
import type { Queryable, Row } from '../database/database.ts';
import { newId } from '../ids.ts';
import { enqueue, type NewJob } from '../jobs/jobs.ts';
import type { LineRow } from '../lines/lines.ts';
import { cancelOrder } from '../orders/payment-page.ts';
import type { Parts } from '../parts.ts';
import { confirmPassword, refuseSample } from './change-password.ts';
import type { AccountRow, Caller } from './sessions.ts';

type KeptOrder = Row & { readonly id: string; readonly number: string; readonly state: string };

/**
 * Deletes the account of somebody who gives the password once more. Open orders are cancelled first, so that nobody pays for what is gone.
 * Orders stay with number, amount, tax, dates and kind of payment; their lines stay as an empty name, and are free at the carrier.
 * Throws PASSWORD_WRONG, TOO_MANY_ATTEMPTS, SAMPLE_ACCOUNT, ORDER_IN_PROGRESS (`details.number`), PAYMENT_PROVIDER.
 */
export async function deleteAccount(
  parts: Parts,
  account: AccountRow,
  password: string,
  caller: Caller,
): Promise<{ ordersKept: number; linesReleased: number }> {
  refuseSample(parts, account);
  await confirmPassword(parts.database, account, password, caller);
  for (const order of await ordersOf(parts.database, account.id)) {
    if (order.state === 'open') await cancelOpen(parts, account.id, order);
  }
  const now = Date.now();
  const left = await parts.database.tx(async (tx) => {
    // First, so that an order that is being made at this moment waits for the end of this, and then finds no account.
    const [gone] = await tx.query(
      `update account set email = $2, phone = null, password_hash = '', deleted_ms = $3
       where id = $1 and password_hash = $4 and deleted_ms is null returning id`,
      [account.id, `deleted ${account.id}`, now, account.password_hash],
    );
    if (gone === undefined) throw new LebError('SIGN_IN_REQUIRED');
    const orders = await ordersOf(tx, account.id);
    const moving = orders.find(({ state }) => state === 'open' || state === 'paid' || state === 'fulfilled');
    if (moving !== undefined) throw new LebError('ORDER_IN_PROGRESS', { number: moving.number });
    const released = await releaseLines(tx, account.id, now);
    for (const table of ['session', 'password_reset', 'address_code', 'support_request']) {
      await tx.query(`delete from ${table} where account_id = $1`, [account.id]);
    }
    await tx.query("update message set recipient = '' where ord_id in (select id from ord where account_id = $1)", [account.id]);
    await enqueue(tx, [...released, ...farewell(account, now)]);
    return { ordersKept: orders.length, linesReleased: released.length };
  });
  parts.log.info({ account: account.id, address: caller.address, ...left }, 'an account was deleted');
  parts.wake();
  return left;
}

function ordersOf(database: Queryable, accountId: string): Promise<readonly KeptOrder[]> {
  return database.query<KeptOrder>('select id, number, state from ord where account_id = $1', [accountId]);
}

async function cancelOpen(parts: Parts, accountId: string, { id, number }: KeptOrder): Promise<void> {
  try {
    await cancelOrder(parts, accountId, id);
  } catch (error) {
    // Paid in this very moment: the renewal that was paid for comes first.
    if (error instanceof LebError && error.code === 'ORDER_CLOSED') throw new LebError('ORDER_IN_PROGRESS', { number });
    throw error;
  }
}

/** Takes the lines out of the account. An order keeps the row of its line, which then says nothing any more. */
async function releaseLines(tx: Queryable, accountId: string, now: number): Promise<readonly NewJob[]> {
  const lines = await tx.query<LineRow>('select * from line where account_id = $1', [accountId]);
  await tx.query('delete from line where account_id = $1 and not exists (select 1 from ord where ord.line_id = line.id)', [accountId]);
  await tx.query(
    `update line set iccid = 'released ' || id, msisdn = '', nickname = null, snapshot = null, holder = null where account_id = $1`,
    [accountId],
  );
  return lines.map(({ id, iccid, holder }) => ({
    kind: 'releaseLine',
    body: { iccid, holder: holder ?? '' },
    dedupe: `release:${id}`,
    runMs: now,
  }));
}

function farewell({ id, email, language }: AccountRow, now: number): readonly NewJob[] {
  if (email === null) return [];
  return [{ kind: 'mailAccountDeleted', body: { email, language }, dedupe: newId(`farewell:${id}`), runMs: now }];
}
