/**
 * The one place where money becomes a fact. Webhook, poll and "I have paid" all end here: each hosted page of the order is read from the
 * provider again, compared with the order, and the order is moved in one transaction. Called twice, or by two at once, it does the same as once.
 */
import { minute, toInstantOrNull } from '../clock.ts';
import type { Queryable, Row } from '../database/database.ts';
import { newId } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import type { Parts } from '../parts.ts';
import { failureReason } from '../payments/failure-reason.ts';
import type { PageStatus } from '../payments/payment-provider.ts';
import { findOrder, stepOrder, type OrderRow } from './order-store.ts';

export type PaymentRow = Row & {
  readonly session_id: string;
  readonly ord_id: string;
  readonly attempt: number;
  readonly url: string | null;
  readonly expires_ms: number;
  readonly state: 'open' | 'paid' | 'expired' | 'surplus' | 'refunded' | 'mismatch';
  readonly payment_intent: string | null;
};

/** Pages whose fate is not known yet. */
export async function openPayments(database: Queryable, orderId: string): Promise<readonly PaymentRow[]> {
  return database.query<PaymentRow>("select * from payment where ord_id = $1 and state = 'open' order by attempt", [orderId]);
}

/** What is wrong with a page that claims to be paid; null: it is the order's, to the cent. */
function mismatch(parts: Parts, order: OrderRow, page: PageStatus): string | null {
  if (page.orderId !== order.id) return 'another order';
  if (page.live !== parts.provider.live) return 'another mode';
  if (page.amountMinor !== order.amount_minor) return 'another amount';
  if (page.currency !== order.currency) return 'another currency';
  return page.paymentIntent === null ? 'no payment' : null;
}

async function markPayment(database: Queryable, page: PageStatus, from: PaymentRow['state'], to: PaymentRow['state']): Promise<boolean> {
  const rows = await database.query(
    'update payment set state = $3, payment_intent = $4, url = null where session_id = $1 and state = $2 returning session_id',
    [page.sessionId, from, to, page.paymentIntent],
  );
  return rows.length > 0;
}

/** The first paid page pays the order; any other is given back. */
async function takePayment(parts: Parts, order: OrderRow, page: PageStatus): Promise<void> {
  const wrong = mismatch(parts, order, page);
  if (wrong !== null) {
    parts.log.error({ order: order.id, session: page.sessionId, wrong }, 'a paid page does not fit its order; nothing was applied');
    await markPayment(parts.database, page, 'open', 'mismatch');
    return;
  }
  const now = Date.now();
  await parts.database.tx(async (tx) => {
    const pays = await stepOrder(tx, order.id, 'open', 'paid', {
      paid_ms: now,
      payment_method: page.method === null ? null : JSON.stringify(page.method),
    });
    if (!(await markPayment(tx, page, 'open', pays === null ? 'surplus' : 'paid'))) {
      // Another one settled this page in the meantime. It cannot be that the order was paid by it just now.
      if (pays !== null) throw new Error('a page paid an order although its fate was known before');
      return;
    }
    await tx.query(
      `insert into ledger (id, ord_id, kind, reference, amount_minor, currency, created_ms) values ($1, $2, 'payment', $3, $4, $5, $6)
       on conflict do nothing`,
      [newId('led'), order.id, page.paymentIntent, order.amount_minor, order.currency, now],
    );
    await enqueue(tx, [
      pays === null
        ? { kind: 'refund', body: { orderId: order.id, sessionId: page.sessionId }, dedupe: `refund:${page.sessionId}`, runMs: now }
        : { kind: 'fulfil', body: { orderId: order.id }, dedupe: `fulfil:${order.id}`, runMs: now },
    ]);
  });
}

/**
 * When an attempt failed. The provider's clock has whole seconds and two attempts can share one: what was noticed at once is dated to the
 * millisecond of noticing, so that each failure is told apart from the one before.
 */
function failureTime(reportedMs: number | null, noticedMs: number): number {
  return reportedMs === null || noticedMs - reportedMs < minute ? noticedMs : reportedMs;
}

async function noteFailure(parts: Parts, order: OrderRow, reason: string, reference: string, atMs: number): Promise<void> {
  if (order.failure_ref === reference) return;
  await parts.database.query(
    "update ord set failure_reason = $2, failure_ref = $3, failure_ms = $4 where id = $1 and state = 'open' and coalesce(failure_ref, '') <> $3",
    [order.id, reason, reference, atMs],
  );
}

/**
 * A page that the provider knows under this order's name but the database does not: the service died between making it and storing it, or
 * someone made it by hand. It is stored after the provider itself confirmed whose it is.
 */
async function adoptPage(parts: Parts, orderId: string, sessionId: string): Promise<readonly PaymentRow[]> {
  const page = await parts.provider.readPage(sessionId);
  if (page.orderId !== orderId) return [];
  return parts.database.query<PaymentRow>(
    `insert into payment (session_id, ord_id, attempt, url, expires_ms, state, payment_intent) values ($1, $2, $3, $4, $5, 'open', $6)
     on conflict do nothing returning *`,
    [page.sessionId, orderId, page.attempt ?? 0, page.url, page.expiresMs, page.paymentIntent],
  );
}

/**
 * Reads every page of the order whose fate is open. `hint` is a session that an event named. Throws PAYMENT_PROVIDER; what was settled
 * before that stays settled. Gives the order as it stands afterwards, null if there is none.
 */
export async function settleOrder(parts: Parts, orderId: string, hint: string | null = null): Promise<OrderRow | null> {
  const order = await findOrder(parts.database, orderId);
  if (order === null) return null;
  const known = await parts.database.query<PaymentRow>('select * from payment where ord_id = $1 order by attempt', [orderId]);
  const adopted = hint === null || known.some((payment) => payment.session_id === hint) ? [] : await adoptPage(parts, orderId, hint);
  const payments = [...known.filter((payment) => payment.state === 'open'), ...adopted];
  let anyOpen = false;
  let changed = false;
  for (const payment of payments) {
    let page = await parts.provider.readPage(payment.session_id);
    const overdue = order.state !== 'open' || order.expires_ms <= Date.now();
    // The order needs no further payment, or waits no longer: its page must not stay payable.
    if (page.state === 'open' && overdue) page = await parts.provider.expirePage(payment.session_id);
    switch (page.state) {
      case 'paid':
        await takePayment(parts, order, page);
        changed = true;
        break;
      case 'expired':
        await markPayment(parts.database, page, 'open', 'expired');
        changed = true;
        break;
      case 'open':
      case 'processing':
        anyOpen = true;
        break;
    }
    if (page.failure !== null) {
      changed = true;
      await noteFailure(
        parts,
        order,
        failureReason(page.failure.error),
        page.failure.reference,
        failureTime(page.failure.atMs, Date.now()),
      );
    } else if (page.state === 'expired' && payment.attempt === order.attempt && page.expiresMs <= Date.now()) {
      await noteFailure(parts, order, 'sessionExpired', page.sessionId, page.expiresMs);
    }
  }
  // An order is closed only after the provider said of each of its pages that it cannot be paid any more.
  if (!anyOpen && order.state === 'open' && order.expires_ms <= Date.now()) {
    changed = true;
    const left = await openPayments(parts.database, orderId);
    if (left.length === 0 && (await stepOrder(parts.database, orderId, 'open', 'expired')) !== null) {
      parts.log.info({ order: orderId, expiredAt: toInstantOrNull(order.expires_ms) }, 'order expired');
    }
  }
  if (!changed) return order;
  const after = await findOrder(parts.database, orderId);
  parts.wake();
  // Other pages of the same order were opened for nothing now.
  if (anyOpen && after?.state === 'paid' && order.state === 'open') return settleOrder(parts, orderId);
  return after;
}
