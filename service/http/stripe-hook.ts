import type { FastifyInstance } from 'fastify';
import { wakeRenewal } from '../orders/renewal.ts';
import type { Parts } from '../parts.ts';

/** Many events speak of one payment; these are the ones after which an order can stand differently. */
const events: ReadonlySet<string> = new Set([
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.payment_failed',
]);

/**
 * The provider's webhook. The signature covers the raw bytes, so they are not parsed before it is checked. An event is a hint: it wakes
 * the order's job and is answered at once; what it is about is read again from the provider by that job.
 */
export function stripeHook(parts: Parts): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 512 * 1024 }, (_request, body, done) => {
      done(null, body);
    });

    app.post('/hooks/stripe', async (request, reply) => {
      if (parts.config.stripe.webhookSecret === null) return reply.status(404).send({ received: false });
      const signature = request.headers['stripe-signature'];
      const event =
        Buffer.isBuffer(request.body) && typeof signature === 'string' ? parts.provider.readEvent(request.body, signature) : null;
      if (event === null) {
        parts.log.warn({ address: request.ip }, 'a webhook without a valid signature was refused');
        return reply.status(400).send({ received: false });
      }
      if (event.live !== parts.provider.live) {
        parts.log.error({ event: event.id }, 'a webhook of the other mode (live or test) was refused');
        return reply.status(400).send({ received: false });
      }
      if (!events.has(event.type)) return { received: true };
      if (event.orderId === null) return { received: true };
      await wakeRenewal(parts.database, event.orderId, event.sessionId, Date.now());
      parts.wake();
      return { received: true };
    });
  };
}
