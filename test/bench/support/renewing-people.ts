/** People who renew, each once: order, page, and the webhook that says it was paid. */
import { Agent, request } from 'node:http';
import { Stripe } from 'stripe';
import { z } from 'zod';
import type { Database } from '#service/database/database.ts';
import { hashSecret, newId, newSecret } from '#service/ids.ts';
import { benchPlan, benchPrice, webhookSecret } from './instant-peers.ts';

export type Person = { readonly accountId: string; readonly lineId: string; readonly token: string };

/** Writes so many accounts, each with a line and an open session. */
export async function addPeople(database: Database, count: number): Promise<readonly Person[]> {
  const now = Date.now();
  const people = Array.from({ length: count }, () => ({ accountId: newId('acc'), lineId: newId('lin'), token: newSecret() }));
  await database.tx(async (tx) => {
    for (const [index, { accountId, lineId, token }] of people.entries()) {
      await tx.query("insert into account (id, email, password_hash, language, created_ms) values ($1, $2, 'x', 'en', $3)", [
        accountId,
        `${accountId}@leb.example`,
        now,
      ]);
      await tx.query("insert into line (id, account_id, iccid, msisdn, created_ms) values ($1, $2, $3, '+447700900482', $4)", [
        lineId,
        accountId,
        `89449900${String(index).padStart(11, '0')}`,
        now,
      ]);
      await tx.query('insert into session (token_hash, id, account_id, created_ms, used_ms, expires_ms) values ($1, $2, $3, $4, $4, $5)', [
        hashSecret(token),
        newId('ses'),
        accountId,
        now,
        now + 86_400_000,
      ]);
    }
  });
  return people;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => {
        if ((answer.statusCode ?? 500) < 300) resolve(JSON.parse(text));
        else reject(new Error(`${url}: ${answer.statusCode} ${text}`));
      });
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** From the order to the webhook. Gives the order. */
export async function renew(url: string, { lineId, token }: Person): Promise<string> {
  const headers = { authorization: `Bearer ${token}` };
  const order = { lineId, planId: benchPlan, period: 'month', promotionCode: null, idempotencyKey: crypto.randomUUID() };
  const body = JSON.stringify({ ...order, expectedTotal: { amountMinor: benchPrice, currency: 'EUR' } });
  const { orderId } = z.object({ orderId: z.string() }).parse(await post(`${url}/v1/orders`, headers, body));
  await post(`${url}/v1/orders/${orderId}/payment-page`, headers, '{"fresh":false}');
  const payload = JSON.stringify({
    id: `evt_${orderId}`,
    object: 'event',
    type: 'checkout.session.completed',
    livemode: false,
    data: { object: { id: `cs_${orderId}_1`, object: 'checkout.session', client_reference_id: orderId } },
  });
  await post(
    `${url}/hooks/stripe`,
    { 'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret }) },
    payload,
  );
  return orderId;
}

/** Runs `work` on every item, so many at once. */
export async function atOnce<Item>(
  items: readonly Item[],
  many: number,
  work: (item: Item, index: number) => Promise<unknown>,
): Promise<void> {
  const left = items.entries();
  await Promise.all(
    Array.from({ length: many }, async () => {
      for (const [index, item] of left) await work(item, index);
    }),
  );
}
