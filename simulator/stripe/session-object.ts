import type { Stripe } from 'stripe';
import type { SessionCreateInput } from './parameters.ts';
import { newId } from './identifiers.ts';
import type { WireLineItem } from './store.ts';

/** Currencies in which PayPal can be taken through Stripe, https://docs.stripe.com/payments/paypal. */
const paypalCurrencies = new Set('eur gbp usd chf czk dkk nok pln sek aud cad hkd nzd sgd'.split(' '));

export function offeredMethods(
  currency: string,
  input: Pick<SessionCreateInput, 'allowed_payment_method_types' | 'excluded_payment_method_types'>,
) {
  return ['card', 'paypal'].filter(
    (method) =>
      (method !== 'paypal' || paypalCurrencies.has(currency)) &&
      (input.allowed_payment_method_types?.includes(method) ?? true) &&
      !(input.excluded_payment_method_types?.includes(method) ?? false),
  );
}

/** One line of the order: price and product are made on the spot, as `price_data` asks. */
export function buildLineItem(input: SessionCreateInput['line_items'][number], created: number): WireLineItem {
  const { price_data: price, quantity } = input;
  const amount = price.unit_amount * quantity;
  return {
    id: newId('item'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: price.product_data.name,
    metadata: input.metadata ?? {},
    quantity,
    price: {
      id: newId('price'),
      object: 'price',
      active: false,
      billing_scheme: 'per_unit',
      created,
      currency: price.currency,
      custom_unit_amount: null,
      livemode: false,
      lookup_key: null,
      metadata: {},
      nickname: null,
      product: newId('product'),
      recurring: null,
      tax_behavior: price.tax_behavior ?? 'unspecified',
      tiers_mode: null,
      transform_quantity: null,
      type: 'one_time',
      unit_amount: price.unit_amount,
      unit_amount_decimal: String(price.unit_amount),
    },
  } satisfies WireLineItem;
}

export type SessionParts = {
  readonly input: SessionCreateInput;
  readonly lineItems: readonly WireLineItem[];
  readonly customer: Stripe.Customer | null;
  readonly created: number; // seconds
  readonly expiresAt: number; // seconds
};

/** A fresh Checkout Session in `payment` mode on the hosted page. Its `url` is filled in when it is shown. */
export function buildSession({ input, lineItems, customer, created, expiresAt }: SessionParts): Stripe.Checkout.Session {
  const total = lineItems.reduce((sum, item) => sum + item.amount_total, 0);
  const currency = lineItems[0]?.currency ?? 'usd';
  const email = customer?.email ?? input.customer_email ?? null;
  return {
    id: newId('checkout.session'),
    object: 'checkout.session',
    adaptive_pricing: { enabled: input.adaptive_pricing?.enabled ?? false },
    after_expiration: null,
    allow_promotion_codes: input.allow_promotion_codes ?? null,
    allowed_payment_method_types: input.allowed_payment_method_types ?? null,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: input.billing_address_collection ?? null,
    cancel_url: input.cancel_url ?? null,
    client_reference_id: input.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created,
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: input.custom_text?.submit ?? null,
      terms_of_service_acceptance: null,
    },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: customer === null ? (input.customer_creation ?? 'if_required') : null,
    customer_details:
      email === null ? null : { ...emptyCustomerDetails, email, name: customer?.name ?? null, phone: customer?.phone ?? null },
    customer_email: input.customer_email ?? null,
    discounts: [],
    expires_at: expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: {
      enabled: false,
      invoice_data: {
        account_tax_ids: null,
        custom_fields: null,
        description: null,
        footer: null,
        issuer: null,
        metadata: {},
        rendering_options: null,
      },
    },
    livemode: false,
    locale: input.locale ?? null,
    managed_payments: { enabled: false },
    metadata: input.metadata ?? {},
    mode: 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: offeredMethods(currency, input),
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: input.submit_type ?? null,
    subscription: null,
    success_url: input.success_url,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: null,
    wallet_options: null,
  } satisfies Stripe.Checkout.Session;
}

export const emptyCustomerDetails = {
  address: null,
  business_name: null,
  email: null,
  individual_name: null,
  name: null,
  phone: null,
  tax_exempt: 'none',
  tax_ids: null,
} satisfies Stripe.Checkout.Session.CustomerDetails;
