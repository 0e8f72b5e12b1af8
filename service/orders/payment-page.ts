import type { Order } from '#contract/account/index.ts';
import { LebError } from '#contract/errors.ts';
import type { Language } from '#contract/common.ts';
import type { AccountRow } from '../accounts/sessions.ts';
import { hour, minute, second, toInstant } from '../clock.ts';
import { ifGuarded } from '../database/database.ts';
import { pageDescription, planName } from '../mail/words.ts';
import type { Parts } from '../parts.ts';
import { ownOrder, readQuote, showOrder, toOrder, type OrderRow } from './order-store.ts';
import { openPages, readRenewal, renewalJobOf, type Renewal } from './renewal.ts';
import { closeUnpaid, settleOrder } from './settle.ts';

/** Stripe keeps a page for 30 minutes at least and 24 hours at most; a minute is left for the way there. */
const shortestPageMs = 31 * minute;
const pageMs = hour;
/** Nobody pays faster; the webhook, where there is one, comes before. */
const firstPollMs = 2 * second;

function requireOpen(renewal: Renewal | null, orderId: string): Renewal {
  if (renewal === null) throw new LebError('ORDER_UNKNOWN', { orderId });
  const { state } = renewal.order;
  if (state !== 'open') throw new LebError('ORDER_CLOSED', { state, orderId });
  return renewal;
}

/** Throws ORDER_UNKNOWN for an order that is not this account's. */
async function ownRenewal(parts: Parts, accountId: string, orderId: string): Promise<Renewal> {
  const renewal = await readRenewal(parts.database, orderId);
  if (renewal === null || renewal.order.account_id !== accountId) throw new LebError('ORDER_UNKNOWN', { orderId });
  return renewal;
}

/** Two clicks at once must not make two pages: one order is worked on by one request at a time in this process. */
const busy = new Map<string, Promise<unknown>>();
async function oneAtATime<Result>(orderId: string, work: () => Promise<Result>): Promise<Result> {
  const before = busy.get(orderId) ?? Promise.resolve();
  const result = before.then(work, work);
  const settled = result.catch(() => undefined);
  busy.set(orderId, settled);
  try {
    return await result;
  } finally {
    if (busy.get(orderId) === settled) busy.delete(orderId);
  }
}

type Page = { readonly order: Order; readonly url: string; readonly expiresAt: string };

/** Counts a new attempt of an order that has no page. A page that is made but never stored keeps its number: the next has a new key. */
async function beginAttempt(parts: Parts, accountId: string, orderId: string): Promise<OrderRow | null> {
  const [row] = await parts.database.query<OrderRow>(
    `update ord set attempt = attempt + 1
     where id = $1 and account_id = $2 and state = 'open' and session_id is null and expires_ms > $3 returning *`,
    [orderId, accountId, Date.now()],
  );
  return row ?? null;
}

/** Asks the provider for the page of an attempt and stores it before anybody learns its address; null: another attempt was begun meanwhile. */
async function makePage(parts: Parts, account: AccountRow, order: OrderRow): Promise<Page | null> {
  const now = Date.now();
  const quote = readQuote(order);
  const language = account.language as Language;
  const returnUrl = `${parts.publicUrl()}/return?order=${order.id}`;
  const page = await parts.provider.createPage({
    orderId: order.id,
    attempt: order.attempt,
    amountMinor: order.amount_minor,
    currency: order.currency,
    ...pageDescription(order.plan_name ?? (await planName(parts.database, quote.planId)), quote, order.number, language),
    email: account.email,
    language,
    expiresMs: now + Math.max(shortestPageMs, Math.min(pageMs, order.expires_ms - now)),
    successUrl: returnUrl,
    cancelUrl: `${returnUrl}&cancelled=1`,
  });
  if (page.url === null || page.orderId !== order.id) throw new LebError('PAYMENT_PROVIDER', { reason: 'the page is not for this order' });
  const pollMs = Date.now() + firstPollMs;
  const [stored] = await parts.database.change<OrderRow>(
    {
      sql: "update ord set session_id = $3 where id = $1 and state = 'open' and attempt = $2 and session_id is null returning *",
      parameters: [order.id, order.attempt, page.sessionId],
    },
    [
      {
        sql: `insert into payment (session_id, ord_id, attempt, url, expires_ms, state, payment_intent)
          select $1, $2, cast($3 as int), $4, cast($5 as bigint), 'open', $6 where ${ifGuarded} on conflict do nothing`,
        parameters: [page.sessionId, order.id, order.attempt, page.url, page.expiresMs, page.paymentIntent],
      },
      {
        sql: `update job set run_ms = $2, wakes = wakes + 1, tries = 0, done_ms = null where dedupe = $1 and ${ifGuarded}`,
        parameters: [renewalJobOf(order.id, pollMs).dedupe, pollMs],
      },
    ],
  );
  if (stored === undefined) {
    await parts.provider.expirePage(page.sessionId);
    return null;
  }
  parts.wake(pollMs);
  return { order: toOrder(stored, []), url: page.url, expiresAt: toInstant(page.expiresMs) };
}

/** The page that can still be paid, or null once every former page is closed. `fresh`: it is closed as well. */
async function formerPage(parts: Parts, accountId: string, orderId: string, fresh: boolean): Promise<Page | null> {
  let renewal = requireOpen(await ownRenewal(parts, accountId, orderId), orderId);
  if (renewal.order.expires_ms <= Date.now()) renewal = requireOpen(await settleOrder(parts, orderId), orderId);
  for (const payment of openPages(renewal)) {
    if (!fresh && payment.url !== null && payment.expires_ms - Date.now() > minute) {
      const page = await parts.provider.readPage(payment.session_id);
      if (page.state === 'open' && page.url !== null) {
        return { order: toOrder(renewal.order, []), url: page.url, expiresAt: toInstant(page.expiresMs) };
      }
    } else {
      await parts.provider.expirePage(payment.session_id);
    }
    // The page was paid meanwhile, or is closed now: either way the order must know before another is made.
    renewal = requireOpen(await settleOrder(parts, orderId), orderId);
  }
  if (openPages(renewal).length > 0) throw new LebError('PAYMENT_PROVIDER', { reason: 'a payment is being processed' });
  return null;
}

/**
 * A hosted page for an open order: the one that can still be paid, or a new attempt. `fresh` closes the former page first, so that one order
 * never has two payable pages. Throws ORDER_UNKNOWN, ORDER_CLOSED (`details.state`), PAYMENT_PROVIDER.
 */
export async function paymentPage(parts: Parts, account: AccountRow, orderId: string, fresh: boolean): Promise<Page> {
  return oneAtATime(orderId, async () => {
    let begun = await beginAttempt(parts, account.id, orderId);
    if (begun === null) {
      const former = await formerPage(parts, account.id, orderId, fresh);
      if (former !== null) return former;
      begun = await beginAttempt(parts, account.id, orderId);
    }
    const page = begun === null ? null : await makePage(parts, account, begun);
    if (page === null) throw new LebError('PAYMENT_PROVIDER', { reason: 'another page is being made' });
    return page;
  });
}

/** Reads the provider now. Throws ORDER_UNKNOWN, PAYMENT_PROVIDER. */
export async function checkOrder(parts: Parts, accountId: string, orderId: string): Promise<Order> {
  const order = await ownOrder(parts.database, accountId, orderId);
  if (order.state === 'open') await settleOrder(parts, orderId);
  return showOrder(parts.database, accountId, orderId);
}

/** Closes the order's pages at the provider, then the order. Throws ORDER_UNKNOWN, ORDER_CLOSED (it was paid meanwhile, for one), PAYMENT_PROVIDER. */
export async function cancelOrder(parts: Parts, accountId: string, orderId: string): Promise<Order> {
  return oneAtATime(orderId, async () => {
    const renewal = await ownRenewal(parts, accountId, orderId);
    if (renewal.order.state === 'cancelled') return toOrder(renewal.order, []);
    requireOpen(renewal, orderId);
    for (const payment of openPages(renewal)) await parts.provider.expirePage(payment.session_id);
    const settled = requireOpen(await settleOrder(parts, orderId), orderId);
    if (openPages(settled).length > 0) throw new LebError('PAYMENT_PROVIDER', { reason: 'a payment is being processed' });
    const closed = await closeUnpaid(parts, settled, 'cancelled');
    if (closed !== null) return toOrder(closed.order, []);
    requireOpen(await ownRenewal(parts, accountId, orderId), orderId);
    throw new LebError('PAYMENT_PROVIDER', { reason: 'another page is being made' });
  });
}
