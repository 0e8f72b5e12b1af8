import { Stripe } from 'stripe';
import type { FaultList } from './faults.ts';
import { newId } from './identifiers.ts';
import type { StoredObject, StripeStore } from './store.ts';
import type { WebhookQueue } from './webhook-queue.ts';

/** What every part of the stand-in works with. */
export type StripeWorld = {
  readonly store: StripeStore;
  readonly webhooks: WebhookQueue;
  readonly faults: FaultList;
  readonly merchantName: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly baseUrl: () => string;
};

/** The API call that caused something; null when a person on the hosted page or the clock did. */
export type Cause = Stripe.Event.Request | null;

type Happening = { [Kind in keyof StoredObject]: readonly [type: Stripe.Event.Type, object: StoredObject[Kind]] }[keyof StoredObject];

export function nowSeconds(world: StripeWorld): number {
  return Math.floor(world.now() / 1000);
}

/** A session as the outside sees it: only an open one has a page. */
export function presentSession(world: StripeWorld, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  return { ...session, url: session.status === 'open' ? `${world.baseUrl()}/c/pay/${session.id}` : null };
}

/** Writes events with the objects as they are now, and queues their delivery. To be called in the transaction that changed them. */
export function recordEvents(world: StripeWorld, cause: Cause, happenings: readonly Happening[]): void {
  const events = happenings.map(([type, object]) => ({
    id: newId('event'),
    object: 'event' as const,
    api_version: Stripe.API_VERSION,
    created: nowSeconds(world),
    data: { object: snapshot(world, object) },
    livemode: false,
    pending_webhooks: 1,
    request: cause ?? { id: null, idempotency_key: null },
    type,
  }));
  for (const event of events) world.store.insert(event satisfies StoredObject['event']);
  world.webhooks.enqueue(events);
}

function snapshot(world: StripeWorld, object: StoredObject[keyof StoredObject]): StoredObject[keyof StoredObject] {
  return object.object === 'checkout.session' ? presentSession(world, object) : object;
}
