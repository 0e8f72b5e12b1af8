/** Stripe through its official SDK: Checkout Sessions on Stripe's own page (`ui_mode: hosted_page`), one-off payments. */
import { Stripe } from 'stripe';
import { z } from 'zod';
import type { PaymentMethod } from '#contract/account/index.ts';
import { LebError } from '#contract/errors.ts';
import { second } from '../clock.ts';
import type { ServiceConfig } from '../config.ts';
import type { PageStatus, PaymentProvider } from './payment-provider.ts';

const expand = ['payment_intent.latest_charge'];

/** The part of a session that decides about money, checked again although the SDK has types for it: types are not checked at run time. */
const sessionCore = z.object({
  id: z.string().regex(/^cs_\w+$/),
  object: z.literal('checkout.session'),
  livemode: z.boolean(),
  status: z.enum(['open', 'complete', 'expired']),
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  amount_total: z.int().nullable(),
  currency: z.string().nullable(),
  client_reference_id: z.string().nullable(),
  expires_at: z.int(),
});
const eventObject = z.object({
  id: z.string().optional(),
  object: z.string(),
  client_reference_id: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
});

function toMethod(charge: Stripe.Charge | null): PaymentMethod | null {
  const details = charge?.payment_method_details;
  if (details === null || details === undefined) return null;
  if (details.type === 'card') {
    const funding = details.card?.funding;
    return {
      kind: 'card',
      brand: details.card?.brand ?? null,
      last4: details.card?.last4 ?? null,
      funding: funding === 'credit' || funding === 'debit' || funding === 'prepaid' ? funding : 'unknown',
    };
  }
  return { kind: details.type === 'paypal' ? 'paypal' : 'other', brand: null, last4: null, funding: null };
}

/** An expanded object, or null where the provider gave only its identifier. */
function expanded<Shape extends object>(value: string | Shape | null | undefined): Shape | null {
  return typeof value === 'object' && value !== null ? value : null;
}

export function toPageStatus(session: Stripe.Checkout.Session): PageStatus {
  const core = sessionCore.parse(session);
  const intent = expanded(session.payment_intent);
  const charge = expanded(intent?.latest_charge);
  const error = intent?.last_payment_error ?? null;
  const paid = core.status === 'complete' && core.payment_status !== 'unpaid';
  const attempt = Number(session.metadata?.['attempt'] ?? Number.NaN);
  const failedCharge = charge !== null && charge.status === 'failed' ? charge : null;
  return {
    sessionId: core.id,
    url: core.status === 'open' ? session.url : null,
    expiresMs: core.expires_at * 1000,
    orderId: core.client_reference_id,
    attempt: Number.isInteger(attempt) ? attempt : null,
    state: paid ? 'paid' : core.status === 'complete' ? 'processing' : core.status,
    amountMinor: core.amount_total,
    currency: core.currency?.toUpperCase() ?? null,
    live: core.livemode,
    paymentIntent: intent?.id ?? (typeof session.payment_intent === 'string' ? session.payment_intent : null),
    method: paid ? toMethod(charge) : null,
    failure:
      error === null || paid
        ? null
        : {
            error: {
              type: error.type,
              code: error.code ?? null,
              declineCode: error.decline_code ?? null,
              methodType: error.payment_method?.type ?? null,
            },
            reference:
              error.charge ??
              failedCharge?.id ??
              error.payment_method?.id ??
              `${intent?.id ?? core.id}:${error.decline_code ?? error.code ?? error.type}`,
            atMs: failedCharge === null ? null : failedCharge.created * 1000,
          },
  };
}

function connection(apiBase: string | null): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  if (apiBase === null) return {};
  const url = new URL(apiBase);
  const protocol = url.protocol === 'https:' ? 'https' : 'http';
  return { host: url.hostname, port: url.port === '' ? (protocol === 'https' ? 443 : 80) : Number(url.port), protocol };
}

/** Runs one call of the SDK; its failure becomes PAYMENT_PROVIDER, with Stripe's words kept for the log. */
async function ask<Result>(call: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LebError) throw error;
    const details =
      error instanceof Stripe.errors.StripeError
        ? { call, type: error.type, code: error.code ?? null, requestId: error.requestId ?? null }
        : { call };
    throw new LebError('PAYMENT_PROVIDER', details, { cause: error });
  }
}

export function stripeProvider(config: ServiceConfig['stripe']): PaymentProvider {
  const stripe = new Stripe(config.secretKey, {
    ...connection(config.apiBase),
    maxNetworkRetries: 2,
    timeout: 8 * second,
    telemetry: false,
    appInfo: { name: 'LEB Companion account service' },
  });
  const readPage = (sessionId: string): Promise<PageStatus> =>
    ask('sessions.retrieve', async () => toPageStatus(await stripe.checkout.sessions.retrieve(sessionId, { expand })));

  return {
    live: /_live_/.test(config.secretKey),
    createPage: (request) =>
      ask('sessions.create', async () => {
        // Metadata does not travel from the session to the payment by itself, and events of both must name the order.
        const metadata = { orderId: request.orderId, attempt: String(request.attempt) };
        const session = await stripe.checkout.sessions.create(
          {
            mode: 'payment',
            ui_mode: 'hosted_page',
            client_reference_id: request.orderId,
            metadata,
            allowed_payment_method_types: [...config.paymentMethods],
            payment_intent_data: { metadata, ...(request.email === null ? {} : { receipt_email: request.email }) },
            ...(request.email === null ? {} : { customer_email: request.email }),
            line_items: [
              {
                quantity: 1,
                price_data: {
                  currency: request.currency.toLowerCase(),
                  unit_amount: request.amountMinor,
                  product_data: { name: request.title, description: request.description },
                },
              },
            ],
            // The amount is compared with the order's when the page is paid: it must stay in the order's currency.
            adaptive_pricing: { enabled: false },
            locale: request.language === 'zh-CN' ? 'zh' : 'en',
            expires_at: Math.floor(request.expiresMs / 1000),
            success_url: request.successUrl,
            cancel_url: request.cancelUrl,
          },
          { idempotencyKey: `${request.orderId}:${request.attempt}` },
        );
        return toPageStatus(session);
      }),
    readPage,
    expirePage: (sessionId) =>
      ask('sessions.expire', async () => {
        try {
          return toPageStatus(await stripe.checkout.sessions.expire(sessionId, { expand }));
        } catch (error) {
          // "Only open sessions can be expired": it was paid or had expired meanwhile. What it is now decides.
          if (error instanceof Stripe.errors.StripeInvalidRequestError) return readPage(sessionId);
          throw error;
        }
      }),
    refund: (request) =>
      ask('refunds.create', async () => {
        try {
          const refund = await stripe.refunds.create(
            { payment_intent: request.paymentIntent, metadata: { orderId: request.orderId } },
            { idempotencyKey: `refund:${request.sessionId}` },
          );
          return refund.id;
        } catch (error) {
          if (!(error instanceof Stripe.errors.StripeInvalidRequestError) || error.code !== 'charge_already_refunded') throw error;
          // The key of an earlier call may have been forgotten by now; the money is back all the same.
          const [refund] = (await stripe.refunds.list({ payment_intent: request.paymentIntent, limit: 1 })).data;
          if (refund === undefined) throw error;
          return refund.id;
        }
      }),
    readEvent: (body, signature) => {
      if (config.webhookSecret === null) return null;
      let event: Stripe.Event;
      try {
        event = stripe.webhooks.constructEvent(body, signature, config.webhookSecret);
      } catch {
        return null;
      }
      const object = eventObject.safeParse(event.data?.object).data;
      return {
        id: event.id,
        type: event.type,
        live: event.livemode,
        orderId: object?.client_reference_id ?? object?.metadata?.['orderId'] ?? null,
        sessionId: object?.object === 'checkout.session' ? (object.id ?? null) : null,
      };
    },
  };
}
