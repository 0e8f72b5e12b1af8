import { createServer, get } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { Stripe } from 'stripe';
import { afterEach, describe, expect, test } from 'vitest';
import { startStripe, type StripeOptions, type StripeStandIn } from './server.ts';

/** Generous: the machine may be busy. */
const patience = { timeout: 8000, interval: 20 };

/** Undone after each test, last first. */
const undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function start(options: Partial<StripeOptions> = {}): Promise<{ standIn: StripeStandIn; stripe: Stripe }> {
  const standIn = await startStripe({ stateDir: null, ...options });
  undo.push(() => standIn.close());
  return { standIn, stripe: client(standIn) };
}

function client(standIn: StripeStandIn, settings: Stripe.StripeConfig = {}): Stripe {
  const { hostname, port } = new URL(standIn.url);
  return new Stripe(standIn.secretKey, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false, ...settings });
}

function sessionParams(overrides: Partial<Stripe.Checkout.SessionCreateParams> = {}): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'payment',
    client_reference_id: 'ord_1',
    customer_email: 'sample@leb.example',
    success_url: 'https://shop.example/return?o=ord_1&s={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://shop.example/cancel',
    metadata: { order: 'ord_1' },
    payment_intent_data: { metadata: { order: 'ord_1' }, receipt_email: 'sample@leb.example' },
    line_items: [{ quantity: 1, price_data: { currency: 'eur', unit_amount: 3990, product_data: { name: 'LEB Europe, 3 months' } } }],
    ...overrides,
  };
}

async function submit(url: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', signal: AbortSignal.timeout(5000) });
}

const goodFields = { expiry: '12 / 34', cvc: '123', name: 'A. Sample' };

async function payByCard(session: Stripe.Checkout.Session, number: string): Promise<Response> {
  return submit(`${session.url}/card`, { ...goodFields, number });
}

type Ledger = { charges: Stripe.Charge[]; refunds: Stripe.Refund[]; charged: number; refunded: number };
async function readLedger(standIn: StripeStandIn): Promise<Ledger> {
  return (await (await fetch(`${standIn.url}/_bench/ledger`)).json()) as Ledger;
}

async function setFault(standIn: StripeStandIn, fault: object): Promise<void> {
  const answer = await fetch(`${standIn.url}/_bench/faults`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(fault),
  });
  expect(answer.status).toBe(200);
}

/** `fetch` does not let the Host header be chosen. */
async function statusWithHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = get(`${url}/_bench/ledger`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
  });
}

/** A shop's webhook address that verifies every delivery with the SDK. `answers` are given in turn, then 200. */
async function listenForEvents(secret: () => string, answers: number[] = []) {
  const events: Stripe.Event[] = [];
  const problems: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const status = answers.shift() ?? 200;
      try {
        const event = Stripe.webhooks.constructEvent(Buffer.concat(chunks), request.headers['stripe-signature'] ?? '', secret());
        if (status === 200) events.push(event);
      } catch (error) {
        problems.push(error);
      }
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  undo.push(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
  return { url, events, problems, types: () => events.map((event) => event.type) };
}

describe('a payment from the order to the verified event', () => {
  test('create, pay by card, read back, webhook signature', async () => {
    let secret = '';
    const shop = await listenForEvents(() => secret);
    const { standIn, stripe } = await start({ webhookUrl: shop.url });
    secret = standIn.webhookSecret;

    const created = await stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: 'ord_1:1' });
    expect(created).toMatchObject({
      object: 'checkout.session',
      amount_total: 3990,
      currency: 'eur',
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      client_reference_id: 'ord_1',
      livemode: false,
      payment_method_types: ['card', 'paypal'],
    });
    expect(created.lastResponse.requestId).toMatch(/^req_/);

    const page = await fetch(created.url ?? '', { headers: { 'Accept-Language': 'en' } });
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('Pay €39.90');

    const paid = await payByCard(created, '4242 4242 4242 4242');
    expect(paid.status).toBe(303);
    expect(paid.headers.get('location')).toBe(`https://shop.example/return?o=ord_1&s=${created.id}`);

    const session = await stripe.checkout.sessions.retrieve(created.id, { expand: ['payment_intent.latest_charge', 'line_items'] });
    expect(session).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
    expect(session.line_items?.data[0]).toMatchObject({ amount_total: 3990, description: 'LEB Europe, 3 months' });
    expect(session.line_items?.data[0]?.price?.unit_amount_decimal?.toString()).toBe('3990');
    const intent = session.payment_intent as Stripe.PaymentIntent;
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 3990, metadata: { order: 'ord_1' }, last_payment_error: null });
    expect(intent.latest_charge).toMatchObject({
      paid: true,
      amount_captured: 3990,
      payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242', funding: 'credit' } },
    });

    await expect
      .poll(shop.types, patience)
      .toEqual(['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded', 'checkout.session.completed']);
    expect(shop.problems).toEqual([]);
    expect(shop.events.at(-1)).toMatchObject({ api_version: Stripe.API_VERSION, livemode: false, data: { object: { id: created.id } } });
    expect((await readLedger(standIn)).charged).toBe(3990);
  });

  test('a paid session is not paid again', async () => {
    const { standIn, stripe } = await start();
    const session = await stripe.checkout.sessions.create(sessionParams());
    await payByCard(session, '4242424242424242');
    expect((await payByCard(session, '5555555555554444')).status).toBe(200);
    await submit(`${session.url}/paypal`, {});
    expect(await readLedger(standIn)).toMatchObject({ charged: 3990, charges: [{ amount: 3990 }] });
  });
});

describe('test cards', () => {
  test.each([
    ['4000 0566 5566 5556', 'visa', 'debit'],
    ['5555555555554444', 'mastercard', 'credit'],
    ['6200000000000005', 'unionpay', 'credit'],
  ])('%s is paid as %s %s', async (number, brand, funding) => {
    const { standIn, stripe } = await start();
    expect((await payByCard(await stripe.checkout.sessions.create(sessionParams()), number)).status).toBe(303);
    expect((await readLedger(standIn)).charges[0]?.payment_method_details?.card).toMatchObject({ brand, funding });
  });

  test.each([
    ['4000000000000002', 'card_declined', 'generic_decline', 'Your card was declined.'],
    ['4000000000009995', 'card_declined', 'insufficient_funds', 'Your card has insufficient funds.'],
    ['4000000000000069', 'expired_card', 'expired_card', 'Your card has expired.'],
    ['4000000000000127', 'incorrect_cvc', 'incorrect_cvc', 'security code is incorrect'],
    ['4111111111111111', 'card_declined', 'test_mode_live_card', 'Only test cards work here'],
  ])('%s is refused with %s / %s, and PayPal on the same session then succeeds once', async (number, code, declineCode, sentence) => {
    const { standIn, stripe } = await start();
    const session = await stripe.checkout.sessions.create(sessionParams());
    const refused = await payByCard(session, number);
    expect(refused.headers.get('location')).toBe(`/c/pay/${session.id}`);
    expect((await (await fetch(session.url ?? '')).text()).replaceAll('&#39;', "'")).toContain(sentence);

    const afterDecline = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(afterDecline.status).toBe('open');
    const intent = afterDecline.payment_intent as Stripe.PaymentIntent;
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      amount_received: 0,
      last_payment_error: { type: 'card_error', code, decline_code: declineCode },
    });
    const failed = await stripe.events.list({ types: ['payment_intent.payment_failed'] });
    expect(failed.data).toHaveLength(1);

    const toPaypal = await submit(`${session.url}/paypal`, {});
    expect(toPaypal.headers.get('location')).toBe(`/paypal/approve/${session.id}`);
    const agreed = await submit(`${standIn.url}/paypal/approve/${session.id}`, { answer: 'agree' });
    expect(agreed.headers.get('location')).toContain('https://shop.example/return');
    const charge = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] });
    expect(charge).toMatchObject({ amount_received: 3990, latest_charge: { payment_method_details: { type: 'paypal' } } });
    expect((await readLedger(standIn)).charged).toBe(3990);
  });

  test.each(['4000002500003155', '4000002760003184'])('%s asks the bank: fail, then complete', async (number) => {
    const { standIn, stripe } = await start();
    const session = await stripe.checkout.sessions.create(sessionParams());
    const challengeUrl = `${session.url}/challenge`;
    expect((await payByCard(session, number)).headers.get('location')).toBe(`/c/pay/${session.id}/challenge`);
    expect(await (await fetch(challengeUrl)).text()).toContain('>Complete</button>');
    await submit(challengeUrl, { result: 'fail' });
    const failed = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(failed.payment_intent).toMatchObject({
      last_payment_error: { code: 'payment_intent_authentication_failure' },
      latest_charge: null,
    });

    await payByCard(session, number);
    expect((await submit(challengeUrl, { result: 'complete' })).status).toBe(303);
    const { charges } = await readLedger(standIn);
    expect(charges).toHaveLength(1);
    expect(charges[0]?.payment_method_details?.card?.three_d_secure?.result).toBe('authenticated');
  });

  test('a card that asks the bank and then has no funds', async () => {
    const { standIn, stripe } = await start();
    const session = await stripe.checkout.sessions.create(sessionParams());
    await payByCard(session, '4000008260003178');
    await submit(`${session.url}/challenge`, { result: 'complete' });
    expect((await readLedger(standIn)).charges[0]?.failure_code).toBe('card_declined');
  });

  test.each([
    [{ number: '4242 4242 4242 4241' }, 'Your card number is invalid.'],
    [{ number: '4242' }, 'Your card number is incomplete.'],
    [{ expiry: '01/20' }, 'expiration date is in the past.'],
    [{ cvc: '12' }, 'security code is incomplete.'],
    [{ name: ' ' }, 'Enter the name on the card.'],
  ])('the form refuses %j before any payment is begun', async (wrong, sentence) => {
    const { stripe } = await start();
    const session = await stripe.checkout.sessions.create(sessionParams());
    const answer = await submit(`${session.url}/card`, { number: '4242424242424242', ...goodFields, ...wrong });
    expect(answer.status).toBe(422);
    expect((await answer.text()).replaceAll('&#39;', "'")).toContain(sentence);
    expect((await stripe.checkout.sessions.retrieve(session.id)).payment_intent).toBeNull();
  });

  test.each([
    ['cancel', 'payment_method_customer_decline'],
    ['refuse', 'payment_method_provider_decline'],
  ])('PayPal %s', async (answer, code) => {
    const { standIn, stripe } = await start();
    const session = await stripe.checkout.sessions.create(sessionParams());
    await submit(`${session.url}/paypal`, {});
    await submit(`${standIn.url}/paypal/approve/${session.id}`, { answer });
    const after = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(after.payment_intent).toMatchObject({ last_payment_error: { code } });
    expect((await readLedger(standIn)).charges).toEqual([]);
  });
});

describe('the API', () => {
  test('the same key replays, other parameters or another endpoint are an idempotency error', async () => {
    const { stripe } = await start();
    const first = await stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: 'k' });
    const again = await stripe.checkout.sessions.create(sessionParams(), { idempotencyKey: 'k' });
    expect(again.id).toBe(first.id);
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    await expect(stripe.checkout.sessions.create(sessionParams({ client_reference_id: 'other' }), { idempotencyKey: 'k' })).rejects.toThrow(
      Stripe.errors.StripeIdempotencyError,
    );
    await expect(stripe.customers.create({}, { idempotencyKey: 'k' })).rejects.toThrow(Stripe.errors.StripeIdempotencyError);
    expect((await stripe.checkout.sessions.list()).data).toHaveLength(1);
  });

  test('a refused parameter does not use up its key', async () => {
    const { stripe } = await start();
    await expect(stripe.customers.create({ email: 'x'.repeat(600) }, { idempotencyKey: 'k' })).rejects.toThrow();
    expect((await stripe.customers.create({ email: 'sample@leb.example' }, { idempotencyKey: 'k' })).email).toBe('sample@leb.example');
  });

  test.each<[string, object, string | undefined, string | undefined]>([
    ['unknown parameter', { colour: 'red' }, 'parameter_unknown', 'colour'],
    ['unknown nested parameter', { payment_intent_data: { colour: 'red' } }, 'parameter_unknown', 'payment_intent_data[colour]'],
    ['missing parameter', { success_url: undefined }, 'parameter_missing', 'success_url'],
    ['custom scheme', { success_url: 'leb-card://return' }, 'url_invalid', 'success_url'],
    ['unknown customer', { customer: 'cus_nobody', customer_email: undefined }, 'resource_missing', 'customer'],
    ['too early an end', { expires_at: Math.floor(Date.now() / 1000) + 60 }, undefined, 'expires_at'],
    ['what is not simulated', { discounts: [{ coupon: 'SPRING' }] }, undefined, 'discounts'],
    ['a parameter that this version has not', { payment_method_types: ['card'] }, 'parameter_unknown', 'payment_method_types'],
  ])('%s', async (_name, overrides, code, param) => {
    const { stripe } = await start();
    const refusal = await stripe.checkout.sessions.create({ ...sessionParams(), ...overrides }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    expect(refusal).toMatchObject({ code, param, statusCode: 400 });
  });

  test('wrong key, unknown object, foreign host name', async () => {
    const { standIn, stripe } = await start();
    const { hostname, port } = new URL(standIn.url);
    const stranger = new Stripe('sk_test_wrong', { host: hostname, port, protocol: 'http', telemetry: false });
    await expect(stranger.events.list()).rejects.toThrow(Stripe.errors.StripeAuthenticationError);
    await expect(stripe.checkout.sessions.retrieve('cs_test_none')).rejects.toMatchObject({ statusCode: 404, code: 'resource_missing' });
    expect(await statusWithHost(standIn.url, `127.0.0.1:${port}`)).toBe(200);
    expect(await statusWithHost(standIn.url, 'rebound.example')).toBe(421);
  });

  test('expire, once', async () => {
    const { stripe } = await start();
    const session = await stripe.checkout.sessions.create(sessionParams());
    await payByCard(session, '4000000000000002');
    const expired = await stripe.checkout.sessions.expire(session.id, { expand: ['payment_intent'] });
    expect(expired).toMatchObject({ status: 'expired', url: null, payment_intent: { status: 'canceled' } });
    await expect(stripe.checkout.sessions.expire(session.id)).rejects.toThrow(/status/);
    expect(await (await fetch(session.url ?? '')).text()).toContain('has expired');
    expect((await stripe.events.list({ type: 'checkout.session.expired' })).data).toHaveLength(1);
  });

  test('time expires a session by itself', async () => {
    let now = Date.now();
    const { stripe } = await start({ now: () => now });
    const session = await stripe.checkout.sessions.create(sessionParams({ expires_at: Math.floor(now / 1000) + 1800 }));
    now += 1_801_000;
    await payByCard(session, '4242424242424242');
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'expired', payment_status: 'unpaid' });
  });

  test('refund in parts, never more than was paid', async () => {
    const { standIn, stripe } = await start();
    const session = await stripe.checkout.sessions.create(sessionParams());
    await payByCard(session, '4242424242424242');
    const { payment_intent } = await stripe.checkout.sessions.retrieve(session.id);
    const paymentIntent = typeof payment_intent === 'string' ? payment_intent : '';
    await stripe.refunds.create({ payment_intent: paymentIntent, amount: 1000, reason: 'requested_by_customer' });
    await expect(stripe.refunds.create({ payment_intent: paymentIntent, amount: 3000 })).rejects.toThrow(/greater than/);
    const rest = await stripe.refunds.create({ payment_intent: paymentIntent }, { idempotencyKey: 'refund:ord_1' });
    expect(rest).toMatchObject({ amount: 2990, status: 'succeeded' });
    await expect(stripe.refunds.create({ payment_intent: paymentIntent })).rejects.toMatchObject({ code: 'charge_already_refunded' });
    expect(await readLedger(standIn)).toMatchObject({ charged: 3990, refunded: 3990, charges: [{ refunded: true }] });
    expect((await stripe.refunds.list({ payment_intent: paymentIntent })).data).toHaveLength(2);
  });

  test('a sweep forward over events sees each one once, oldest first', async () => {
    const { stripe } = await start();
    const first = await stripe.customers.create({ name: '0' });
    const [cursor] = (await stripe.events.list({ limit: 1 })).data;
    for (let number = 1; number <= 5; number += 1) await stripe.customers.create({ name: String(number) });
    const names: (string | null | undefined)[] = [];
    for await (const event of stripe.events.list({ ending_before: cursor?.id ?? '', limit: 2, types: ['customer.created'] })) {
      names.push((event.data.object as Stripe.Customer).name);
    }
    expect(first.name).toBe('0');
    expect(names).toEqual(['1', '2', '3', '4', '5']);
    const page = await stripe.events.list({ limit: 2 });
    expect(page.has_more).toBe(true);
    expect(page.data.map((event) => (event.data.object as Stripe.Customer).name)).toEqual(['5', '4']);
  });
});

describe('faults', () => {
  test('a connection cut after the effect: the SDK tries again with its key, and there is one session', async () => {
    const { standIn } = await start();
    const patient = client(standIn, { maxNetworkRetries: 2 });
    await setFault(standIn, { target: 'api', kind: 'reset', effect: 'after', path: '/v1/checkout/sessions' });
    const session = await patient.checkout.sessions.create(sessionParams());
    const all = await patient.checkout.sessions.list();
    expect(all.data.map((entry) => entry.id)).toEqual([session.id]);
  });

  test.each([
    ['429', Stripe.errors.StripeRateLimitError],
    ['500', Stripe.errors.StripeAPIError],
  ])('%s before the effect', async (kind, expected) => {
    const { standIn, stripe } = await start();
    await setFault(standIn, { target: 'api', kind });
    await expect(stripe.customers.create({})).rejects.toThrow(expected);
    expect((await stripe.events.list()).data).toEqual([]);
  });

  test('webhooks twice, out of order, never, and again after a 500', async () => {
    let secret = '';
    const shop = await listenForEvents(() => secret, [500]);
    const { standIn, stripe } = await start({ webhookUrl: shop.url });
    secret = standIn.webhookSecret;
    await setFault(standIn, { target: 'webhook', kind: 'reorder', type: 'payment_intent.succeeded' });
    await setFault(standIn, { target: 'webhook', kind: 'duplicate', type: 'checkout.session.completed' });
    await setFault(standIn, { target: 'webhook', kind: 'drop', type: 'charge.succeeded' });
    const session = await stripe.checkout.sessions.create(sessionParams());
    await payByCard(session, '4242424242424242');
    // The first delivery is answered 500 and comes again, a second later, after the others.
    await expect
      .poll(shop.types, patience)
      .toEqual(['checkout.session.completed', 'checkout.session.completed', 'payment_intent.succeeded', 'payment_intent.created']);
    expect(shop.events[0]?.id).toBe(shop.events[1]?.id);
    expect(shop.problems).toEqual([]);
  });
});

test('state, keys and port survive a restart, and what was not delivered is delivered then', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'leb-stripe-'));
  undo.push(() => rmSync(stateDir, { recursive: true, force: true }));
  let secret = '';
  const shop = await listenForEvents(() => secret);
  const before = await startStripe({ stateDir, webhookUrl: 'http://127.0.0.1:1/nobody' });
  secret = before.webhookSecret;
  const session = await client(before).checkout.sessions.create(sessionParams());
  await payByCard(session, '4242424242424242');
  await before.close();

  const { standIn: after, stripe } = await start({ stateDir });
  expect(after).toMatchObject({ url: before.url, secretKey: before.secretKey, webhookSecret: before.webhookSecret });
  expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid');
  after.setWebhook(shop.url);
  await expect.poll(() => shop.types().toSorted(), patience).toHaveLength(4);
  expect(shop.problems).toEqual([]);
});

test.each([
  ['zh', 'en', '支付 €39.90'],
  ['auto', 'zh-CN,zh;q=0.9', '支付 €39.90'],
  ['en', 'zh-CN', 'Pay €39.90'],
  ['auto', 'fr', 'Pay €39.90'],
] as const)('locale %s, Accept-Language %s: %s', async (locale, acceptLanguage, button) => {
  const { stripe } = await start();
  const session = await stripe.checkout.sessions.create(sessionParams({ locale }));
  const page = await fetch(session.url ?? '', { headers: { 'Accept-Language': acceptLanguage } });
  expect(await page.text()).toContain(`>${button}</button>`);
});
