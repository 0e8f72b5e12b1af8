import type { Stripe } from 'stripe';
import { invalidRequest } from './api-error.ts';
import type { ObjectKind, StripeStore } from './store.ts';

/** Which property of which object holds the id of what. */
const expandable: { readonly [Kind in ObjectKind]?: Readonly<Record<string, ObjectKind>> } = {
  'checkout.session': { customer: 'customer', payment_intent: 'payment_intent' },
  payment_intent: { customer: 'customer', latest_charge: 'charge', payment_method: 'payment_method' },
  charge: { customer: 'customer', payment_intent: 'payment_intent' },
  refund: { charge: 'charge', payment_intent: 'payment_intent' },
};

type Plain = Record<string, unknown>;

/**
 * Replaces ids by the objects they stand for, along paths such as `payment_intent.latest_charge` (in lists: `data.payment_intent`).
 * A session's `line_items` are not there at all unless they are asked for, https://docs.stripe.com/api/expanding_objects.
 */
export function expandObject<Result extends object>(store: StripeStore, object: Result, paths: readonly string[] | undefined): Result {
  if (paths === undefined || paths.length === 0) return object;
  const copy = structuredClone(object) as Result & Plain;
  for (const path of paths) {
    const segments = path.split('.');
    if (segments.length > 4) throw invalidRequest('You cannot expand more than 4 levels of a property.', { param: 'expand' });
    expandPath(store, copy, segments, path);
  }
  return copy;
}

function expandPath(store: StripeStore, target: Plain, segments: readonly string[], path: string): void {
  const [name, ...rest] = segments;
  if (name === undefined) return;
  if (target['object'] === 'list') {
    if (name !== 'data') throw cannotExpand(path);
    for (const entry of target['data'] as Plain[]) expandPath(store, entry, rest, path);
    return;
  }
  const kind = target['object'] as ObjectKind;
  if (kind === 'checkout.session' && name === 'line_items') {
    target[name] ??= lineItemList(store, String(target['id']));
    return;
  }
  const wanted = expandable[kind]?.[name];
  if (wanted === undefined) throw cannotExpand(path);
  const value = target[name];
  if (typeof value === 'string') target[name] = store.find(wanted, value);
  const next = target[name];
  if (rest.length > 0 && typeof next === 'object' && next !== null) expandPath(store, next as Plain, rest, path);
}

/** The first ten line items, as the expanded property shows them. */
function lineItemList(store: StripeStore, sessionId: string) {
  const { lineItems } = store.background(sessionId);
  return {
    object: 'list',
    data: lineItems.slice(0, 10),
    has_more: lineItems.length > 10,
    url: `/v1/checkout/sessions/${sessionId}/line_items`,
  } satisfies Omit<Stripe.ApiList<Stripe.LineItem>, 'data'> & { data: unknown };
}

function cannotExpand(path: string) {
  return invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand' });
}
