import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Line, Order } from '#contract/account/index.ts';
import type { ServiceClient } from '#core/account/service-client.ts';
import { openDatabase } from '#service/database/open-database.ts';
import { startBench, type Bench } from '#simulator/bench/start-bench.ts';
import {
  onPostgres,
  addFault,
  eventually,
  ledger,
  mails,
  newPlace,
  payByCard,
  sampleClient,
  spawnService,
  stageConfig,
  texts,
} from '../integration/service-stage.ts';
import { startBalancer } from './support/balancer.ts';

/**
 * Instances of the service are killed at any moment, while people pay, the provider's webhooks come twice, late, in another order or never, and
 * its answers get lost. `LEB_CHAOS=full` for a thousand renewals (or any number), `LEB_CHAOS_SEED` for the same ones again.
 */
const asked = process.env['LEB_CHAOS'] ?? '8';
const renewals = asked === 'full' ? 1000 : Number(asked);
const seed = Number(process.env['LEB_CHAOS_SEED'] ?? Math.floor(Math.random() * 1e9));
let state = seed;
/** mulberry32: the same seed, the same accidents (as far as the machine's own time lets them be). */
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
function choose<Item>(items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

/** A file has one service, a server any number. */
const instanceCount = onPostgres ? 3 : 1;
const deadline = renewals * 5000 + 60_000;
const carrierRenewal = z.object({ state: z.literal('applied'), months: z.literal(1), validUntil: z.string() });

/** Asks until there is an answer: what a program does whose service is restarting. */
async function insist<Answer>(what: string, ask: () => Promise<Answer>): Promise<Answer> {
  return eventually(
    what,
    () =>
      ask().catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && passing.has(String(error.code))) return null;
        throw error;
      }),
    45_000,
  );
}
const passing = new Set(['SERVICE_UNREACHABLE', 'SERVICE_ANSWER', 'PAYMENT_PROVIDER', 'CARRIER_UNAVAILABLE', 'INTERNAL']);

async function accident(bench: Bench): Promise<void> {
  const kind = choose(['duplicate', 'delay', 'drop', 'reorder', 'reset', '500', 'none']);
  if (kind === 'none') return;
  await addFault(
    bench,
    kind === 'reset' || kind === '500'
      ? { target: 'api', kind, effect: choose(['before', 'after']), times: 1 + Math.floor(random() * 3) }
      : { target: 'webhook', kind, milliseconds: Math.floor(random() * 3000), times: 1 + Math.floor(random() * 2) },
  );
}

/** One person renews one line, and now and then asks for another page at the moment of paying. */
async function renew(bench: Bench, client: ServiceClient, line: Line): Promise<string> {
  await accident(bench);
  const choice = { lineId: line.lineId, planId: line.plan.planId, period: 'month', promotionCode: null } as const;
  const { total } = await insist('quote', () => client.quotes.create(choice));
  const request = { ...choice, idempotencyKey: crypto.randomUUID(), expectedTotal: total };
  const { orderId } = await insist('order', () => client.orders.create(request));
  const page = async (fresh: boolean): Promise<string | null> =>
    insist('page', () =>
      client.orders.pay({ orderId, fresh }).then(
        ({ url }) => url,
        (error: unknown) => {
          if (error instanceof Error && 'code' in error && error.code === 'ORDER_CLOSED') return '';
          throw error;
        },
      ),
    );
  const url = await page(false);
  if (random() < 0.3) {
    const [, second] = await Promise.all([payByCard(url ?? '', '4242424242424242').catch(() => undefined), page(true)]);
    if (second !== null && second !== '') await payByCard(second, '4242424242424242').catch(() => undefined);
  } else {
    await payByCard(url ?? '', '4242424242424242');
  }
  // Somebody who has paid looks, and the line is free for the next renewal.
  await eventually(
    'paid',
    async () => ((await insist('check', () => client.orders.check({ orderId }))).state === 'open' ? null : true),
    60_000,
  );
  return orderId;
}

test(`${renewals} renewals while instances are killed`, { timeout: deadline }, async () => {
  console.log(`LEB_CHAOS_SEED=${seed}`);
  const [{ place, remove }, bench] = await Promise.all([newPlace(), startBench({ stateDir: null })]);
  const config = stageConfig(bench, place);
  const instances = await Promise.all(Array.from({ length: instanceCount }, () => spawnService(config)));
  const balancer = await startBalancer(() => instances.map(({ url }) => url));
  bench.setWebhook(`${balancer.url}/hooks/stripe`);
  const killing = new AbortController();
  let kills = 0;
  const killer = async (): Promise<void> => {
    while (!killing.signal.aborted) {
      await pause(200 + random() * 1500);
      const victim = Math.floor(random() * instances.length);
      const { child, url } = instances[victim] ?? {};
      if (child === undefined || url === undefined) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
      kills += 1;
      instances[victim] = await spawnService({ ...config, port: Number(new URL(url).port) });
    }
  };
  const database = await openDatabase(place, () => undefined);
  try {
    const client = await insist('sign-in', () => sampleClient(balancer.url));
    const lines = await insist('lines', () => client.lines.list());
    const killed = killer();
    const orderIds: string[] = [];
    const queue = async (line: Line): Promise<void> => {
      while (orderIds.length + lines.length <= renewals) {
        orderIds.push(await renew(bench, client, line));
        // An account may make sixty orders in an hour: here the hours pass faster.
        if (orderIds.length % 40 === 0) await database.query('update ord set created_ms = created_ms - 3600000');
      }
    };
    await Promise.all(lines.map(queue));
    killing.abort();
    await killed;
    expect(kills).toBeGreaterThan(0);

    const orders = await eventually(
      'all renewals are verified and told',
      async () => {
        const all: Order[] = [];
        for (const orderId of orderIds) all.push(await insist('order', () => client.orders.show({ orderId })));
        const settled = all.every(
          ({ state, messages }) => state === 'verified' && messages.filter((each) => each.state === 'sent').length === 2,
        );
        return settled ? all : null;
      },
      60_000,
    );
    // Nothing is left to do, a second payment that goes back included.
    await eventually(
      'all jobs are done',
      async () => ((await database.query("select id from job where done_ms is null and kind = 'renewal'")).length === 0 ? true : null),
      60_000,
    );

    const money = await ledger(bench);
    const total = orders.reduce((sum, order) => sum + order.quote.total.amountMinor, 0);
    expect(money.charged - money.refunded).toBe(total);
    const [booked] = await database.query('select sum(amount_minor) as sum from ledger');
    expect(booked).toEqual({ sum: total });
    const paid = await database.query("select ord_id, count(*) as count from payment where state = 'paid' group by ord_id");
    expect(paid.map(({ count }) => count)).toEqual(orders.map(() => 1));
    expect(await database.query("select session_id from payment where state in ('open', 'surplus', 'mismatch')")).toEqual([]);

    for (const line of await client.lines.list()) {
      const own = orders.filter(({ lineId }) => lineId === line.lineId);
      const applied = await Promise.all(
        own.map(async ({ orderId }) => carrierRenewal.parse(await (await fetch(`${bench.carrier.url}/v1/renewals?key=${orderId}`)).json())),
      );
      expect(line.validUntil).toBe(
        applied
          .map(({ validUntil }) => validUntil)
          .toSorted()
          .at(-1),
      );
      expect(new Set(applied.map(({ validUntil }) => validUntil)).size).toBe(own.length);
    }
    const letters = await mails(bench);
    const messages = await texts(bench);
    for (const { orderId, number } of orders) {
      // A letter that went out at the moment of the kill goes out again under the same Message-ID, which mail programs show once.
      const ids = letters.filter(({ text }) => text.includes(number)).map(({ headers }) => headers.messageId);
      expect([...new Set(ids)]).toEqual([`<${orderId}.renewed@leb.example>`]);
      expect(messages.filter(({ text }) => text.includes(number))).toHaveLength(1);
    }
  } finally {
    killing.abort();
    await database.close();
    for (const { child } of instances) child.kill('SIGKILL');
    await balancer.close();
    await bench.close();
    await remove();
  }
});
