import type { Stripe } from 'stripe';
import { z } from 'zod';
import { type ApiError, invalidRequest } from './api-error.ts';
import type { FormRecord } from './form.ts';

/** Text as it came from a form: the API knows nothing but strings on the wire. */
const text = (maximum: number): z.ZodString => z.string().max(maximum);
const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, { error: 'integer' })
  .transform(Number);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const address = z.url({ protocol: /^https?$/ }).max(5000);
const currency = z
  .string()
  .transform((value) => value.toLowerCase())
  .pipe(z.string().regex(/^[a-z]{3}$/));
/** At most 50 keys of 40 characters with values of 500, https://docs.stripe.com/api/metadata. Names that count 0, 1, 2 arrive as an array. */
const metadata = z.preprocess(
  (value) => (Array.isArray(value) ? Object.fromEntries(value.entries()) : value === '' ? {} : value),
  z.record(z.string().max(40), z.string().max(500)).refine((entries) => Object.keys(entries).length <= 50),
);
const expand = z.array(text(200)).max(20).optional();
const pagination = {
  limit: integer.pipe(z.int().min(1).max(100)).optional(),
  starting_after: text(255).optional(),
  ending_before: text(255).optional(),
  expand,
};

export const retrieveInput = z.strictObject({ expand });

const customerShape = {
  email: text(512).optional(),
  name: text(256).optional(),
  phone: text(20).optional(),
  description: text(5000).optional(),
  metadata: metadata.optional(),
  preferred_locales: z.array(text(20)).optional(),
  expand,
} satisfies Partial<Record<keyof Stripe.CustomerCreateParams, z.ZodType>>;
export const customerCreateInput = z.strictObject(customerShape);

const sessionShape = {
  mode: z.enum(['payment', 'setup', 'subscription']),
  ui_mode: z.enum(['hosted_page', 'embedded_page', 'elements', 'form']).optional(),
  success_url: address,
  cancel_url: address.optional(),
  client_reference_id: text(200).optional(),
  customer: text(255).optional(),
  customer_email: z.email().max(800).optional(),
  customer_creation: z.enum(['always', 'if_required']).optional(),
  currency: currency.optional(),
  expires_at: integer.optional(),
  locale: text(10).optional(),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay', 'subscribe']).optional(),
  metadata: metadata.optional(),
  allow_promotion_codes: flag.optional(),
  billing_address_collection: z.enum(['auto', 'required']).optional(),
  adaptive_pricing: z.strictObject({ enabled: flag.optional() }).optional(),
  automatic_tax: z.strictObject({ enabled: flag }).optional(),
  invoice_creation: z.strictObject({ enabled: flag }).optional(),
  custom_text: z.strictObject({ submit: z.strictObject({ message: text(1200) }).optional() }).optional(),
  allowed_payment_method_types: z.array(text(40)).optional(),
  excluded_payment_method_types: z.array(text(40)).optional(),
  line_items: z
    .array(
      z.strictObject({
        quantity: integer.pipe(z.int().min(1)).default(1),
        metadata: metadata.optional(),
        price_data: z.strictObject({
          currency,
          unit_amount: integer.pipe(z.int().min(0).max(99_999_999)),
          tax_behavior: z.enum(['exclusive', 'inclusive', 'unspecified']).optional(),
          product_data: z.strictObject({
            name: text(250).min(1),
            description: text(5000).optional(),
            metadata: metadata.optional(),
            tax_code: text(40).optional(),
          }),
        }),
      }),
    )
    .min(1)
    .max(100),
  payment_intent_data: z
    .strictObject({
      description: text(1000).optional(),
      metadata: metadata.optional(),
      receipt_email: z.email().optional(),
      statement_descriptor: text(22).optional(),
      statement_descriptor_suffix: text(22).optional(),
    })
    .optional(),
  expand,
} satisfies Partial<Record<keyof Stripe.Checkout.SessionCreateParams, z.ZodType>>;
export const sessionCreateInput = z.strictObject(sessionShape);
export type SessionCreateInput = z.infer<typeof sessionCreateInput>;

/** Real parameters of a Checkout Session that this stand-in does not act out: refused by name rather than silently ignored. */
const sessionNotSimulated: ReadonlySet<string> = new Set([
  'after_expiration',
  'branding_settings',
  'consent_collection',
  'custom_fields',
  'customer_account',
  'customer_update',
  'discounts',
  'integration_identifier',
  'managed_payments',
  'name_collection',
  'optional_items',
  'origin_context',
  'payment_method_collection',
  'payment_method_configuration',
  'payment_method_data',
  'payment_method_options',
  'permissions',
  'phone_number_collection',
  'redirect_on_completion',
  'return_url',
  'saved_payment_method_options',
  'setup_intent_data',
  'shipping_address_collection',
  'shipping_options',
  'subscription_data',
  'tax_id_collection',
  'wallet_options',
] satisfies (keyof Stripe.Checkout.SessionCreateParams)[]);

export const sessionListInput = z.strictObject({
  ...pagination,
  customer: text(255).optional(),
  payment_intent: text(255).optional(),
  status: z.enum(['open', 'complete', 'expired']).optional(),
});
export const lineItemListInput = z.strictObject(pagination);

export const refundCreateInput = z.strictObject({
  amount: integer.pipe(z.int().min(1)).optional(),
  charge: text(255).optional(),
  payment_intent: text(255).optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadata.optional(),
  expand,
} satisfies Partial<Record<keyof Stripe.RefundCreateParams, z.ZodType>>);
export const refundListInput = z.strictObject({ ...pagination, charge: text(255).optional(), payment_intent: text(255).optional() });

const range = z.strictObject({ gt: integer.optional(), gte: integer.optional(), lt: integer.optional(), lte: integer.optional() });
export const eventListInput = z.strictObject({
  ...pagination,
  type: text(100).optional(),
  types: z.array(text(100)).max(20).optional(),
  created: z.union([integer, range]).optional(),
});

/** Reads parameters by one of the schemas above. What does not fit is a 400 in Stripe's words, with the parameter's bracketed name. */
export function readParameters<Schema extends z.ZodType>(schema: Schema, form: FormRecord): z.infer<Schema> {
  const result = schema.safeParse(form, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw issue === undefined ? invalidRequest('Invalid request.') : parameterError(issue);
}

function parameterError(issue: z.core.$ZodIssue): ApiError {
  const name = bracketed(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const param = bracketed([...issue.path, issue.keys[0] ?? '']);
    if (issue.path.length === 0 && sessionNotSimulated.has(param)) {
      return invalidRequest(`The payment stand-in does not simulate the parameter ${param}.`, { param });
    }
    return invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  }
  if (issue.input === undefined) return invalidRequest(`Missing required param: ${name}.`, { code: 'parameter_missing', param: name });
  const given = typeof issue.input === 'string' ? issue.input : JSON.stringify(issue.input);
  if (issue.code === 'invalid_value') {
    return invalidRequest(`Invalid ${name}: must be one of ${issue.values.map(String).join(', ')}`, { param: name });
  }
  if (issue.code === 'invalid_format' && issue.format === 'url') {
    return invalidRequest('Not a valid URL', { code: 'url_invalid', param: name });
  }
  if (issue.code === 'invalid_format' && issue.format === 'email') {
    return invalidRequest(`Invalid email address: ${given}`, { code: 'email_invalid', param: name });
  }
  if (issue.message === 'integer') return invalidRequest(`Invalid integer: ${given}`, { code: 'parameter_invalid_integer', param: name });
  return invalidRequest(`Invalid ${name}: ${given}`, { param: name });
}

function bracketed(path: readonly PropertyKey[]): string {
  return path.map((segment, index) => (index === 0 ? String(segment) : `[${String(segment)}]`)).join('');
}
