/** What follows the money: the carrier applies the renewal and its own figures show it, or the money goes back. */
import { setTimeout as pause } from 'node:timers/promises';
import { CarrierRefusal, type CarrierRenewal } from '../carrier/carrier.ts';
import { toInstant } from '../clock.ts';
import { ifGuarded } from '../database/database.ts';
import { newId } from '../ids.ts';
import type { Parts } from '../parts.ts';
import { figuresOf } from './create-order.ts';
import { readQuote, stepOrder } from './order-store.ts';
import { withPayment, type PaymentRow, type Renewal } from './renewal.ts';

/** A carrier that applies in a moment is waited for: that is cheaper than to come back. */
const shortWaits = [150, 350, 700];

/** Asks the carrier for the renewal. After an unknown outcome the first question is whether it has been made already. */
async function order(parts: Parts, { order: { id }, iccid }: Renewal, planId: string, months: number): Promise<CarrierRenewal> {
  let made = (await parts.carrier.find(id)) ?? (await parts.carrier.renew({ key: id, iccid, planId, months }));
  for (const wait of shortWaits) {
    if (made.state === 'applied') break;
    await pause(wait);
    made = (await parts.carrier.find(id)) ?? made;
  }
  if (made.iccid !== iccid || made.planId !== planId || made.months !== months) {
    throw new Error('the carrier has another renewal under the key of this order');
  }
  return made;
}

/** Lets the carrier apply what was paid. What it will never apply is paid back. Throws CARRIER_UNAVAILABLE. */
export async function apply(parts: Parts, renewal: Renewal): Promise<Renewal> {
  if (renewal.order.state !== 'paid') return renewal;
  const quote = readQuote(renewal.order);
  let made: CarrierRenewal;
  try {
    made = await order(parts, renewal, quote.planId, quote.months);
  } catch (error) {
    if (!(error instanceof CarrierRefusal)) throw error;
    parts.log.error({ order: renewal.order.id, err: error }, 'the carrier refuses a paid renewal; the payment goes back');
    return refund(parts, renewal, 'paid');
  }
  if (made.state !== 'applied') return renewal;
  // Its figures may be late; that it said so is enough for this step.
  const line = await parts.carrier.line(renewal.iccid).catch(() => null);
  const shows = line !== null && (line.validUntilMs ?? 0) >= made.validUntilMs;
  const now = Date.now();
  const promised = { validUntil: toInstant(made.validUntilMs), dataLeft: null, voiceLeft: null };
  const stepped = await stepOrder(parts.database, renewal.order.id, 'paid', shows ? 'verified' : 'fulfilled', {
    fulfilled_ms: now,
    verified_ms: shows ? now : null,
    after_figures: JSON.stringify(shows ? figuresOf(line) : promised),
  });
  return stepped === null ? renewal : { ...renewal, order: stepped };
}

/** Verified is what the carrier's own figures show, not what it promised. Throws CARRIER_UNAVAILABLE. */
export async function verify(parts: Parts, renewal: Renewal): Promise<Renewal> {
  const { id, state } = renewal.order;
  if (state !== 'fulfilled') return renewal;
  const [line, made] = await Promise.all([parts.carrier.line(renewal.iccid), parts.carrier.find(id)]);
  if (line === null || made === null || (line.validUntilMs ?? 0) < made.validUntilMs) return renewal;
  const stepped = await stepOrder(parts.database, id, 'fulfilled', 'verified', {
    verified_ms: Date.now(),
    after_figures: JSON.stringify(figuresOf(line)),
  });
  return stepped === null ? renewal : { ...renewal, order: stepped };
}

/** Gives back each payment in this state: surplus ones, or the one of an order that cannot be fulfilled. Throws PAYMENT_PROVIDER. */
export async function refund(parts: Parts, renewal: Renewal, state: 'paid' | 'surplus'): Promise<Renewal> {
  let left = renewal;
  for (const payment of renewal.payments.filter((each) => each.state === state)) left = await refundOne(parts, left, payment);
  return left;
}

async function refundOne(parts: Parts, renewal: Renewal, payment: PaymentRow): Promise<Renewal> {
  const { order } = renewal;
  if (payment.payment_intent === null) return renewal;
  const sessionId = payment.session_id;
  const refundId = await parts.provider.refund({ paymentIntent: payment.payment_intent, sessionId, orderId: order.id });
  await parts.database.change(
    {
      sql: "update payment set state = 'refunded' where session_id = $1 and state = $2 returning session_id",
      parameters: [sessionId, payment.state],
    },
    [
      {
        sql: `insert into ledger (id, ord_id, kind, reference, amount_minor, currency, created_ms)
          select $1, $2, 'refund', $3, cast($4 as bigint), $5, cast($6 as bigint) where ${ifGuarded} on conflict do nothing`,
        parameters: [newId('led'), order.id, refundId, -order.amount_minor, order.currency, Date.now()],
      },
      {
        sql: `update ord set state = 'refunded' where id = $1 and state = 'paid' and $2 = 'paid' and ${ifGuarded}`,
        parameters: [order.id, payment.state],
      },
    ],
  );
  parts.log.info({ order: order.id, refund: refundId }, 'a payment went back');
  const after = payment.state === 'paid' ? { ...renewal, order: { ...order, state: 'refunded' as const } } : renewal;
  return withPayment(after, sessionId, { state: 'refunded' });
}
