/** What a renewal costs, and the order that it becomes. */
import { z } from 'zod';
import { instant, money, period, procedure } from '../common.ts';
import { paymentFailures } from '../errors.ts';

export const promotion = z.object({
  code: z.string(),
  percentOff: z.int().nullable(),
  amountOff: money.nullable(),
  periods: z.array(period),
  endsAt: instant.nullable(),
});

/** Prices are computed by the service alone. */
export const renewalOption = z.object({
  planId: z.string(),
  period,
  months: z.int(),
  total: money, // with tax
  perMonth: money,
  savingPercent: z.int(), // against the monthly price, rounded down
  currentEnd: instant.nullable(),
  newEnd: instant,
  added: z.object({ dataBytes: z.int().nullable(), voiceMinutes: z.int().nullable(), smsCount: z.int().nullable() }),
});

export const quote = renewalOption.extend({
  lineId: z.string(),
  listPrice: money,
  promotion: z.object({ code: z.string(), discount: money }).nullable(),
  taxIncluded: money,
  taxPercent: z.int(),
});

export const paymentMethod = z.object({
  kind: z.enum(['card', 'paypal', 'other']),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
  funding: z.enum(['credit', 'debit', 'prepaid', 'unknown']).nullable(),
});

export const order = z.object({
  orderId: z.string(),
  number: z.string(), // for people: LEB-26-481207935
  lineId: z.string(),
  /** open: to be paid · paid: the money is there · fulfilled: the carrier applied it · verified: the carrier's own figures show it */
  state: z.enum(['open', 'paid', 'fulfilled', 'verified', 'cancelled', 'expired', 'refunded']),
  quote,
  attempt: z.int(), // number of hosted pages made for this order
  lastFailure: z.object({ reason: z.enum(paymentFailures), at: instant }).nullable(),
  paymentMethod: paymentMethod.nullable(),
  createdAt: instant,
  expiresAt: instant, // an open order is kept until then
  paidAt: instant.nullable(),
  fulfilledAt: instant.nullable(),
  verifiedAt: instant.nullable(),
  before: z.object({ validUntil: instant.nullable(), dataLeft: z.int().nullable(), voiceLeft: z.int().nullable() }),
  after: z.object({ validUntil: instant.nullable(), dataLeft: z.int().nullable(), voiceLeft: z.int().nullable() }).nullable(),
  /** Confirmations: to whom (masked) and how far. */
  messages: z.array(
    z.object({ channel: z.enum(['mail', 'sms']), to: z.string(), state: z.enum(['queued', 'sent', 'failed']), at: instant.nullable() }),
  ),
});

export const quotesProcedures = {
  create: procedure
    .route({ method: 'POST', path: '/v1/quotes' })
    .input(z.object({ lineId: z.string(), planId: z.string(), period, promotionCode: z.string().trim().max(40).nullable() }))
    .output(quote),
};

export const ordersProcedures = {
  /** The key makes a repeated call return the same order. `expectedTotal` is what the person saw: PRICE_CHANGED if it is no longer true. */
  create: procedure
    .route({ method: 'POST', path: '/v1/orders', successStatus: 201 })
    .input(
      z.object({
        idempotencyKey: z.uuid(),
        lineId: z.string(),
        planId: z.string(),
        period,
        promotionCode: z.string().trim().max(40).nullable(),
        expectedTotal: money,
      }),
    )
    .output(order),
  list: procedure.route({ method: 'GET', path: '/v1/orders' }).output(z.array(order)),
  show: procedure
    .route({ method: 'GET', path: '/v1/orders/{orderId}' })
    .input(z.object({ orderId: z.string() }))
    .output(order),
  /** A hosted payment page for an open order: the live one if there is one, else a new attempt (`fresh` forces one, the former is expired). */
  pay: procedure
    .route({ method: 'POST', path: '/v1/orders/{orderId}/payment-page' })
    .input(z.object({ orderId: z.string(), fresh: z.boolean().default(false) }))
    .output(z.object({ order, url: z.url(), expiresAt: instant })),
  /** Reads the provider now, instead of waiting for its webhook. */
  check: procedure
    .route({ method: 'POST', path: '/v1/orders/{orderId}/check' })
    .input(z.object({ orderId: z.string() }))
    .output(order),
  cancel: procedure
    .route({ method: 'POST', path: '/v1/orders/{orderId}/cancel' })
    .input(z.object({ orderId: z.string() }))
    .output(order),
};

export type Promotion = z.infer<typeof promotion>;
export type RenewalOption = z.infer<typeof renewalOption>;
export type Quote = z.infer<typeof quote>;
export type Order = z.infer<typeof order>;
export type PaymentMethod = z.infer<typeof paymentMethod>;
