import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Stripe } from 'stripe';
import { expect, test as base } from 'vitest';
import {
  addFault,
  europeLine,
  eventually,
  ledger,
  mails,
  makeOrder,
  openStage,
  payByCard,
  payByPaypal,
  sampleClient,
  spawnService,
  texts,
  untilState,
  untilTold,
  type ServiceStage,
} from './service-stage.ts';

const good = '4242424242424242';
const noFunds = '4000000000009995';

/** Each of these has a service and peers of its own, and waits for them most of the time. */
const { concurrent: test } = base.extend<{ open: (options: { readonly webhooks: boolean }) => Promise<ServiceStage> }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads from it what a fixture needs
  open: async ({}, use) => {
    const stages: ServiceStage[] = [];
    await use(async (options) => {
      const stage = await openStage(options);
      stages.push(stage);
      return stage;
    });
    for (const stage of stages) await stage.close();
  },
});

test('a declined card is followed by PayPal on the same order, charged once, applied once, told once', async ({ open }) => {
  const { bench, service } = await open({ webhooks: true });
  const client = await sampleClient(service.url);
  const line = await europeLine(client);
  const order = await makeOrder(client, 'quarter', 'quarter10');
  expect(order).toMatchObject({ state: 'open', attempt: 0, quote: { total: { amountMinor: 3591, currency: 'EUR' } } });
  expect(order.number).toMatch(/^LEB-\d\d-\d{9}$/);

  const first = await client.orders.pay({ orderId: order.orderId, fresh: false });
  await payByCard(first.url, noFunds);
  const failed = await client.orders.check({ orderId: order.orderId });
  expect(failed).toMatchObject({ state: 'open', attempt: 1, lastFailure: { reason: 'insufficientFunds' } });

  // The same page again, as nothing is wrong with it; then another attempt, which closes the former page.
  expect((await client.orders.pay({ orderId: order.orderId, fresh: false })).url).toBe(first.url);
  const second = await client.orders.pay({ orderId: order.orderId, fresh: true });
  expect(second.order).toMatchObject({ attempt: 2, lastFailure: { reason: 'insufficientFunds' } });
  expect(second.url).not.toBe(first.url);
  await payByCard(first.url, good).catch(() => undefined);
  await payByPaypal(second.url);

  const done = await untilTold(client, order.orderId);
  expect(done.paymentMethod).toEqual({ kind: 'paypal', brand: null, last4: null, funding: null });
  expect(done.before.validUntil).toBe(line.validUntil);
  expect(done.after?.validUntil).toBe(order.quote.newEnd);
  expect((await europeLine(client)).validUntil).toBe(order.quote.newEnd);
  expect(done.after?.dataLeft).toBe((line.data.left ?? 0) + 60_000_000_000);

  const money = await ledger(bench);
  expect(money.charges.filter((charge) => charge.status === 'succeeded')).toHaveLength(1);
  expect(money).toMatchObject({ charged: 3591, refunded: 0 });
  const letters = (await mails(bench)).filter((mail) => mail.text.includes(order.number));
  expect(letters).toHaveLength(1);
  expect(letters[0]?.headers.messageId).toBe(`<${order.orderId}.renewed@leb.example>`);
  expect(letters[0]?.text).toContain('€35.91');
  expect(letters[0]?.html).toContain('PayPal');
  expect((await texts(bench)).map((text) => text.to)).toEqual([line.msisdn]);
  await expect(client.orders.pay({ orderId: order.orderId, fresh: true })).rejects.toMatchObject({
    code: 'ORDER_CLOSED',
    details: { state: 'verified' },
  });
});

test('a renewal in Chinese writes its letter in Chinese', async ({ open }) => {
  const { bench, service } = await open({ webhooks: true });
  const client = await sampleClient(service.url);
  await client.accounts.update({ language: 'zh-CN' });
  const order = await makeOrder(client, 'month');
  const { url } = await client.orders.pay({ orderId: order.orderId, fresh: false });
  expect(await (await fetch(url)).text()).toContain('Europe 20，1 个月');
  await payByCard(url, good);
  await untilTold(client, order.orderId);
  const letter = (await mails(bench)).find((mail) => mail.text.includes(order.number));
  expect(letter?.subject).toContain('已续订至');
  expect(letter?.text).toContain('尾号 4242');
});

test('without any webhook the renewal is seen by reading the provider', async ({ open }) => {
  const { service } = await open({ webhooks: false });
  const client = await sampleClient(service.url);
  const order = await makeOrder(client, 'month');
  const { url } = await client.orders.pay({ orderId: order.orderId, fresh: false });
  await payByCard(url, good);
  // Nobody asks for a check: the poll alone finds it.
  expect((await untilTold(client, order.orderId)).paymentMethod).toMatchObject({ kind: 'card', brand: 'visa', last4: '4242' });
});

test('a webhook that comes twice and late changes nothing twice', async ({ open }) => {
  const { bench, service } = await open({ webhooks: true });
  const client = await sampleClient(service.url);
  await addFault(bench, { target: 'webhook', kind: 'duplicate', times: 2 });
  await addFault(bench, { target: 'webhook', kind: 'delay', milliseconds: 1500, times: 1 });
  const order = await makeOrder(client, 'month');
  const { url } = await client.orders.pay({ orderId: order.orderId, fresh: false });
  await payByCard(url, good);
  await client.orders.check({ orderId: order.orderId });
  await untilTold(client, order.orderId);
  await pause(2500);
  expect((await europeLine(client)).validUntil).toBe(order.quote.newEnd);
  expect((await mails(bench)).filter((mail) => mail.text.includes(order.number))).toHaveLength(1);
  expect(await ledger(bench)).toMatchObject({ charged: 1490, refunded: 0 });
});

test('a forged webhook is refused, and a true one is only a hint', async ({ open }) => {
  const { bench, service } = await open({ webhooks: false });
  const client = await sampleClient(service.url);
  const order = await makeOrder(client, 'month');
  await client.orders.pay({ orderId: order.orderId, fresh: false });
  const payload = JSON.stringify({
    id: 'evt_forged',
    object: 'event',
    type: 'checkout.session.completed',
    livemode: false,
    data: { object: { id: 'cs_test_forged', object: 'checkout.session', client_reference_id: order.orderId, payment_status: 'paid' } },
  });
  const post = async (secret: string, timestamp: number, body = payload): Promise<number> => {
    const header = Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
    const response = await fetch(`${service.url}/hooks/stripe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': header },
      body,
    });
    return response.status;
  };
  const now = Math.floor(Date.now() / 1000);
  expect(await post('whsec_wrong', now)).toBe(400);
  expect(await post(bench.stripe.webhookSecret, now - 3600)).toBe(400);
  expect(await post(bench.stripe.webhookSecret, now, payload.replace('paid', 'unpaid'))).toBe(400);
  expect(await post(bench.stripe.webhookSecret, now)).toBe(200);
  await pause(700);
  expect(await client.orders.show({ orderId: order.orderId })).toMatchObject({ state: 'open', paidAt: null });
});

test('a second paid page of one order is given back', async ({ open }) => {
  const { bench, service } = await open({ webhooks: true });
  const client = await sampleClient(service.url);
  const order = await makeOrder(client, 'month');
  const { url } = await client.orders.pay({ orderId: order.orderId, fresh: false });
  // A page that was made for the order but never stored, as after a crash between the two.
  const { hostname, port } = new URL(bench.stripe.url);
  const stripe = new Stripe(bench.stripe.secretKey, { host: hostname, port, protocol: 'http', telemetry: false });
  const metadata = { orderId: order.orderId, attempt: '9' };
  const lost = await stripe.checkout.sessions.create({
    mode: 'payment',
    client_reference_id: order.orderId,
    metadata,
    payment_intent_data: { metadata },
    line_items: [{ quantity: 1, price_data: { currency: 'eur', unit_amount: 1490, product_data: { name: 'Europe 20' } } }],
    success_url: `${service.url}/return`,
  });
  await Promise.all([payByCard(url, good), payByPaypal(lost.url ?? '')]);
  await untilTold(client, order.orderId);
  for (let round = 0; round < 100 && (await ledger(bench)).refunded === 0; round++) await pause(100);
  expect(await ledger(bench)).toMatchObject({ charged: 2980, refunded: 1490 });
  await pause(500);
  expect((await europeLine(client)).validUntil).toBe(order.quote.newEnd);
  expect((await ledger(bench)).refunds).toHaveLength(1);
});

test('a call that took effect although its answer was lost does not charge or page twice', async ({ open }) => {
  const { bench, service } = await open({ webhooks: true });
  const client = await sampleClient(service.url);
  const order = await makeOrder(client, 'month');
  await addFault(bench, { target: 'api', kind: 'reset', effect: 'after', path: '/v1/checkout/sessions', method: 'POST' });
  const { url } = await client.orders.pay({ orderId: order.orderId, fresh: false });
  await addFault(bench, { target: 'api', kind: '500', effect: 'before', path: '/v1/checkout/sessions', method: 'GET', times: 4 });
  await payByCard(url, good);
  expect((await untilTold(client, order.orderId)).attempt).toBe(1);
  expect(await ledger(bench)).toMatchObject({ charged: 1490, refunded: 0 });
});

test('a service that is killed between paid and applied resumes', async ({ open }) => {
  const { bench, service, config } = await open({ webhooks: false });
  await service.close();
  // The carrier takes a second to apply a renewal: the service dies while it waits for that.
  const first = await spawnService(config);
  let client = await sampleClient(first.url);
  const order = await makeOrder(client, 'month');
  const { url } = await client.orders.pay({ orderId: order.orderId, fresh: false });
  await payByCard(url, good);
  expect((await client.orders.check({ orderId: order.orderId })).state).toMatch(/^(paid|fulfilled)$/);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await spawnService(config);
  client = await sampleClient(second.url);
  const done = await untilTold(client, order.orderId);
  expect(done.after?.validUntil).toBe(order.quote.newEnd);
  expect((await mails(bench)).filter((mail) => mail.text.includes(order.number))).toHaveLength(1);
  expect(await ledger(bench)).toMatchObject({ charged: 1490, refunded: 0 });
  // An orphan does not stay: the program ends with its parent's end of the pipe.
  second.child.stdin?.end();
  expect(await once(second.child, 'exit')).toEqual([0, null]);
});

test('one line has one open order; the key repeats it; a price that is no longer true is named', async ({ open }) => {
  const { service } = await open({ webhooks: true });
  const client = await sampleClient(service.url);
  const line = await europeLine(client);
  const choice = { lineId: line.lineId, planId: line.plan.planId, period: 'month', promotionCode: null } as const;
  const key = crypto.randomUUID();
  const expectedTotal = { amountMinor: 1490, currency: 'EUR' };
  await expect(
    client.orders.create({ ...choice, idempotencyKey: key, expectedTotal: { amountMinor: 1, currency: 'EUR' } }),
  ).rejects.toMatchObject({ code: 'PRICE_CHANGED', details: expectedTotal });
  const [one, two] = await Promise.all([
    client.orders.create({ ...choice, idempotencyKey: key, expectedTotal }),
    client.orders.create({ ...choice, idempotencyKey: key, expectedTotal }),
  ]);
  expect(two.orderId).toBe(one.orderId);
  await expect(client.orders.create({ ...choice, idempotencyKey: crypto.randomUUID(), expectedTotal })).rejects.toMatchObject({
    code: 'ORDER_OPEN',
    details: { orderId: one.orderId },
  });
  const { url } = await client.orders.pay({ orderId: one.orderId, fresh: false });
  expect((await client.orders.cancel({ orderId: one.orderId })).state).toBe('cancelled');
  await payByCard(url, good).catch(() => undefined);
  expect((await client.orders.create({ ...choice, idempotencyKey: crypto.randomUUID(), expectedTotal })).orderId).not.toBe(one.orderId);
  expect((await client.orders.list()).map((order) => order.state)).toEqual(['open', 'cancelled']);
  await expect(client.quotes.create({ ...choice, promotionCode: 'QUARTER10' })).rejects.toMatchObject({ code: 'PROMOTION_NOT_APPLICABLE' });
  await expect(client.quotes.create({ ...choice, promotionCode: 'nothing' })).rejects.toMatchObject({ code: 'PROMOTION_UNKNOWN' });
});

test('an order whose day is over ends, and its page cannot be paid any more', async ({ open }) => {
  const { bench, service, withDatabase } = await open({ webhooks: false });
  const client = await sampleClient(service.url);
  const order = await makeOrder(client, 'month');
  const { url } = await client.orders.pay({ orderId: order.orderId, fresh: false });
  await withDatabase((database) => database.query('update ord set expires_ms = $1 where id = $2', [Date.now() - 1, order.orderId]));
  // The next one takes its place.
  const next = await makeOrder(client, 'month');
  expect((await client.orders.show({ orderId: order.orderId })).state).toBe('expired');
  await payByCard(url, good).catch(() => undefined);
  expect(await ledger(bench)).toMatchObject({ charged: 0 });
  await expect(client.orders.pay({ orderId: order.orderId, fresh: true })).rejects.toMatchObject({ code: 'ORDER_CLOSED' });
  expect(next.state).toBe('open');
});

test('what the carrier refuses after payment is paid back', async ({ open }) => {
  const { bench, service } = await open({ webhooks: true });
  const client = await sampleClient(service.url);
  const line = await europeLine(client);
  const order = await makeOrder(client, 'month');
  const { url } = await client.orders.pay({ orderId: order.orderId, fresh: false });
  await fetch(`${bench.carrier.url}/_bench/lines/${line.iccid}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ suspended: true }),
  });
  await payByCard(url, good);
  await untilState(client, order.orderId, 'refunded');
  expect(await ledger(bench)).toMatchObject({ charged: 1490, refunded: 1490 });
  expect(await mails(bench)).toEqual([]);
});

test('a renewal from its order to its confirmations is few queries, however many there were before', async ({ open }) => {
  const { bench, service } = await open({ webhooks: true });
  const client = await sampleClient(service.url);
  const line = await europeLine(client);
  const choice = { lineId: line.lineId, planId: line.plan.planId, period: 'month', promotionCode: null } as const;
  for (const told of [1, 2]) {
    const began = Date.now();
    const before = service.statements();
    const { orderId } = await client.orders.create({
      ...choice,
      idempotencyKey: crypto.randomUUID(),
      expectedTotal: { amountMinor: 1490, currency: 'EUR' },
    });
    await payByCard((await client.orders.pay({ orderId, fresh: false })).url, good);
    // The inbox is asked, not the service, which would count it.
    await eventually('the letter', async () => ((await mails(bench)).length < told ? null : true));
    await pause(200);
    const looks = Math.ceil((Date.now() - began) / 500);
    const queries = service.statements() - before;
    await untilTold(client, orderId);
    // Besides them the worker looks for jobs that other instances may have queued, and a slow machine polls before the webhook comes.
    expect(queries).toBeLessThanOrEqual(12 + looks);
  }
});
