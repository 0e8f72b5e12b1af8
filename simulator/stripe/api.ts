import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Stripe } from 'stripe';
import { ApiError, invalidRequest } from './api-error.ts';
import { endpoints, type Endpoint } from './endpoints.ts';
import type { FormRecord } from './form.ts';
import { newId } from './identifiers.ts';
import { expireOverdue } from './payments.ts';
import type { StripeWorld } from './world.ts';

type Answer = { readonly status: number; readonly body: string; readonly replayed: boolean };
type Call = {
  readonly endpoint: Endpoint;
  readonly id: string;
  readonly path: string;
  readonly form: FormRecord;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
};

/** Stripe keeps idempotency keys for at least 24 hours. */
const idempotencyMilliseconds = 24 * 3600 * 1000;

/** Puts `/v1/…` on the server: key, version, idempotency and faults around each endpoint. */
export function registerApi(server: FastifyInstance, world: StripeWorld, secretKey: string): void {
  for (const endpoint of endpoints) {
    server.route({
      method: endpoint.method,
      url: endpoint.path,
      handler: async (request, reply) => handle(world, secretKey, endpoint, request, reply),
    });
  }
}

/** Sends a refusal in the shape of Stripe's API. */
export async function sendApiError(reply: FastifyReply, error: ApiError): Promise<void> {
  if (!reply.hasHeader('Request-Id')) reply.header('Request-Id', newId('request'));
  await reply
    .code(error.status)
    .type('application/json')
    .send(JSON.stringify({ error: error.body }, null, 2));
}

async function handle(
  world: StripeWorld,
  secretKey: string,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const requestId = newId('request');
  reply.header('Request-Id', requestId).header('Stripe-Version', Stripe.API_VERSION);
  checkKey(request.headers.authorization, secretKey);
  checkVersion(request.headers['stripe-version']);
  const idempotencyKey = readIdempotencyKey(request.headers['idempotency-key']);
  const path = request.url.split('?')[0] ?? '';
  const fault = world.faults.takeForCall(endpoint.method, path);

  if (fault?.effect !== 'before') {
    expireOverdue(world);
    const id = (request.params as { id?: string }).id ?? '';
    const form = (endpoint.method === 'GET' ? request.query : (request.body ?? {})) as FormRecord;
    const answer = answerOnce(world, { endpoint, id, path, form, requestId, idempotencyKey });
    world.webhooks.wake();
    if (fault === null) {
      if (idempotencyKey !== null) reply.header('Idempotency-Key', idempotencyKey);
      if (answer.replayed) reply.header('Idempotent-Replayed', 'true');
      await reply.code(answer.status).type('application/json').send(answer.body);
      return;
    }
  }
  switch (fault.kind) {
    case 'reset':
      reply.hijack();
      request.raw.socket.resetAndDestroy();
      return;
    case '429':
      throw new ApiError(429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' });
    case '500':
      throw new ApiError(500, { type: 'api_error', message: 'An unknown error occurred.' });
  }
}

/**
 * The same key with the same call gets the same answer again. Effect and remembered answer are one transaction; refusals of
 * parameters are not remembered, https://docs.stripe.com/api/idempotent_requests.
 */
function answerOnce(world: StripeWorld, call: Call): Answer {
  const { database } = world.store.state;
  const { endpoint, id, form, requestId, idempotencyKey } = call;
  const run = (): string =>
    JSON.stringify(endpoint.answer({ world, id, form, cause: { id: requestId, idempotency_key: idempotencyKey } }), null, 2);
  if (endpoint.method === 'GET') return { status: 200, body: run(), replayed: false };
  if (idempotencyKey === null) return { status: 200, body: world.store.transact(run), replayed: false };

  return world.store.transact(() => {
    database.prepare('delete from idempotency where created_ms < ?').run(world.now() - idempotencyMilliseconds);
    const fingerprint = createHash('sha256').update(JSON.stringify(form)).digest('hex');
    const former = database
      .prepare<[string], { path: string; fingerprint: string; status: number; body: string }>('select * from idempotency where key = ?')
      .get(idempotencyKey);
    if (former !== undefined) {
      if (former.path !== call.path) {
        throw idempotencyError(`for the same endpoint they were first used for ('${call.path}' vs '${former.path}')`, idempotencyKey);
      }
      if (former.fingerprint !== fingerprint) throw idempotencyError('with the same parameters they were first used with', idempotencyKey);
      return { status: former.status, body: former.body, replayed: true };
    }
    const body = run();
    database
      .prepare('insert into idempotency (key, path, fingerprint, status, body, created_ms) values (?, ?, ?, ?, ?, ?)')
      .run(idempotencyKey, call.path, fingerprint, 200, body, world.now());
    return { status: 200, body, replayed: false };
  });
}

function idempotencyError(what: string, key: string): ApiError {
  return new ApiError(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used ${what}. Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}

function checkKey(authorization: string | undefined, secretKey: string): void {
  const given = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
  if (given === undefined) {
    throw new ApiError(401, {
      type: 'invalid_request_error',
      message:
        "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
    });
  }
  if (!timingSafeEqual(sha256(given), sha256(secretKey))) {
    throw new ApiError(401, {
      type: 'invalid_request_error',
      message: `Invalid API Key provided: ${given.slice(0, 8)}****${given.slice(-4)}`,
    });
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** One version is spoken: that of the SDK whose types these shapes satisfy. */
function checkVersion(version: string | string[] | undefined): void {
  if (version !== undefined && version !== Stripe.API_VERSION) {
    throw invalidRequest(`Invalid Stripe API version: ${String(version)}. The payment stand-in speaks ${Stripe.API_VERSION}.`);
  }
}

function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined || header === '') return null;
  if (typeof header !== 'string' || header.length > 255) throw invalidRequest('Idempotency keys are limited to 255 characters.');
  return header;
}
