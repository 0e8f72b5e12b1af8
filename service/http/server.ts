import Fastify, { LogController, type FastifyError, type FastifyInstance } from 'fastify';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import packageJson from '../../package.json' with { type: 'json' };
import { errorTable, type ErrorCode } from '#contract/errors.ts';
import { minute } from '../clock.ts';
import type { Parts } from '../parts.ts';
import { pages } from './pages.ts';
import { accountRouter } from './router.ts';
import { stripeHook } from './stripe-hook.ts';

function wireBody(code: ErrorCode): object {
  return { defined: true, code, status: errorTable[code].status, message: code, data: {} };
}

/** The HTTP side of the service, not yet listening. */
export function httpServer(parts: Parts): FastifyInstance {
  const app = Fastify({
    loggerInstance: parts.log,
    // Addresses of pages carry one-time tokens: requests are not logged with them.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    keepAliveTimeout: minute,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });

  // A page of the open web must not reach a service on loopback by a name that it rebinds to 127.0.0.1.
  if (parts.config.publicUrl === null) {
    app.addHook('onRequest', async (request, reply) => {
      if (/^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/.test(request.headers.host ?? '')) return;
      await reply.status(421).send({ ...wireBody('INPUT_INVALID'), status: 421 });
    });
  }
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
  });
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) parts.log.error({ err: error }, 'a request failed for an unforeseen reason');
    const code = status >= 500 ? 'INTERNAL' : 'INPUT_INVALID';
    return reply.status(errorTable[code].status).send(wireBody(code));
  });
  app.setNotFoundHandler((_request, reply) => reply.status(404).send({ ...wireBody('INPUT_INVALID'), status: 404 }));

  app.get('/livez', () => ({ live: true }));
  app.get('/readyz', async (_request, reply) => {
    try {
      const [oldest] = await parts.database.query<{ paid: number | null }>("select min(paid_ms) as paid from ord where state = 'paid'");
      const waitingMs = oldest?.paid === null || oldest === undefined ? 0 : Date.now() - oldest.paid;
      return { ready: true, oldestPaidNotFulfilledMs: waitingMs, statements: parts.database.statements() };
    } catch (error) {
      parts.log.error({ err: error }, 'the database does not answer');
      return reply.status(503).send({ ready: false });
    }
  });
  let document: Promise<unknown> | null = null;
  app.get('/openapi.json', () => {
    // The generator is needed for this alone: the service starts without it.
    document ??= import('./openapi.ts').then(({ openApiDocument }) => openApiDocument(packageJson.version, parts.publicUrl()));
    return document;
  });

  app.register(stripeHook(parts));
  app.register(pages(parts));
  app.register(async (api) => {
    const handler = new OpenAPIHandler(accountRouter(parts));
    api.removeAllContentTypeParsers();
    api.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
      const text = String(body);
      if (text === '') return done(null, undefined);
      try {
        return done(null, JSON.parse(text));
      } catch {
        return done(Object.assign(new Error('not JSON'), { statusCode: 400 }));
      }
    });
    api.all('/v1/*', async (request, reply) => {
      reply.headers({ 'cache-control': 'no-store' });
      const client = (request.headers['user-agent'] ?? '').slice(0, 200);
      const context = { authorization: request.headers.authorization, address: request.ip, client };
      const { matched } = await handler.handle(request, reply, { context });
      if (!matched) reply.callNotFound();
      return reply;
    });
  });
  return app;
}
