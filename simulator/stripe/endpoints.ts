import type { Stripe } from 'stripe';
import { invalidRequest } from './api-error.ts';
import { expandObject } from './expansion.ts';
import type { FormRecord } from './form.ts';
import { newId } from './identifiers.ts';
import {
  customerCreateInput,
  eventListInput,
  lineItemListInput,
  readParameters,
  refundCreateInput,
  refundListInput,
  retrieveInput,
  sessionCreateInput,
  sessionListInput,
} from './parameters.ts';
import { buildRefund } from './payment-objects.ts';
import { expireSession } from './payments.ts';
import { buildLineItem, buildSession } from './session-object.ts';
import type { Filter, ObjectKind, Page, StoredObject } from './store.ts';
import { type Cause, nowSeconds, presentSession, recordEvents, type StripeWorld } from './world.ts';

export type ApiCall = { readonly world: StripeWorld; readonly id: string; readonly form: FormRecord; readonly cause: Cause };
export type Endpoint = { readonly method: 'GET' | 'POST'; readonly path: string; readonly answer: (call: ApiCall) => object };

/** Stripe keeps 30 days of events for listing. */
const eventRetentionSeconds = 30 * 24 * 3600;
const minimumSessionSeconds = 30 * 60;
const maximumSessionSeconds = 24 * 3600;
/** The least that can be charged is 0.50 in the large currencies. */
const minimumAmount = 50;

export const endpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/v1/customers', answer: createCustomer },
  { method: 'GET', path: '/v1/customers/:id', answer: retrieve('customer') },
  { method: 'POST', path: '/v1/checkout/sessions', answer: createSession },
  { method: 'GET', path: '/v1/checkout/sessions', answer: listSessions },
  { method: 'GET', path: '/v1/checkout/sessions/:id', answer: retrieve('checkout.session') },
  { method: 'POST', path: '/v1/checkout/sessions/:id/expire', answer: expire },
  { method: 'GET', path: '/v1/checkout/sessions/:id/line_items', answer: listLineItems },
  { method: 'GET', path: '/v1/payment_intents/:id', answer: retrieve('payment_intent') },
  { method: 'GET', path: '/v1/payment_methods/:id', answer: retrieve('payment_method') },
  { method: 'GET', path: '/v1/charges/:id', answer: retrieve('charge') },
  { method: 'POST', path: '/v1/refunds', answer: createRefund },
  { method: 'GET', path: '/v1/refunds', answer: listRefunds },
  { method: 'GET', path: '/v1/refunds/:id', answer: retrieve('refund') },
  { method: 'GET', path: '/v1/events', answer: listEvents },
  { method: 'GET', path: '/v1/events/:id', answer: retrieve('event') },
];

function present(world: StripeWorld, object: StoredObject[ObjectKind]): object {
  return object.object === 'checkout.session' ? presentSession(world, object) : object;
}

function retrieve(kind: ObjectKind): Endpoint['answer'] {
  return ({ world, id, form }) => {
    const { expand } = readParameters(retrieveInput, form);
    return expandObject(world.store, present(world, world.store.get(kind, id)), expand);
  };
}

function createCustomer({ world, form, cause }: ApiCall): object {
  const input = readParameters(customerCreateInput, form);
  const customer = {
    id: newId('customer'),
    object: 'customer',
    address: null,
    balance: 0,
    created: nowSeconds(world),
    currency: null,
    default_source: null,
    delinquent: false,
    description: input.description ?? null,
    discount: null,
    email: input.email ?? null,
    invoice_prefix: newId('request').slice(4, 12).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: input.metadata ?? {},
    name: input.name ?? null,
    next_invoice_sequence: 1,
    phone: input.phone ?? null,
    preferred_locales: input.preferred_locales ?? [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  } satisfies Stripe.Customer;
  world.store.insert(customer);
  recordEvents(world, cause, [['customer.created', customer]]);
  return customer;
}

function createSession({ world, form }: ApiCall): object {
  const input = readParameters(sessionCreateInput, form);
  if (input.mode !== 'payment') throw invalidRequest(`The payment stand-in does not simulate mode=${input.mode}.`, { param: 'mode' });
  if (input.ui_mode !== undefined && input.ui_mode !== 'hosted_page') {
    throw invalidRequest(`The payment stand-in does not simulate ui_mode=${input.ui_mode}.`, { param: 'ui_mode' });
  }
  for (const name of ['automatic_tax', 'invoice_creation'] as const) {
    if (input[name]?.enabled === true) {
      throw invalidRequest(`The payment stand-in does not simulate ${name}[enabled]=true.`, { param: `${name}[enabled]` });
    }
  }
  if (input.customer !== undefined && input.customer_email !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: customer, customer_email.', { param: 'customer' });
  }
  const currencies = new Set(input.line_items.map((item) => item.price_data.currency));
  if (currencies.size > 1 || (input.currency !== undefined && !currencies.has(input.currency))) {
    throw invalidRequest('All prices on a Checkout Session must be in the same currency.', { param: 'line_items' });
  }
  const created = nowSeconds(world);
  const expiresAt = input.expires_at ?? created + maximumSessionSeconds;
  if (expiresAt < created + minimumSessionSeconds) {
    throw invalidRequest('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', { param: 'expires_at' });
  }
  if (expiresAt > created + maximumSessionSeconds) {
    throw invalidRequest('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', { param: 'expires_at' });
  }
  const customer = input.customer === undefined ? null : world.store.get('customer', input.customer, 'customer');
  const lineItems = input.line_items.map((item) => buildLineItem(item, created));
  const session = buildSession({ input, lineItems, customer, created, expiresAt });
  if ((session.amount_total ?? 0) < minimumAmount) {
    throw invalidRequest("The Checkout Session's total amount due must add up to at least 0.50.", { code: 'amount_too_small' });
  }
  if (session.payment_method_types.length === 0) {
    throw invalidRequest('No valid payment method types for this Checkout Session.', { param: 'allowed_payment_method_types' });
  }
  const intentData = input.payment_intent_data;
  world.store.insert(session, {
    lineItems,
    descriptions: input.line_items.map((item) => item.price_data.product_data.description ?? null),
    paymentIntentData: {
      description: intentData?.description ?? null,
      metadata: intentData?.metadata ?? {},
      receiptEmail: intentData?.receipt_email ?? null,
      statementDescriptor: intentData?.statement_descriptor ?? null,
      statementDescriptorSuffix: intentData?.statement_descriptor_suffix ?? null,
    },
  });
  return expandObject(world.store, presentSession(world, session), input.expand);
}

function expire({ world, id, form, cause }: ApiCall): object {
  const { expand } = readParameters(retrieveInput, form);
  const expired = expireSession(world, world.store.get('checkout.session', id), cause);
  return expandObject(world.store, presentSession(world, expired), expand);
}

function listSessions({ world, form }: ApiCall): object {
  const input = readParameters(sessionListInput, form);
  return listObjects(
    world,
    'checkout.session',
    input,
    equalities({ customer: input.customer, payment_intent: input.payment_intent, status: input.status }),
  );
}

function listLineItems({ world, id, form }: ApiCall): object {
  const input = readParameters(lineItemListInput, form);
  world.store.get('checkout.session', id);
  const { lineItems } = world.store.background(id);
  const start = input.starting_after === undefined ? 0 : lineItems.findIndex((item) => item.id === input.starting_after) + 1;
  const limit = input.limit ?? 10;
  const data = lineItems.slice(start, start + limit);
  return { object: 'list', data, has_more: start + limit < lineItems.length, url: `/v1/checkout/sessions/${id}/line_items` };
}

function createRefund({ world, form, cause }: ApiCall): object {
  const input = readParameters(refundCreateInput, form);
  const charge = chargeToRefund(world, input.charge, input.payment_intent);
  const left = charge.amount - charge.amount_refunded;
  if (charge.status !== 'succeeded') throw invalidRequest(`Charge ${charge.id} is not refundable.`, { code: 'charge_not_refundable' });
  if (left === 0) throw invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  const amount = input.amount ?? left;
  if (amount > left) {
    throw invalidRequest(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, { param: 'amount' });
  }
  const refund = buildRefund({ charge, amount, reason: input.reason ?? null, metadata: input.metadata ?? {}, created: nowSeconds(world) });
  const refunded: Stripe.Charge = { ...charge, amount_refunded: charge.amount_refunded + amount, refunded: amount === left };
  world.store.insert(refund);
  world.store.update(refunded);
  recordEvents(world, cause, [
    ['refund.created', refund],
    ['charge.refunded', refunded],
  ]);
  return expandObject(world.store, refund, input.expand);
}

function chargeToRefund(world: StripeWorld, chargeId: string | undefined, intentId: string | undefined): Stripe.Charge {
  if (chargeId !== undefined) return world.store.get('charge', chargeId, 'charge');
  if (intentId === undefined)
    throw invalidRequest('One of the following params should be provided for this request: payment_intent or charge.');
  const intent = world.store.get('payment_intent', intentId, 'payment_intent');
  if (typeof intent.latest_charge !== 'string') {
    throw invalidRequest(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`);
  }
  return world.store.get('charge', intent.latest_charge);
}

function listRefunds({ world, form }: ApiCall): object {
  const input = readParameters(refundListInput, form);
  return listObjects(world, 'refund', input, equalities({ charge: input.charge, payment_intent: input.payment_intent }));
}

function listEvents({ world, form }: ApiCall): object {
  const input = readParameters(eventListInput, form);
  if (input.type !== undefined && input.types !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: type, types.', { param: 'type' });
  }
  const types = input.types ?? (input.type === undefined ? [] : [input.type]);
  const filters: Filter[] = types.length === 0 ? [] : [{ path: 'type', comparison: 'in', values: types }];
  const { created } = input;
  filters.push({ path: 'created', comparison: '>', values: [nowSeconds(world) - eventRetentionSeconds] });
  if (typeof created === 'number') filters.push({ path: 'created', comparison: 'in', values: [created] });
  if (typeof created === 'object') {
    if (created.gt !== undefined) filters.push({ path: 'created', comparison: '>', values: [created.gt] });
    if (created.gte !== undefined) filters.push({ path: 'created', comparison: '>=', values: [created.gte] });
    if (created.lt !== undefined) filters.push({ path: 'created', comparison: '<', values: [created.lt] });
    if (created.lte !== undefined) filters.push({ path: 'created', comparison: '<=', values: [created.lte] });
  }
  return listObjects(world, 'event', input, filters);
}

function equalities(wanted: Readonly<Record<string, string | undefined>>): Filter[] {
  return Object.entries(wanted).flatMap(([path, value]): Filter[] =>
    value === undefined ? [] : [{ path, comparison: 'in', values: [value] }],
  );
}

type ListInput = {
  readonly limit?: number | undefined;
  readonly starting_after?: string | undefined;
  readonly ending_before?: string | undefined;
  readonly expand?: readonly string[] | undefined;
};

const listUrls: { readonly [Kind in ObjectKind]?: string } = {
  'checkout.session': '/v1/checkout/sessions',
  refund: '/v1/refunds',
  event: '/v1/events',
};

function listObjects(world: StripeWorld, kind: ObjectKind, input: ListInput, filters: readonly Filter[]): object {
  if (input.starting_after !== undefined && input.ending_before !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: starting_after, ending_before.', { param: 'starting_after' });
  }
  const page: Page = { limit: input.limit ?? 10, startingAfter: input.starting_after ?? null, endingBefore: input.ending_before ?? null };
  const { data, has_more } = world.store.list(kind, page, filters);
  const list = { object: 'list', data: data.map((object) => present(world, object)), has_more, url: listUrls[kind] ?? '' };
  return expandObject(world.store, list, input.expand);
}
