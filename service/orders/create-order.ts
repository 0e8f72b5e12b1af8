/** Quotes and orders. Every price is computed here from our own tables; of the client only its choice is believed. */
import type { Money, Period } from '#contract/common.ts';
import type { Order, Promotion, Quote, RenewalOption } from '#contract/account/index.ts';
import { LebError } from '#contract/errors.ts';
import type { CarrierLine } from '../carrier/carrier.ts';
import { periods } from '../catalogue/catalogue.ts';
import { findPromotion, readPrices, readPromotions } from '../catalogue/prices.ts';
import { day, toInstantOrNull } from '../clock.ts';
import { newId } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import { askCarrier, ownLine } from '../lines/lines.ts';
import type { Parts } from '../parts.ts';
import { nextNumber, readQuote, showOrder, toOrder, type Figures, type OrderRow } from './order-store.ts';
import { priceOption, quoteOf } from './pricing.ts';
import { settleOrder } from './settle.ts';

/** An unpaid order is kept for a day: long enough to look for another card. */
const orderLifetimeMs = day;

export type Choice = {
  readonly lineId: string;
  readonly planId: string;
  readonly period: Period;
  readonly promotionCode: string | null;
};

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

async function compute(parts: Parts, accountId: string, choice: Choice, now: number): Promise<{ quote: Quote; found: CarrierLine }> {
  const line = await ownLine(parts.database, accountId, choice.lineId);
  const { plan, prices } = await readPrices(parts.database, choice.planId);
  const promotion = await findPromotion(parts.database, choice.promotionCode, choice.period, now);
  const found = await askCarrier(parts.carrier, line.iccid);
  // No money is taken for what the carrier would not apply.
  if (found.state === 'suspended') throw new LebError('PLAN_UNAVAILABLE', { planId: choice.planId, reason: 'suspended' });
  if (found.planId !== plan.planId && !(await parts.carrier.offers()).includes(plan.planId)) {
    throw new LebError('PLAN_UNAVAILABLE', { planId: choice.planId });
  }
  const option = priceOption(plan, prices, choice.period, found.validUntilMs, now);
  return { quote: quoteOf(option, line.id, promotion, prices.month.amountMinor), found };
}

/** Throws LINE_UNKNOWN, PLAN_UNAVAILABLE, PROMOTION_UNKNOWN, PROMOTION_NOT_APPLICABLE, CARRIER_UNAVAILABLE. */
export async function createQuote(parts: Parts, accountId: string, choice: Choice): Promise<Quote> {
  return (await compute(parts, accountId, choice, Date.now())).quote;
}

async function findByKey(parts: Parts, accountId: string, key: string): Promise<OrderRow | null> {
  const [row] = await parts.database.query<OrderRow>('select * from ord where account_id = $1 and idempotency_key = $2', [accountId, key]);
  return row ?? null;
}

/** A key that was used for something else is a mistake of the caller, not a second order. */
async function repeated(parts: Parts, accountId: string, row: OrderRow, choice: Choice): Promise<Order> {
  const quote = readQuote(row);
  if (quote.lineId !== choice.lineId || quote.planId !== choice.planId || quote.period !== choice.period) {
    throw new LebError('INPUT_INVALID', { field: 'idempotencyKey', reason: 'used for another order' });
  }
  return showOrder(parts.database, accountId, row.id);
}

export function figuresOf(line: CarrierLine): Figures {
  return { validUntil: toInstantOrNull(line.validUntilMs), dataLeft: line.data.leftBytes, voiceLeft: line.voice.leftMinutes };
}

/**
 * Makes an order with its quote frozen; the same key gives the same order. Throws what `createQuote` throws, PRICE_CHANGED (`details` name
 * the price that is true) and ORDER_OPEN (`details.orderId`: one line has one open order).
 */
export async function createOrder(
  parts: Parts,
  accountId: string,
  request: Choice & { readonly idempotencyKey: string; readonly expectedTotal: Money },
): Promise<Order> {
  const now = Date.now();
  const earlier = await findByKey(parts, accountId, request.idempotencyKey);
  if (earlier !== null) return repeated(parts, accountId, earlier, request);
  const { quote, found } = await compute(parts, accountId, request, now);
  if (quote.total.amountMinor !== request.expectedTotal.amountMinor || quote.total.currency !== request.expectedTotal.currency) {
    throw new LebError('PRICE_CHANGED', { amountMinor: quote.total.amountMinor, currency: quote.total.currency });
  }
  const insert = (): Promise<OrderRow | null> =>
    parts.database.tx(async (tx) => {
      const [row] = await tx.query<OrderRow>(
        `insert into ord (id, number, account_id, line_id, idempotency_key, state, quote, amount_minor, currency, attempt, before_figures,
           created_ms, expires_ms)
         values ($1, $2, $3, $4, $5, 'open', $6, $7, $8, 0, $9, $10, $11) on conflict do nothing returning *`,
        [
          newId('ord'),
          await nextNumber(tx, 'LEB', now),
          accountId,
          quote.lineId,
          request.idempotencyKey,
          JSON.stringify(quote),
          quote.total.amountMinor,
          quote.total.currency,
          JSON.stringify(figuresOf(found)),
          now,
          now + orderLifetimeMs,
        ],
      );
      if (row === undefined) return null;
      // An order that nobody pays ends by itself. A page made for it moves this job to an earlier time.
      await enqueue(tx, [{ kind: 'poll', body: { orderId: row.id }, dedupe: `poll:${row.id}`, runMs: row.expires_ms }]);
      return row;
    });

  const added = await insert();
  if (added !== null) return toOrder(added, []);
  const twin = await findByKey(parts, accountId, request.idempotencyKey);
  if (twin !== null) return repeated(parts, accountId, twin, request);
  // An order whose day is over blocks nobody; whether it really is over is the provider's to say.
  const [open] = await parts.database.query<OrderRow>("select * from ord where line_id = $1 and state = 'open'", [quote.lineId]);
  if (open !== undefined && open.expires_ms > now) throw new LebError('ORDER_OPEN', { orderId: open.id });
  if (open !== undefined) await settleOrder(parts, open.id);
  const second = await insert();
  if (second === null) throw new LebError('ORDER_OPEN', open === undefined ? {} : { orderId: open.id });
  return toOrder(second, []);
}
