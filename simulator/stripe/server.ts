import { z } from 'zod';
import { isHttpUrl } from '#simulator/bench/command-line.ts';
import { createPeerServer, listenOnLoopback } from '#simulator/bench/peer-server.ts';
import { registerApi, sendApiError } from './api.ts';
import { ApiError } from './api-error.ts';
import { FaultList, faultInput } from './faults.ts';
import { decodeForm } from './form.ts';
import { randomToken } from './identifiers.ts';
import { registerPages } from './page/routes.ts';
import { expireOverdue } from './payments.ts';
import { openStripeStore } from './store.ts';
import { WebhookQueue } from './webhook-queue.ts';
import type { StripeWorld } from './world.ts';

export type StripeOptions = {
  /** Folder of the database; null keeps everything in memory. */
  readonly stateDir: string | null;
  /** null: the port of the last start, or any. */
  readonly port?: number | null;
  /** Where events are delivered; left out: where they were delivered before. */
  readonly webhookUrl?: string | null;
  readonly merchantName?: string;
  /** Milliseconds since 1970; for tests of what time does. */
  readonly now?: () => number;
};

export type StripeStandIn = {
  readonly url: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  setWebhook(url: string | null): void;
  close(): Promise<void>;
};

const sweepMilliseconds = 1000;
const webhookInput = z.strictObject({ url: z.string().refine(isHttpUrl).nullable() });

/**
 * Starts the stand-in for Stripe on loopback: the API of `/v1`, the hosted payment page, signed webhooks, and under `/_bench` what
 * tests may ask and tell it. Keys are made at the first start and kept with the state. Throws `EADDRINUSE` for a wanted port that is taken.
 */
export async function startStripe(options: StripeOptions): Promise<StripeStandIn> {
  const store = openStripeStore(options.stateDir);
  const { state } = store;
  const secretKey = state.settingOr('secretKey', () => `sk_test_51${randomToken(97)}`);
  const webhookSecret = state.settingOr('webhookSecret', () => `whsec_${randomToken(32)}`);
  const setWebhook = (url: string | null): void => {
    state.set('webhookUrl', url ?? '');
    world.webhooks.wake();
  };
  const now = options.now ?? Date.now;
  const target = (): string | null => state.setting('webhookUrl') || null;
  const faults = new FaultList();
  let url = '';
  const world: StripeWorld = {
    store,
    faults,
    webhooks: new WebhookQueue({ store, faults, secret: webhookSecret, target, now }),
    merchantName: options.merchantName ?? 'LEB',
    now,
    baseUrl: () => url,
  };

  const server = createPeerServer({ querystringParser: decodeForm });
  server.removeContentTypeParser('application/json');
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, decodeForm(String(body)));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
  server.setErrorHandler(async (error, _request, reply) => {
    if (error instanceof ApiError) {
      await sendApiError(reply, error);
      return;
    }
    const status = error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
    if (status >= 500)
      process.stderr.write(`stripe stand-in: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    const message = error instanceof Error && status < 500 ? error.message : 'The payment stand-in failed.';
    await sendApiError(reply, new ApiError(status, { type: status < 500 ? 'invalid_request_error' : 'api_error', message }));
  });
  server.setNotFoundHandler(async (request, reply) => {
    const message = `Unrecognized request URL (${request.method}: ${request.url.split('?')[0] ?? ''}).`;
    await sendApiError(reply, new ApiError(404, { type: 'invalid_request_error', message }));
  });
  registerApi(server, world, secretKey);
  registerPages(server, world);
  await server.register(async (bench) => {
    bench.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
      try {
        done(null, JSON.parse(String(body)));
      } catch {
        done(new ApiError(400, { type: 'invalid_request_error', message: 'The body is not JSON.' }));
      }
    });
    bench.get('/_bench/ledger', async () => ledger(world));
    bench.get('/_bench/deliveries', async () => ({
      deliveries: state.database.prepare('select event_id, state, tries, due_ms, last_error from delivery order by sequence').all(),
    }));
    bench.get('/_bench/webhook', async () => ({ url: target() }));
    bench.post('/_bench/webhook', async (request) => {
      setWebhook(readControl(webhookInput, request.body).url);
      return { url: target() };
    });
    bench.get('/_bench/faults', async () => ({ faults: faults.list() }));
    bench.post('/_bench/faults', async (request) => {
      faults.add(readControl(faultInput, request.body));
      return { faults: faults.list() };
    });
    bench.delete('/_bench/faults', async () => {
      faults.clear();
      return { faults: faults.list() };
    });
  });

  try {
    url = await listenOnLoopback(server, state, options.port ?? null);
  } catch (error) {
    store.close();
    throw error;
  }
  if (options.webhookUrl !== undefined) state.set('webhookUrl', options.webhookUrl ?? '');
  const sweep = setInterval(() => expireOverdue(world), sweepMilliseconds);
  world.webhooks.wake();

  return {
    url,
    secretKey,
    webhookSecret,
    setWebhook,
    async close() {
      clearInterval(sweep);
      await world.webhooks.close();
      await server.close();
      store.close();
    },
  };
}

function readControl<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new ApiError(400, { type: 'invalid_request_error', message: z.prettifyError(result.error) });
}

/** Every charge and refund, newest first, and what is left in the till: the question whether anybody was charged twice. */
function ledger(world: StripeWorld): object {
  const everything = { limit: 10_000, startingAfter: null, endingBefore: null };
  const charges = world.store.list('charge', everything).data;
  const refunds = world.store.list('refund', everything).data;
  const charged = charges.filter((charge) => charge.status === 'succeeded').reduce((sum, charge) => sum + charge.amount, 0);
  const refunded = refunds.reduce((sum, refund) => sum + refund.amount, 0);
  return { charges, refunds, charged, refunded };
}
