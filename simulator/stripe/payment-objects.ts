import type { Stripe } from 'stripe';
import { assertNever } from '#simulator/bench/assert-never.ts';
import { type CardForm, cardFingerprint } from './cards.ts';
import { newId, randomToken } from './identifiers.ts';
import type { SessionBackground } from './store.ts';

/** How the person pays: a card that was typed in, or a PayPal account. */
export type PaymentSource = { readonly kind: 'card'; readonly form: CardForm } | { readonly kind: 'paypal' };

/** The PayPal account that the stand-in's PayPal signs everybody in with. */
export const paypalPayer = { email: 'buyer@paypal.example', name: 'Sample Buyer', country: 'DE', payerId: 'SAMPLEBUYER01' } as const;

export function buildPaymentIntent(session: Stripe.Checkout.Session, background: SessionBackground, created: number): Stripe.PaymentIntent {
  const id = newId('payment_intent');
  const { paymentIntentData } = background;
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: session.amount_total ?? 0,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${randomToken(25)}`,
    confirmation_method: 'automatic',
    created,
    currency: session.currency ?? 'usd',
    customer: typeof session.customer === 'string' ? session.customer : null,
    customer_account: null,
    description: paymentIntentData.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: { enabled: false },
    metadata: { ...paymentIntentData.metadata },
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' } },
    payment_method_types: session.payment_method_types,
    payment_record: null,
    processing: null,
    receipt_email: paymentIntentData.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: paymentIntentData.statementDescriptor,
    statement_descriptor_suffix: paymentIntentData.statementDescriptorSuffix,
    status: 'requires_payment_method',
    transfer_group: null,
  } satisfies Stripe.PaymentIntent;
}

export function buildPaymentMethod(source: PaymentSource, email: string | null, created: number): Stripe.PaymentMethod {
  const common = {
    id: newId('payment_method'),
    object: 'payment_method',
    created,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
  } as const;
  switch (source.kind) {
    case 'card': {
      const { card, expiryMonth, expiryYear, name } = source.form;
      return {
        ...common,
        type: 'card',
        billing_details: { address: null, email, name, phone: null, tax_id: null },
        card: {
          brand: card.brand,
          checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'unchecked' },
          country: card.country,
          display_brand: card.brand,
          exp_month: expiryMonth,
          exp_year: expiryYear,
          fingerprint: cardFingerprint(card.number),
          funding: card.funding,
          generated_from: null,
          last4: card.number.slice(-4),
          networks: { available: [card.brand], preferred: null },
          regulated_status: 'unregulated',
          three_d_secure_usage: { supported: true },
          wallet: null,
        },
      } satisfies Stripe.PaymentMethod;
    }
    case 'paypal':
      return {
        ...common,
        type: 'paypal',
        billing_details: { address: null, email: email ?? paypalPayer.email, name: paypalPayer.name, phone: null, tax_id: null },
        paypal: { country: paypalPayer.country, payer_email: paypalPayer.email, payer_id: paypalPayer.payerId },
      } satisfies Stripe.PaymentMethod;
    default:
      return assertNever(source);
  }
}

export type ChargeOutcome =
  | { readonly paid: true; readonly threeDSecure: boolean }
  | { readonly paid: false; readonly threeDSecure: boolean; readonly code: string; readonly declineCode: string; readonly message: string };

/** The charge of one attempt. A declined card makes a failed charge, as Stripe does, which moved no money. */
export function buildCharge(
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  outcome: ChargeOutcome,
  created: number,
): Stripe.Charge {
  return {
    id: newId(method.type === 'paypal' ? 'paypalCharge' : 'charge'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: outcome.paid ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: (intent.statement_descriptor ?? 'LEB').toUpperCase(),
    captured: outcome.paid,
    created,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: outcome.paid ? null : outcome.code,
    failure_message: outcome.paid ? null : outcome.message,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcome.paid
      ? {
          advice_code: null,
          network_advice_code: null,
          network_decline_code: null,
          network_status: 'approved_by_network',
          reason: null,
          risk_level: 'normal',
          seller_message: 'Payment complete.',
          type: 'authorized',
        }
      : {
          advice_code: 'try_again_later',
          network_advice_code: null,
          network_decline_code: null,
          network_status: 'declined_by_network',
          reason: outcome.declineCode,
          risk_level: 'normal',
          seller_message: 'The bank declined the payment.',
          type: 'issuer_declined',
        },
    paid: outcome.paid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: methodDetails(method, intent, outcome),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: outcome.paid ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  } satisfies Stripe.Charge;
}

function methodDetails(
  method: Stripe.PaymentMethod,
  intent: Stripe.PaymentIntent,
  outcome: ChargeOutcome,
): Stripe.Charge.PaymentMethodDetails {
  if (method.card === undefined) {
    return {
      type: 'paypal',
      paypal: {
        country: method.paypal?.country ?? null,
        payer_email: method.paypal?.payer_email ?? null,
        payer_id: method.paypal?.payer_id ?? null,
        payer_name: paypalPayer.name,
        seller_protection: { dispute_categories: ['fraudulent', 'product_not_received'], status: 'eligible' },
        transaction_id: randomToken(17).toUpperCase(),
      },
    };
  }
  const { card } = method;
  return {
    type: 'card',
    card: {
      amount_authorized: outcome.paid ? intent.amount : null,
      authorization_code: outcome.paid ? randomToken(6).toUpperCase() : null,
      brand: card.brand,
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: !outcome.paid && outcome.code === 'incorrect_cvc' ? 'fail' : 'pass',
      },
      country: card.country,
      electronic_commerce_indicator: outcome.threeDSecure ? '05' : null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      installments: null,
      last4: card.last4,
      mandate: null,
      network: card.brand,
      network_transaction_id: null,
      regulated_status: 'unregulated',
      three_d_secure: outcome.threeDSecure
        ? {
            authentication_flow: 'challenge',
            electronic_commerce_indicator: '05',
            exemption_indicator: null,
            result: 'authenticated',
            result_reason: null,
            transaction_id: null,
            version: '2.2.0',
          }
        : null,
      transaction_link_id: null,
      wallet: null,
    },
  } satisfies Stripe.Charge.PaymentMethodDetails;
}

export type RefundParts = {
  readonly charge: Stripe.Charge;
  readonly amount: number;
  readonly reason: Stripe.Refund.Reason | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly created: number;
};

export function buildRefund({ charge, amount, reason, metadata, created }: RefundParts): Stripe.Refund {
  return {
    id: newId('refund'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    metadata: { ...metadata },
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  } satisfies Stripe.Refund;
}
