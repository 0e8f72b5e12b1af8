/**
 * The one place where money becomes a fact. Webhook, poll and "I have paid" all end here: each hosted page of the order is read from the
 * provider again, compared with the order, and the order is moved in one change. Called twice, or by two at once, it does the same as once.
 */
import { minute, toInstantOrNull } from '../clock.ts';
import { ifGuarded, type Statement } from '../database/database.ts';
import { newId } from '../ids.ts';
import type { Parts } from '../parts.ts';
import { failureReason } from '../payments/failure-reason.ts';
import type { PageStatus } from '../payments/payment-provider.ts';
import { stepStatement, type OrderRow } from './order-store.ts';
import { openPages, readRenewal, wakeRenewal, withPayment, type PaymentRow, type Renewal } from './renewal.ts';

/** What is wrong with a page that claims to be paid; null: it is the order's, to the cent. */
function mismatch(parts: Parts, order: OrderRow, page: PageStatus): string | null {
  if (page.orderId !== order.id) return 'another order';
  if (page.live !== parts.provider.live) return 'another mode';
  if (page.amountMinor !== order.amount_minor) return 'another amount';
  if (page.currency !== order.currency) return 'another currency';
  return page.paymentIntent === null ? 'no payment' : null;
}

/** Says what became of an open page. */
function markStatement(page: PageStatus, state: PaymentRow['state'], only: string): Statement {
  return {
    sql: `update payment set state = $2, payment_intent = $3, url = null where session_id = $1 and state = 'open' and ${only} returning session_id`,
    parameters: [page.sessionId, state, page.paymentIntent],
  };
}

function bookPayment(order: OrderRow, page: PageStatus, now: number): Statement {
  return {
    sql: `insert into ledger (id, ord_id, kind, reference, amount_minor, currency, created_ms)
      select $1, $2, 'payment', $3, cast($4 as bigint), $5, cast($6 as bigint) where ${ifGuarded} on conflict do nothing`,
    parameters: [newId('led'), order.id, page.paymentIntent, order.amount_minor, order.currency, now],
  };
}

/** A page that cannot be paid any more, or was paid wrongly, makes room for another. */
async function closePage(parts: Parts, renewal: Renewal, page: PageStatus, state: 'expired' | 'mismatch'): Promise<Renewal> {
  await parts.database.change(markStatement(page, state, '1 = 1'), [
    {
      sql: `update ord set session_id = null where id = $1 and session_id = $2 and ${ifGuarded}`,
      parameters: [renewal.order.id, page.sessionId],
    },
  ]);
  return withPayment(renewal, page.sessionId, { state, url: null });
}

/** The first paid page pays the order; any other is to be given back. */
async function takePayment(parts: Parts, renewal: Renewal, page: PageStatus): Promise<Renewal> {
  const { order } = renewal;
  const wrong = mismatch(parts, order, page);
  if (wrong !== null) {
    parts.log.error({ order: order.id, session: page.sessionId, wrong }, 'a paid page does not fit its order; nothing was applied');
    return closePage(parts, renewal, page, 'mismatch');
  }
  const now = Date.now();
  const known = { payment_intent: page.paymentIntent, url: null };
  const [paid] = await parts.database.change<OrderRow>(
    stepStatement(order.id, 'open', 'paid', {
      paid_ms: now,
      payment_method: page.method === null ? null : JSON.stringify(page.method),
      session_id: null,
    }),
    [markStatement(page, 'paid', ifGuarded), bookPayment(order, page, now)],
  );
  if (paid !== undefined) return withPayment({ ...renewal, order: paid }, page.sessionId, { ...known, state: 'paid' });
  await parts.database.change(
    markStatement(page, 'surplus', "exists (select 1 from ord where ord.id = payment.ord_id and ord.state <> 'open')"),
    [bookPayment(order, page, now)],
  );
  // Somebody else may have settled this page in the meantime: what is true now is in the database.
  return (await readRenewal(parts.database, order.id)) ?? renewal;
}

/**
 * When an attempt failed. The provider's clock has whole seconds and two attempts can share one: what was noticed at once is dated to the
 * millisecond of noticing, so that each failure is told apart from the one before.
 */
function failureTime(reportedMs: number | null, noticedMs: number): number {
  return reportedMs === null || noticedMs - reportedMs < minute ? noticedMs : reportedMs;
}

async function noteFailure(parts: Parts, renewal: Renewal, reason: string, reference: string, atMs: number): Promise<Renewal> {
  const { order } = renewal;
  if (order.failure_ref === reference) return renewal;
  const [noted] = await parts.database.query<OrderRow>(
    `update ord set failure_reason = $2, failure_ref = $3, failure_ms = $4
     where id = $1 and state = 'open' and coalesce(failure_ref, '') <> $3 returning *`,
    [order.id, reason, reference, atMs],
  );
  return noted === undefined ? renewal : { ...renewal, order: noted };
}

/**
 * Pages that the provider knows under this order's name but the database does not: the service died between making one and storing it, or
 * someone made it by hand. Each is stored after the provider itself confirmed whose it is.
 */
async function adoptPages(parts: Parts, renewal: Renewal, hints: readonly string[]): Promise<readonly PaymentRow[]> {
  const adopted: PaymentRow[] = [];
  for (const hint of hints) {
    if (renewal.payments.some(({ session_id: known }) => known === hint)) continue;
    const page = await parts.provider.readPage(hint);
    if (page.orderId !== renewal.order.id) continue;
    adopted.push(
      ...(await parts.database.query<PaymentRow>(
        `insert into payment (session_id, ord_id, attempt, url, expires_ms, state, payment_intent) values ($1, $2, $3, $4, $5, 'open', $6)
         on conflict do nothing returning *`,
        [page.sessionId, renewal.order.id, page.attempt ?? 0, page.url, page.expiresMs, page.paymentIntent],
      )),
    );
  }
  return adopted;
}

async function settlePage(parts: Parts, renewal: Renewal, payment: PaymentRow): Promise<Renewal> {
  let page = await parts.provider.readPage(payment.session_id);
  const { order } = renewal;
  // The order needs no further payment, or waits no longer: its page must not stay payable.
  const needless = order.state !== 'open' || order.expires_ms <= Date.now();
  if (page.state === 'open' && needless) page = await parts.provider.expirePage(payment.session_id);
  const { failure } = page;
  if (page.state === 'paid') return takePayment(parts, renewal, page);
  const left = page.state === 'expired' ? await closePage(parts, renewal, page, 'expired') : renewal;
  if (failure !== null) {
    return noteFailure(parts, left, failureReason(failure.error), failure.reference, failureTime(failure.atMs, Date.now()));
  }
  const ranOut = page.state === 'expired' && payment.attempt === order.attempt && page.expiresMs <= Date.now();
  return ranOut ? noteFailure(parts, left, 'sessionExpired', page.sessionId, page.expiresMs) : left;
}

/**
 * Reads every page of the order whose fate is open. `hints` are sessions that events named. Throws PAYMENT_PROVIDER; what was settled before
 * that stays settled. Gives the renewal as it stands afterwards.
 */
export async function settle(parts: Parts, renewal: Renewal, hints: readonly string[] = []): Promise<Renewal> {
  const adopted = await adoptPages(parts, renewal, hints);
  let settled: Renewal = { ...renewal, payments: [...renewal.payments, ...adopted] };
  for (const payment of openPages(settled)) settled = await settlePage(parts, settled, payment);
  // Pages that were read before the order was paid were opened for nothing now.
  if (settled.order.state !== renewal.order.state && openPages(settled).length > 0) return settle(parts, settled);
  return closeOverdue(parts, settled);
}

/** An order is closed only after the provider said of each of its pages that it cannot be paid any more. */
async function closeOverdue(parts: Parts, renewal: Renewal): Promise<Renewal> {
  const { order } = renewal;
  if (order.state !== 'open' || order.expires_ms > Date.now() || openPages(renewal).length > 0) return renewal;
  const expired = await closeUnpaid(parts, renewal, 'expired');
  if (expired === null) return renewal;
  parts.log.info({ order: order.id, expiredAt: toInstantOrNull(order.expires_ms) }, 'order expired');
  return expired;
}

/** Ends an order that no page can pay any more; null: it has one again, or is over. */
export async function closeUnpaid(parts: Parts, renewal: Renewal, state: 'cancelled' | 'expired'): Promise<Renewal | null> {
  const { sql, parameters } = stepStatement(renewal.order.id, 'open', state, {}, 'session_id is null');
  const [closed] = await parts.database.query<OrderRow>(sql, parameters);
  return closed === undefined ? null : { ...renewal, order: closed };
}

/** Settles an order for somebody who waits for the answer; what follows from it is done by its job. null: there is no such order. */
export async function settleOrder(parts: Parts, orderId: string): Promise<Renewal | null> {
  const renewal = await readRenewal(parts.database, orderId);
  if (renewal === null) return null;
  const settled = await settle(parts, renewal);
  if (settled.order.state === renewal.order.state && settled.payments.every(({ state }) => state !== 'surplus')) return settled;
  await wakeRenewal(parts.database, orderId, null, Date.now());
  parts.wake();
  return settled;
}
