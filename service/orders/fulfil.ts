/** What follows the money: the carrier applies the renewal, its own figures show it, the person is told. */
import { CarrierRefusal, type CarrierRenewal } from '../carrier/carrier.ts';
import { toInstant } from '../clock.ts';
import type { Queryable } from '../database/database.ts';
import { newId } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import type { JobOutcome } from '../jobs/worker.ts';
import type { Parts } from '../parts.ts';
import { figuresOf } from './create-order.ts';
import { stepOrder, readQuote, type OrderRow } from './order-store.ts';
import { settleOrder, type PaymentRow } from './settle.ts';

const done: JobOutcome = { done: true };
const again = (inMs: number): JobOutcome => ({ done: false, runAgainMs: Date.now() + inMs });

/** After two, five, fifteen seconds, then each minute while the order is open: webhooks may be late or never come. */
export function pollDelay(tries: number): number {
  return [3000, 10_000, 45_000][tries - 1] ?? 60_000;
}

export async function pollJob(parts: Parts, orderId: string, tries: number): Promise<JobOutcome> {
  const order = await settleOrder(parts, orderId);
  return order?.state === 'open' ? again(pollDelay(tries)) : done;
}

type OrderFacts = OrderRow & { readonly iccid: string; readonly msisdn: string; readonly email: string | null };

async function readFacts(database: Queryable, orderId: string): Promise<OrderFacts | null> {
  const [row] = await database.query<OrderFacts>(
    `select ord.*, line.iccid, line.msisdn, account.email from ord join line on line.id = ord.line_id join account on account.id = ord.account_id
     where ord.id = $1`,
    [orderId],
  );
  return row ?? null;
}

/** Asks the carrier for the renewal. After an unknown outcome the first question is whether it has been made already. */
export async function fulfilJob(parts: Parts, orderId: string, tries: number): Promise<JobOutcome> {
  const order = await readFacts(parts.database, orderId);
  if (order === null || order.state !== 'paid') return done;
  const quote = readQuote(order);
  let renewal: CarrierRenewal;
  try {
    renewal =
      (await parts.carrier.find(orderId)) ??
      (await parts.carrier.renew({ key: orderId, iccid: order.iccid, planId: quote.planId, months: quote.months }));
  } catch (error) {
    if (!(error instanceof CarrierRefusal)) throw error;
    // Nothing paid stays unapplied: what the carrier will never apply is paid back.
    parts.log.error({ order: orderId, err: error }, 'the carrier refuses a paid renewal; the payment goes back');
    await refundPaidOrder(parts, orderId);
    return done;
  }
  if (renewal.iccid !== order.iccid || renewal.planId !== quote.planId || renewal.months !== quote.months) {
    throw new Error('the carrier has another renewal under the key of this order');
  }
  if (renewal.state === 'accepted') return again(Math.min(200 * tries, 10_000));

  const now = Date.now();
  await parts.database.tx(async (tx) => {
    const stepped = await stepOrder(tx, orderId, 'paid', 'fulfilled', {
      fulfilled_ms: now,
      after_figures: JSON.stringify({ validUntil: toInstant(renewal.validUntilMs), dataLeft: null, voiceLeft: null }),
    });
    if (stepped === null) return;
    await tx.query(
      `insert into message (ord_id, channel, recipient, state) select $1, 'sms', $2, 'queued'
       union all select $1, 'mail', $3, 'queued' where cast($3 as text) is not null on conflict do nothing`,
      [orderId, order.msisdn, order.email],
    );
    await enqueue(tx, [
      { kind: 'verify', body: { orderId }, dedupe: `verify:${orderId}`, runMs: now },
      { kind: 'smsRenewed', body: { orderId }, dedupe: `sms:renewed:${orderId}`, runMs: now },
      ...(order.email === null ? [] : [{ kind: 'mailRenewed', body: { orderId }, dedupe: `mail:renewed:${orderId}`, runMs: now } as const]),
    ]);
  });
  parts.wake();
  return done;
}

/** Verified is what the carrier's own figures show, not what it promised. */
export async function verifyJob(parts: Parts, orderId: string, tries: number): Promise<JobOutcome> {
  const order = await readFacts(parts.database, orderId);
  if (order === null || order.state !== 'fulfilled') return done;
  const [line, renewal] = await Promise.all([parts.carrier.line(order.iccid), parts.carrier.find(orderId)]);
  const shown = line?.validUntilMs ?? null;
  if (line === null || renewal === null || shown === null || shown < renewal.validUntilMs) {
    if (tries === 20) parts.log.error({ order: orderId }, 'a fulfilled renewal does not show in the figures of the carrier');
    return again(Math.min(500 * tries, 60_000));
  }
  await stepOrder(parts.database, orderId, 'fulfilled', 'verified', {
    verified_ms: Date.now(),
    after_figures: JSON.stringify(figuresOf(line)),
  });
  return done;
}

async function refundPaidOrder(parts: Parts, orderId: string): Promise<void> {
  await parts.database.tx(async (tx) => {
    const payments = await tx.query<PaymentRow>("select * from payment where ord_id = $1 and state = 'paid'", [orderId]);
    await enqueue(
      tx,
      payments.map((payment) => ({
        kind: 'refund',
        body: { orderId, sessionId: payment.session_id },
        dedupe: `refund:${payment.session_id}`,
        runMs: Date.now(),
      })),
    );
  });
  parts.wake();
}

/** Gives one payment back: a surplus one, or the one of an order that cannot be fulfilled. */
export async function refundJob(parts: Parts, orderId: string, sessionId: string): Promise<JobOutcome> {
  const [payment] = await parts.database.query<PaymentRow & { readonly amount_minor: number; readonly currency: string }>(
    `select payment.*, ord.amount_minor, ord.currency from payment join ord on ord.id = payment.ord_id
     where payment.session_id = $1 and payment.ord_id = $2`,
    [sessionId, orderId],
  );
  if (payment === undefined || payment.payment_intent === null) return done;
  if (payment.state !== 'surplus' && payment.state !== 'paid') return done;
  const refundId = await parts.provider.refund({ paymentIntent: payment.payment_intent, sessionId, orderId });
  await parts.database.tx(async (tx) => {
    await tx.query("update payment set state = 'refunded' where session_id = $1", [sessionId]);
    await tx.query(
      `insert into ledger (id, ord_id, kind, reference, amount_minor, currency, created_ms) values ($1, $2, 'refund', $3, $4, $5, $6)
       on conflict do nothing`,
      [newId('led'), orderId, refundId, -payment.amount_minor, payment.currency, Date.now()],
    );
    if (payment.state === 'paid') await stepOrder(tx, orderId, 'paid', 'refunded');
  });
  parts.log.info({ order: orderId, refund: refundId }, 'a payment went back');
  return done;
}
