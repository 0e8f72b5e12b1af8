/** Quotes and orders. Every price is computed here from our own tables; of the client only its choice is believed. */
import type { Money } from '#contract/common.ts';
import type { Order, Promotion, Quote, RenewalOption } from '#contract/account/index.ts';
import { LebError } from '#contract/errors.ts';
import type { CarrierLine } from '../carrier/carrier.ts';
import { periods } from '../catalogue/catalogue.ts';
import { readPrices, readPromotions } from '../catalogue/prices.ts';
import { day, hour, toInstantOrNull } from '../clock.ts';
import { ifGuarded } from '../database/database.ts';
import { newId } from '../ids.ts';
import { askCarrier, ownLine } from '../lines/lines.ts';
import type { Parts } from '../parts.ts';
import { readOffer, type Choice, type Offer } from './offer.ts';
import { orderNumber, showOrder, toOrder, type Figures, type OrderRow } from './order-store.ts';
import { priceOption, quoteOf } from './pricing.ts';
import { renewalJobOf } from './renewal.ts';
import { settleOrder } from './settle.ts';

/** An unpaid order is kept for a day: long enough to look for another card. */
const orderLifetimeMs = day;

/** A guard against a program gone wild, not against people. */
const ordersAnHour = 60;

/** The periods of the line's own plan, and the promotions that run now. Throws LINE_UNKNOWN, PLAN_UNAVAILABLE, CARRIER_UNAVAILABLE. */
export async function renewalOptions(
  parts: Parts,
  accountId: string,
  lineId: string,
): Promise<{ options: RenewalOption[]; promotions: Promotion[] }> {
  const now = Date.now();
  const line = await ownLine(parts.database, accountId, lineId);
  const found = await askCarrier(parts.carrier, line.iccid);
  const { plan, prices } = await readPrices(parts.database, found.planId);
  const promotions = await readPromotions(parts.database, now);
  return {
    options: periods.map((period) => priceOption(plan, prices, period, found.validUntilMs, now)),
    promotions: promotions.map((promotion) => ({
      code: promotion.code,
      percentOff: promotion.percentOff,
      amountOff: null,
      periods: promotion.periods,
      endsAt: promotion.endsAt,
    })),
  };
}

async function compute(
  parts: Parts,
  choice: Choice,
  offer: Offer,
  now: number,
): Promise<{ readonly quote: Quote; readonly planName: string; readonly found: CarrierLine }> {
  const { plan, prices, promotion } = offer.price();
  const found = await askCarrier(parts.carrier, offer.iccid);
  // No money is taken for what the carrier would not apply.
  if (found.state === 'suspended') throw new LebError('PLAN_UNAVAILABLE', { planId: choice.planId, reason: 'suspended' });
  if (found.planId !== plan.planId && !(await parts.carrier.offers()).includes(plan.planId)) {
    throw new LebError('PLAN_UNAVAILABLE', { planId: choice.planId });
  }
  const option = priceOption(plan, prices, choice.period, found.validUntilMs, now);
  return { quote: quoteOf(option, choice.lineId, promotion, prices.month.amountMinor), planName: plan.name, found };
}

/** Throws LINE_UNKNOWN, PLAN_UNAVAILABLE, PROMOTION_UNKNOWN, PROMOTION_NOT_APPLICABLE, CARRIER_UNAVAILABLE. */
export async function createQuote(parts: Parts, accountId: string, choice: Choice): Promise<Quote> {
  const now = Date.now();
  return (await compute(parts, choice, await readOffer(parts.database, accountId, choice, null, now), now)).quote;
}

/** A key that was used for something else is a mistake of the caller, not a second order. */
async function repeated(parts: Parts, accountId: string, orderId: string, choice: Choice): Promise<Order> {
  const order = await showOrder(parts.database, accountId, orderId);
  if (order.quote.lineId !== choice.lineId || order.quote.planId !== choice.planId || order.quote.period !== choice.period) {
    throw new LebError('INPUT_INVALID', { field: 'idempotencyKey', reason: 'used for another order' });
  }
  return order;
}

export function figuresOf(line: CarrierLine): Figures {
  return { validUntil: toInstantOrNull(line.validUntilMs), dataLeft: line.data.leftBytes, voiceLeft: line.voice.leftMinutes };
}

type NewOrder = {
  readonly accountId: string;
  readonly idempotencyKey: string;
  readonly quote: Quote;
  readonly planName: string;
  readonly before: Figures;
  readonly now: number;
};

/** Writes the order and its job; null: a key, a number or an open order of the line is in the way, or the account had its share. */
async function insertOrder(parts: Parts, { accountId, idempotencyKey, quote, planName, before, now }: NewOrder): Promise<OrderRow | null> {
  const id = newId('ord');
  // An order that nobody pays ends by itself. A page made for it moves its job to an earlier time.
  const job = renewalJobOf(id, now + orderLifetimeMs);
  const [row] = await parts.database.change<OrderRow>(
    {
      sql: `insert into ord (id, number, account_id, line_id, idempotency_key, state, quote, plan_name, amount_minor, currency, attempt,
          before_figures, created_ms, expires_ms)
        select $1, $2, $3, $4, $5, 'open', $6, $7, cast($8 as bigint), $9, 0, $10, cast($11 as bigint), cast($12 as bigint) from account
        where account.id = $3 and account.deleted_ms is null
          and (select count(*) from ord where account_id = $3 and created_ms > $13) < ${ordersAnHour}
        on conflict do nothing returning *`,
      parameters: [
        id,
        orderNumber(now),
        accountId,
        quote.lineId,
        idempotencyKey,
        JSON.stringify(quote),
        planName,
        quote.total.amountMinor,
        quote.total.currency,
        JSON.stringify(before),
        now,
        now + orderLifetimeMs,
        now - hour,
      ],
    },
    [
      {
        sql: `insert into job (id, kind, body, dedupe, run_ms, tries) select $1, $2, $3, $4, cast($5 as bigint), 0 where ${ifGuarded}`,
        parameters: [newId('job'), job.kind, JSON.stringify(job.body), job.dedupe, job.runMs],
      },
    ],
  );
  return row ?? null;
}

async function refuseTooMany(parts: Parts, accountId: string, now: number): Promise<void> {
  const [recent] = await parts.database.query<{ count: number; first: number | null }>(
    'select count(*) as count, min(created_ms) as first from ord where account_id = $1 and created_ms > $2',
    [accountId, now - hour],
  );
  if (recent === undefined || recent.first === null || recent.count < ordersAnHour) return;
  throw new LebError('TOO_MANY_ATTEMPTS', { retryAfterSeconds: Math.ceil((recent.first + hour - now) / 1000) });
}

/**
 * Makes an order with its quote frozen; the same key gives the same order. Throws what `createQuote` throws, PRICE_CHANGED (`details` name
 * the price that is true), ORDER_OPEN (`details.orderId`: one line has one open order) and TOO_MANY_ATTEMPTS.
 */
export async function createOrder(
  parts: Parts,
  accountId: string,
  request: Choice & { readonly idempotencyKey: string; readonly expectedTotal: Money },
): Promise<Order> {
  const now = Date.now();
  const { idempotencyKey } = request;
  const offer = await readOffer(parts.database, accountId, request, idempotencyKey, now);
  if (offer.earlierId !== null) return repeated(parts, accountId, offer.earlierId, request);
  const { quote, planName, found } = await compute(parts, request, offer, now);
  if (quote.total.amountMinor !== request.expectedTotal.amountMinor || quote.total.currency !== request.expectedTotal.currency) {
    throw new LebError('PRICE_CHANGED', { amountMinor: quote.total.amountMinor, currency: quote.total.currency });
  }
  const order: NewOrder = { accountId, idempotencyKey, quote, planName, before: figuresOf(found), now };
  const added = await insertOrder(parts, order);
  if (added !== null) return toOrder(added, []);

  const { earlierId } = await readOffer(parts.database, accountId, request, idempotencyKey, now);
  if (earlierId !== null) return repeated(parts, accountId, earlierId, request);
  await refuseTooMany(parts, accountId, now);
  const [open] = await parts.database.query<OrderRow>("select * from ord where line_id = $1 and state = 'open'", [quote.lineId]);
  if (open !== undefined && open.expires_ms > now) throw new LebError('ORDER_OPEN', { orderId: open.id });
  // An order whose day is over blocks nobody; whether it really is over is the provider's to say.
  if (open !== undefined) await settleOrder(parts, open.id);
  const second = await insertOrder(parts, order);
  if (second === null) throw new LebError('ORDER_OPEN', open === undefined ? {} : { orderId: open.id });
  return toOrder(second, []);
}
