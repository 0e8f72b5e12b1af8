import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Stripe } from 'stripe';
import { pageHeaders } from '#simulator/bench/html.ts';
import { type CardFields, readCardForm } from '../cards.ts';
import { expireOverdue, finishChallenge, finishPaypal, type PaymentStep, type PaypalAnswer, startPayment } from '../payments.ts';
import type { StripeWorld } from '../world.ts';
import { challengePage, checkoutPage, type CheckoutView, closedPage, paypalPage, stylesheetPath, unknownPage } from './checkout-pages.ts';
import { checkoutStylesheet } from './stylesheet.ts';
import { chooseLanguage } from './words.ts';

type SessionRequest = FastifyRequest<{ Params: { sessionId: string } }>;

/** The pages that a person sees: payment, the bank's confirmation, PayPal. */
export function registerPages(server: FastifyInstance, world: StripeWorld): void {
  server.get(stylesheetPath, async (_request, reply) => {
    await reply.type('text/css; charset=utf-8').header('Cache-Control', 'no-cache').send(checkoutStylesheet);
  });

  server.get('/c/pay/:sessionId', async (request: SessionRequest, reply) =>
    withOpenSession(world, request, reply, (view) => sendPage(reply, 200, checkoutPage(view))),
  );

  server.post('/c/pay/:sessionId/card', async (request: SessionRequest, reply) =>
    withOpenSession(world, request, reply, async (view) => {
      const fields = readFields(request.body);
      const result = readCardForm(fields, new Date(world.now()));
      if ('problems' in result) {
        await sendPage(reply, 422, checkoutPage({ ...view, failure: null, typed: fields, problems: result.problems }));
        return;
      }
      await goOn(world, view.session, reply, startPayment(world, view.session.id, { kind: 'card', form: result.form }));
    }),
  );

  server.post('/c/pay/:sessionId/paypal', async (request: SessionRequest, reply) =>
    withOpenSession(world, request, reply, (view) =>
      goOn(world, view.session, reply, startPayment(world, view.session.id, { kind: 'paypal' })),
    ),
  );

  server.get('/c/pay/:sessionId/challenge', async (request: SessionRequest, reply) =>
    withOpenSession(world, request, reply, async (view) => {
      const method = waitingMethod(world, view.session);
      if (method?.card === undefined) await goOn(world, view.session, reply, 'refused');
      else await sendPage(reply, 200, challengePage(view, method.card.last4));
    }),
  );

  server.post('/c/pay/:sessionId/challenge', async (request: SessionRequest, reply) =>
    withOpenSession(world, request, reply, (view) =>
      goOn(world, view.session, reply, finishChallenge(world, view.session.id, readField(request.body, 'result') === 'complete')),
    ),
  );

  server.get('/paypal/approve/:sessionId', async (request: SessionRequest, reply) =>
    withOpenSession(world, request, reply, async (view) => {
      if (waitingMethod(world, view.session)?.type === 'paypal') await sendPage(reply, 200, paypalPage(view));
      else await goOn(world, view.session, reply, 'refused');
    }),
  );

  server.post('/paypal/approve/:sessionId', async (request: SessionRequest, reply) =>
    withOpenSession(world, request, reply, (view) => {
      const given = readField(request.body, 'answer');
      const answer: PaypalAnswer = given === 'agree' || given === 'refuse' ? given : 'cancel';
      return goOn(world, view.session, reply, finishPaypal(world, view.session.id, answer));
    }),
  );
}

async function withOpenSession(
  world: StripeWorld,
  request: SessionRequest,
  reply: FastifyReply,
  show: (view: CheckoutView) => Promise<void>,
): Promise<void> {
  expireOverdue(world);
  const acceptLanguage = request.headers['accept-language'];
  const session = world.store.find('checkout.session', request.params.sessionId);
  if (session === null) {
    await sendPage(reply, 404, unknownPage(chooseLanguage(null, acceptLanguage)));
    return;
  }
  const view: CheckoutView = {
    language: chooseLanguage(session.locale, acceptLanguage),
    merchantName: world.merchantName,
    session,
    background: world.store.background(session.id),
    failure:
      typeof session.payment_intent === 'string' ? world.store.get('payment_intent', session.payment_intent).last_payment_error : null,
    typed: null,
    problems: {},
  };
  if (session.status === 'open') await show(view);
  else await sendPage(reply, 200, closedPage(view));
}

function waitingMethod(world: StripeWorld, session: Stripe.Checkout.Session): Stripe.PaymentMethod | null {
  if (typeof session.payment_intent !== 'string') return null;
  const intent = world.store.get('payment_intent', session.payment_intent);
  if (intent.status !== 'requires_action' || typeof intent.payment_method !== 'string') return null;
  return world.store.get('payment_method', intent.payment_method);
}

/** Every answer to a form is a redirect, so that going back or reloading never submits twice. */
async function goOn(world: StripeWorld, session: Stripe.Checkout.Session, reply: FastifyReply, step: PaymentStep): Promise<void> {
  world.webhooks.wake();
  reply.header('Cache-Control', 'no-store').header('Referrer-Policy', 'no-referrer');
  switch (step) {
    case 'paid':
      await reply.redirect((session.success_url ?? `/c/pay/${session.id}`).replaceAll('{CHECKOUT_SESSION_ID}', session.id), 303);
      return;
    case 'challenge':
      await reply.redirect(`/c/pay/${session.id}/challenge`, 303);
      return;
    case 'paypal':
      await reply.redirect(`/paypal/approve/${session.id}`, 303);
      return;
    case 'refused':
    case 'closed':
      await reply.redirect(`/c/pay/${session.id}`, 303);
  }
}

async function sendPage(reply: FastifyReply, status: number, page: string): Promise<void> {
  await reply.code(status).headers(pageHeaders).send(page);
}

function readField(body: unknown, name: string): string {
  if (typeof body !== 'object' || body === null) return '';
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value.slice(0, 200) : '';
}

function readFields(body: unknown): CardFields {
  return {
    number: readField(body, 'number'),
    expiry: readField(body, 'expiry'),
    cvc: readField(body, 'cvc'),
    name: readField(body, 'name'),
  };
}
