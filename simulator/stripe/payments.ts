import type { Stripe } from 'stripe';
import { assertNever } from '#simulator/bench/assert-never.ts';
import { invalidRequest } from './api-error.ts';
import { buildCharge, buildPaymentIntent, buildPaymentMethod, type ChargeOutcome, type PaymentSource } from './payment-objects.ts';
import { emptyCustomerDetails } from './session-object.ts';
import { type CardDecline, findCardByFingerprint } from './cards.ts';
import { type Cause, nowSeconds, recordEvents, type StripeWorld } from './world.ts';

/** Where the person goes next: on to the shop, to their bank, to PayPal, or back to the page because it did not work. */
export type PaymentStep = 'paid' | 'challenge' | 'paypal' | 'refused' | 'closed';

/**
 * The person submits the hosted page. The PaymentIntent is made with the first attempt and serves all further ones, so that
 * a declined card is followed by another card or by PayPal on the same session and at most one charge succeeds.
 */
export function startPayment(world: StripeWorld, sessionId: string, source: PaymentSource): PaymentStep {
  return world.store.transact(() => {
    const session = openSession(world, sessionId);
    if (session === null) return 'closed';
    const intent = attachMethod(world, session, source);
    if (source.kind === 'paypal') {
      requireAction(world, intent, `${world.baseUrl()}/paypal/approve/${session.id}`);
      return 'paypal';
    }
    if (source.form.card.threeDSecure) {
      requireAction(world, intent, `${world.baseUrl()}/c/pay/${session.id}/challenge`);
      return 'challenge';
    }
    return charge(world, session, intent, cardOutcome(source.form.card.decline, false));
  });
}

/** The answer of the bank's 3-D Secure page. */
export function finishChallenge(world: StripeWorld, sessionId: string, authenticated: boolean): PaymentStep {
  return world.store.transact(() => {
    const waiting = waitingPayment(world, sessionId, 'card');
    if (waiting === null) return 'closed';
    const { session, intent, method } = waiting;
    if (authenticated)
      return charge(world, session, intent, cardOutcome(findCardByFingerprint(method.card?.fingerprint ?? '')?.decline ?? null, true));
    // No charge is made: the issuer was never asked.
    return refuse(world, intent, {
      type: 'invalid_request_error',
      code: 'payment_intent_authentication_failure',
      message:
        'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
      payment_method: method,
    });
  });
}

export type PaypalAnswer = 'agree' | 'cancel' | 'refuse';

/** The answer of PayPal's page: the payer agrees, goes back, or PayPal itself refuses the payer. */
export function finishPaypal(world: StripeWorld, sessionId: string, answer: PaypalAnswer): PaymentStep {
  return world.store.transact(() => {
    const waiting = waitingPayment(world, sessionId, 'paypal');
    if (waiting === null) return 'closed';
    const { session, intent, method } = waiting;
    switch (answer) {
      case 'agree':
        return charge(world, session, intent, { paid: true, threeDSecure: false });
      case 'cancel':
        return refuse(world, intent, {
          type: 'invalid_request_error',
          code: 'payment_method_customer_decline',
          message: 'The customer did not approve the PaymentIntent. Provide a new payment method to attempt to fulfill this intent again.',
          payment_method: method,
        });
      case 'refuse':
        return refuse(world, intent, {
          type: 'invalid_request_error',
          code: 'payment_method_provider_decline',
          message: 'The payment was declined by the provider. Provide a new payment method to attempt to fulfill this intent again.',
          payment_method: method,
        });
      default:
        return assertNever(answer);
    }
  });
}

/** Ends a session: by the API, or because its time is over. A PaymentIntent that was begun is cancelled with it. */
export function expireSession(world: StripeWorld, session: Stripe.Checkout.Session, cause: Cause): Stripe.Checkout.Session {
  if (session.status !== 'open') {
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status ?? ''}\`.`,
    );
  }
  const expired: Stripe.Checkout.Session = { ...session, status: 'expired' };
  world.store.update(expired);
  if (typeof session.payment_intent === 'string') {
    const intent = world.store.get('payment_intent', session.payment_intent);
    const canceled: Stripe.PaymentIntent = {
      ...intent,
      status: 'canceled',
      canceled_at: nowSeconds(world),
      cancellation_reason: 'expired',
      next_action: null,
    };
    world.store.update(canceled);
    recordEvents(world, cause, [['payment_intent.canceled', canceled]]);
  }
  recordEvents(world, cause, [['checkout.session.expired', expired]]);
  return expired;
}

/** Expires what is overdue. Called before every request and by the clock. */
export function expireOverdue(world: StripeWorld): void {
  const overdue = world.store.overdueSessions(nowSeconds(world));
  if (overdue.length === 0) return;
  world.store.transact(() => {
    for (const session of overdue) expireSession(world, session, null);
  });
  world.webhooks.wake();
}

function openSession(world: StripeWorld, sessionId: string): Stripe.Checkout.Session | null {
  const session = world.store.get('checkout.session', sessionId);
  return session.status === 'open' ? session : null;
}

function attachMethod(world: StripeWorld, session: Stripe.Checkout.Session, source: PaymentSource): Stripe.PaymentIntent {
  const created = nowSeconds(world);
  const method = buildPaymentMethod(source, session.customer_details?.email ?? null, created);
  world.store.insert(method);
  let intent: Stripe.PaymentIntent;
  if (typeof session.payment_intent === 'string') {
    intent = world.store.get('payment_intent', session.payment_intent);
  } else {
    intent = buildPaymentIntent(session, world.store.background(session.id), created);
    world.store.insert(intent);
    const begun: Stripe.Checkout.Session = { ...session, payment_intent: intent.id };
    world.store.update(begun);
    recordEvents(world, null, [['payment_intent.created', intent]]);
  }
  return { ...intent, payment_method: method.id, next_action: null };
}

function requireAction(world: StripeWorld, intent: Stripe.PaymentIntent, url: string): void {
  const waiting: Stripe.PaymentIntent = {
    ...intent,
    status: 'requires_action',
    next_action: { type: 'redirect_to_url', redirect_to_url: { url, return_url: null } },
  };
  world.store.update(waiting);
  recordEvents(world, null, [['payment_intent.requires_action', waiting]]);
}

function waitingPayment(world: StripeWorld, sessionId: string, kind: 'card' | 'paypal') {
  const session = openSession(world, sessionId);
  if (session === null || typeof session.payment_intent !== 'string') return null;
  const intent = world.store.get('payment_intent', session.payment_intent);
  if (intent.status !== 'requires_action' || typeof intent.payment_method !== 'string') return null;
  const method = world.store.get('payment_method', intent.payment_method);
  return method.type === kind ? { session, intent, method } : null;
}

function cardOutcome(decline: CardDecline | null, threeDSecure: boolean): ChargeOutcome {
  return decline === null ? { paid: true, threeDSecure } : { paid: false, threeDSecure, ...decline };
}

function charge(world: StripeWorld, session: Stripe.Checkout.Session, intent: Stripe.PaymentIntent, outcome: ChargeOutcome): PaymentStep {
  const method = world.store.get('payment_method', typeof intent.payment_method === 'string' ? intent.payment_method : '');
  const made = buildCharge(intent, method, outcome, nowSeconds(world));
  world.store.insert(made);
  if (!outcome.paid) {
    recordEvents(world, null, [['charge.failed', made]]);
    return refuse(
      world,
      { ...intent, latest_charge: made.id },
      {
        type: 'card_error',
        code: outcome.code,
        decline_code: outcome.declineCode,
        message: outcome.message,
        charge: made.id,
        payment_method: method,
      },
    );
  }
  const paidIntent: Stripe.PaymentIntent = {
    ...intent,
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: made.id,
    last_payment_error: null,
    next_action: null,
  };
  const complete: Stripe.Checkout.Session = {
    ...session,
    status: 'complete',
    payment_status: 'paid',
    payment_intent: intent.id,
    customer_details: {
      ...(session.customer_details ?? emptyCustomerDetails),
      email: session.customer_details?.email ?? method.billing_details.email,
      name: method.billing_details.name,
    },
  };
  world.store.update(paidIntent);
  world.store.update(complete);
  recordEvents(world, null, [
    ['charge.succeeded', made],
    ['payment_intent.succeeded', paidIntent],
    ['checkout.session.completed', complete],
  ]);
  return 'paid';
}

function refuse(world: StripeWorld, intent: Stripe.PaymentIntent, error: Stripe.PaymentIntent.LastPaymentError): PaymentStep {
  const refused: Stripe.PaymentIntent = {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_payment_error: error,
  };
  world.store.update(refused);
  recordEvents(world, null, [['payment_intent.payment_failed', refused]]);
  return 'refused';
}
