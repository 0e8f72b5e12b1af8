import type { Order } from '#contract/account/index.ts';
import { LebError } from '#contract/errors.ts';
import type { Language } from '#contract/common.ts';
import type { AccountRow } from '../accounts/sessions.ts';
import { hour, minute, second, toInstant } from '../clock.ts';
import { enqueueAgain } from '../jobs/jobs.ts';
import { pageDescription } from '../mail/words.ts';
import type { Parts } from '../parts.ts';
import { ownOrder, readQuote, showOrder, stepOrder, type OrderRow } from './order-store.ts';
import { openPayments, settleOrder } from './settle.ts';

/** Stripe keeps a page for 30 minutes at least and 24 hours at most; a minute is left for the way there. */
const shortestPageMs = 31 * minute;
const pageMs = hour;
/** Nobody pays faster; the webhook, where there is one, comes before. */
const firstPollMs = 2 * second;

function requireOpen(order: OrderRow | null, orderId: string): OrderRow {
  if (order === null) throw new LebError('ORDER_UNKNOWN', { orderId });
  if (order.state !== 'open') throw new LebError('ORDER_CLOSED', { state: order.state, orderId });
  return order;
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

/**
 * A hosted page for an open order: the one that can still be paid, or a new attempt. `fresh` closes the former page first, so that one order
 * never has two payable pages. Throws ORDER_UNKNOWN, ORDER_CLOSED (`details.state`), PAYMENT_PROVIDER.
 */
export async function paymentPage(
  parts: Parts,
  account: AccountRow,
  orderId: string,
  fresh: boolean,
): Promise<{ order: Order; url: string; expiresAt: string }> {
  return oneAtATime(orderId, async () => {
    let order = requireOpen(await ownOrder(parts.database, account.id, orderId), orderId);
    if (order.expires_ms <= Date.now()) order = requireOpen(await settleOrder(parts, orderId), orderId);

    const former = await openPayments(parts.database, orderId);
    for (const payment of former) {
      if (!fresh && payment.url !== null && payment.expires_ms - Date.now() > minute) {
        const page = await parts.provider.readPage(payment.session_id);
        if (page.state === 'open' && page.url !== null) {
          return { order: await showOrder(parts.database, account.id, orderId), url: page.url, expiresAt: toInstant(page.expiresMs) };
        }
      } else {
        await parts.provider.expirePage(payment.session_id);
      }
      // The page was paid meanwhile, or is closed now: either way the order must know before another is made.
      order = requireOpen(await settleOrder(parts, orderId), orderId);
    }
    if (former.length > 0 && (await openPayments(parts.database, orderId)).length > 0) {
      throw new LebError('PAYMENT_PROVIDER', { reason: 'a payment is being processed' });
    }

    // Counted before the provider is asked: a page that was made but never stored (a crash in between) keeps its number, and the next one's
    // idempotency key is new. Its address was told to nobody.
    const attempt = order.attempt + 1;
    const [counted] = await parts.database.query(
      "update ord set attempt = $2 where id = $1 and state = 'open' and attempt = $2 - 1 returning id",
      [orderId, attempt],
    );
    if (counted === undefined) throw new LebError('PAYMENT_PROVIDER', { reason: 'another page is being made' });
    const now = Date.now();
    const quote = readQuote(order);
    const page = await parts.provider.createPage({
      orderId,
      attempt,
      amountMinor: order.amount_minor,
      currency: order.currency,
      ...(await pageDescription(parts.database, quote, order.number, account.language as Language)),
      email: account.email,
      language: account.language as Language,
      expiresMs: now + Math.max(shortestPageMs, Math.min(pageMs, order.expires_ms - now)),
      successUrl: `${parts.publicUrl()}/return?order=${orderId}`,
      cancelUrl: `${parts.publicUrl()}/return?order=${orderId}&cancelled=1`,
    });
    if (page.url === null || page.orderId !== orderId) throw new LebError('PAYMENT_PROVIDER', { reason: 'the page is not for this order' });
    // Stored before anybody learns the address.
    await parts.database.tx(async (tx) => {
      await tx.query(
        `insert into payment (session_id, ord_id, attempt, url, expires_ms, state, payment_intent) values ($1, $2, $3, $4, $5, 'open', $6)
         on conflict do nothing`,
        [page.sessionId, orderId, attempt, page.url, page.expiresMs, page.paymentIntent],
      );
      await enqueueAgain(tx, { kind: 'poll', body: { orderId }, dedupe: `poll:${orderId}`, runMs: now + firstPollMs });
    });
    parts.wake(now + firstPollMs);
    return { order: await showOrder(parts.database, account.id, orderId), url: page.url, expiresAt: toInstant(page.expiresMs) };
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
    const order = await ownOrder(parts.database, accountId, orderId);
    if (order.state === 'cancelled') return showOrder(parts.database, accountId, orderId);
    requireOpen(order, orderId);
    for (const payment of await openPayments(parts.database, orderId)) await parts.provider.expirePage(payment.session_id);
    requireOpen(await settleOrder(parts, orderId), orderId);
    if ((await openPayments(parts.database, orderId)).length > 0)
      throw new LebError('PAYMENT_PROVIDER', { reason: 'a payment is being processed' });
    if ((await stepOrder(parts.database, orderId, 'open', 'cancelled')) === null) {
      requireOpen(await ownOrder(parts.database, accountId, orderId), orderId);
    }
    return showOrder(parts.database, accountId, orderId);
  });
}
