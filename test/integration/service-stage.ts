/** The account service with its real peers of the bench: payment stand-in, mail sink, carrier; and a person who pays on the hosted page. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { createServiceClient, type ServiceClient } from '#core/account/service-client.ts';
import type { Line, Order } from '#contract/account/index.ts';
import type { Period } from '#contract/common.ts';
import { lebEurope, sampleHolder } from '#simulator/sample.ts';
import { startBench, type Bench } from '#simulator/bench/start-bench.ts';
import type { ServiceConfig } from '#service/config.ts';
import type { Database } from '#service/database/database.ts';
import { openDatabase, type DatabasePlace } from '#service/database/open-database.ts';
import { startService, type RunningService } from '#service/start-service.ts';
import { postgresDatabase } from '../support/postgres-database.ts';

export type ServiceStage = {
  readonly bench: Bench;
  readonly service: RunningService;
  readonly config: ServiceConfig;
  /** A hand on the service's database, beside the service. */
  readonly withDatabase: <Result>(work: (database: Database) => Promise<Result>) => Promise<Result>;
  close(): Promise<void>;
};

export function stageConfig(bench: Bench, database: DatabasePlace): ServiceConfig {
  return {
    database,
    port: 0,
    host: '127.0.0.1',
    publicUrl: null,
    trial: true,
    stripe: {
      secretKey: bench.stripe.secretKey,
      webhookSecret: bench.stripe.webhookSecret,
      apiBase: bench.stripe.url,
      paymentMethods: ['card', 'paypal'],
    },
    mail: { smtpUrl: bench.mail.smtpUrl, from: 'LEB <no-reply@leb.example>', supportEmail: 'support@leb.example' },
    carrierUrl: bench.carrier.url,
    logLevel: 'silent',
  };
}

/** Whether this run of the service's tests is the one on PostgreSQL. */
export const onPostgres = process.env['LEB_TEST_DATABASE'] === 'postgres';

/** A place for the data of one stage: in the project `postgres` on the server of this run, else a file. */
export async function newPlace(): Promise<{ readonly place: DatabasePlace; readonly remove: () => Promise<void> }> {
  if (onPostgres) {
    const { url, drop } = await postgresDatabase();
    return { place: { kind: 'postgres', url }, remove: drop };
  }
  const folder = await mkdtemp(join(tmpdir(), 'leb-service-'));
  return { place: { kind: 'sqlite', path: join(folder, 'account.db') }, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Everything on free loopback ports, with a database of its own. `webhooks`: whether the provider can reach the service. */
export async function openStage(options: { readonly webhooks: boolean }): Promise<ServiceStage> {
  const [{ place, remove }, bench] = await Promise.all([newPlace(), startBench({ stateDir: null })]);
  const config = stageConfig(bench, place);
  const service = await startService(config);
  if (options.webhooks) bench.setWebhook(`${service.url}/hooks/stripe`);
  return {
    bench,
    service,
    config,
    withDatabase: async (work) => {
      const database = await openDatabase(place, () => undefined);
      try {
        return await work(database);
      } finally {
        await database.close();
      }
    },
    close: async () => {
      await service.close();
      await bench.close();
      await remove();
    },
  };
}

/** The service as its own process, so that it can be killed. */
export async function spawnService(
  config: ServiceConfig,
): Promise<{ readonly url: string; readonly child: ChildProcess; readonly stderr: () => string }> {
  const child = spawn(process.execPath, ['service/index.ts', '--until-eof'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      ...(config.database.kind === 'sqlite' ? { DATABASE_PATH: config.database.path } : { DATABASE_URL: config.database.url }),
      PORT: String(config.port),
      STRIPE_SECRET_KEY: config.stripe.secretKey,
      ...(config.stripe.webhookSecret === null ? {} : { STRIPE_WEBHOOK_SECRET: config.stripe.webhookSecret }),
      ...(config.stripe.apiBase === null ? {} : { STRIPE_API_BASE: config.stripe.apiBase }),
      SMTP_URL: config.mail.smtpUrl,
      MAIL_FROM: config.mail.from,
      SUPPORT_EMAIL: config.mail.supportEmail,
      CARRIER_URL: config.carrierUrl,
      LEB_TRIAL: '1',
      LOG_LEVEL: 'warn',
    },
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => ['{}'])])) as [string];
  const ready = z.object({ ready: z.literal(true), url: z.url(), pid: z.int() }).safeParse(JSON.parse(line));
  if (!ready.success) throw new Error(`the service did not start: ${errors}`);
  return { url: ready.data.url, child, stderr: () => errors };
}

export function anonymous(url: string): ServiceClient {
  return createServiceClient({ baseUrl: () => Promise.resolve(url), token: () => null, version: 'test' });
}

/** Somebody who has just opened an account, and what they hold. */
export async function registered(url: string, login: string, password: string, program?: { shell: string; platform: string }) {
  const { token, account } = await anonymous(url).accounts.register({ login, password, language: 'en' });
  return { token, account, client: withToken(url, token, program) };
}

/** `program`: what the client says it is. */
export function withToken(url: string, token: string, program?: { shell: string; platform: string }): ServiceClient {
  return createServiceClient({
    baseUrl: () => Promise.resolve(url),
    token: () => token,
    version: '0.1.0',
    ...(program === undefined ? {} : { program }),
  });
}

export async function signedIn(url: string, login: string, password: string): Promise<ServiceClient> {
  const { token } = await anonymous(url).sessions.signIn({ login, password });
  return withToken(url, token);
}

/** The sample account of the trial. */
export async function sampleClient(url: string): Promise<ServiceClient> {
  const { sample } = await anonymous(url).service.describe();
  if (sample === null || sample.login !== sampleHolder) throw new Error('no sample account');
  return signedIn(url, sample.login, sample.password);
}

export async function europeLine(client: ServiceClient): Promise<Line> {
  const line = (await client.lines.list()).find((each) => each.iccid === lebEurope.iccid);
  if (line === undefined) throw new Error('the sample account has no Europe line');
  return line;
}

export async function makeOrder(client: ServiceClient, period: Period, promotionCode: string | null = null): Promise<Order> {
  const line = await europeLine(client);
  const choice = { lineId: line.lineId, planId: line.plan.planId, period, promotionCode };
  const quote = await client.quotes.create(choice);
  return client.orders.create({ ...choice, idempotencyKey: crypto.randomUUID(), expectedTotal: quote.total });
}

async function submit(url: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const response = await fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });
  await response.arrayBuffer();
  if (response.status >= 400 && response.status !== 402) throw new Error(`the page answered ${response.status}`);
}

/** The person types a card into the hosted page. */
export async function payByCard(pageUrl: string, number: string): Promise<void> {
  await submit(`${pageUrl}/card`, { number, expiry: '12/34', cvc: '123', name: 'Sam Sample' });
}

/** The person goes to PayPal and agrees (or goes back). */
export async function payByPaypal(pageUrl: string, answer: 'agree' | 'cancel' | 'refuse' = 'agree'): Promise<void> {
  await submit(`${pageUrl}/paypal`, {});
  await submit(pageUrl.replace('/c/pay/', '/paypal/approve/'), { answer });
}

const ledgerShape = z.object({
  charges: z.array(z.object({ id: z.string(), status: z.string(), amount: z.int(), payment_intent: z.string() })),
  refunds: z.array(z.object({ amount: z.int(), payment_intent: z.string() })),
  charged: z.int(),
  refunded: z.int(),
});

export async function ledger(bench: Bench): Promise<z.infer<typeof ledgerShape>> {
  return ledgerShape.parse(await (await fetch(`${bench.stripe.url}/_bench/ledger`)).json());
}

export async function addFault(bench: Bench, fault: Readonly<Record<string, string | number>>): Promise<void> {
  const response = await fetch(`${bench.stripe.url}/_bench/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  if (!response.ok) throw new Error(`the fault was not taken: ${await response.text()}`);
}

const mailShape = z.array(
  z.object({
    to: z.array(z.string()),
    subject: z.string(),
    text: z.string(),
    html: z.string().nullable(),
    headers: z.object({ messageId: z.string().nullable() }),
  }),
);

export async function mails(bench: Bench): Promise<z.infer<typeof mailShape>> {
  return mailShape.parse(await (await fetch(`${bench.mail.inboxUrl}/messages`)).json());
}

export async function texts(bench: Bench): Promise<readonly { readonly to: string; readonly text: string }[]> {
  return z.array(z.object({ to: z.string(), text: z.string() })).parse(await (await fetch(`${bench.mail.inboxUrl}/sms`)).json());
}

/** Asks again and again until the answer is there. */
export async function eventually<Answer>(what: string, ask: () => Promise<Answer | null>, deadlineMs = 20_000): Promise<Answer> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${deadlineMs} ms`);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
}

export async function untilState(client: ServiceClient, orderId: string, state: Order['state']): Promise<Order> {
  return eventually(`order ${state}`, async () => {
    const order = await client.orders.show({ orderId });
    return order.state === state ? order : null;
  });
}

/** Verified, and every confirmation has gone out. */
export async function untilTold(client: ServiceClient, orderId: string): Promise<Order> {
  await untilState(client, orderId, 'verified');
  return eventually('confirmations', async () => {
    const order = await client.orders.show({ orderId });
    return order.messages.length === 2 && order.messages.every((message) => message.state === 'sent') ? order : null;
  });
}
