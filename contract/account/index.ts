/**
 * The contract between the application and the account service: plain REST, versioned by path. The OpenAPI document is generated
 * from this file; nothing about it is written by hand. The bearer token of `POST /v1/sessions` authenticates everything but
 * registration, sign-in, password reset and the service's own description.
 */
import { z } from 'zod';
import { iccid, instant, language, money, period, procedure } from '../common.ts';
import { paymentFailures } from '../errors.ts';

/** What people type: an e-mail address or a phone number in international form. */
export const login = z.string().trim().min(3).max(254);
export const password = z.string().min(1).max(256);

export const account = z.object({
  accountId: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(), // E.164
  /** Whether the person has shown that they read what is sent there. */
  emailVerified: z.boolean(),
  phoneVerified: z.boolean(),
  language, // of letters and messages
  /** The language is that of the application; false: the person has chosen it. */
  languageFollows: z.boolean(),
  createdAt: instant,
});

/** null: not limited by the plan, or not known: `unlimited` tells which. */
export const allowance = z.object({ total: z.int().nullable(), left: z.int().nullable(), unlimited: z.boolean() });

export const plan = z.object({
  planId: z.string(),
  name: z.string(), // the provider's name of the plan, not translated
  dataBytes: z.int().nullable(), // a month; null: unlimited
  voiceMinutes: z.int().nullable(),
  smsCount: z.int().nullable(),
});

export const line = z.object({
  lineId: z.string(),
  msisdn: z.string(), // E.164
  iccid,
  nickname: z.string().nullable(),
  plan,
  state: z.enum(['active', 'expired', 'suspended', 'unknown']),
  validFrom: instant.nullable(),
  validUntil: instant.nullable(),
  data: allowance, // bytes
  voice: allowance, // minutes
  sms: allowance, // messages
  /** Bytes used per day, oldest first, at most 92 days. */
  usagePerDay: z.array(z.object({ date: z.iso.date(), bytes: z.int() })),
  /** When the carrier counted. */
  asOf: instant.nullable(),
});

export const promotion = z.object({
  code: z.string(),
  percentOff: z.int().nullable(),
  amountOff: money.nullable(),
  periods: z.array(period),
  endsAt: instant.nullable(),
});

/** Prices are computed by the service alone. */
export const renewalOption = z.object({
  planId: z.string(),
  period,
  months: z.int(),
  total: money, // with tax
  perMonth: money,
  savingPercent: z.int(), // against the monthly price, rounded down
  currentEnd: instant.nullable(),
  newEnd: instant,
  added: z.object({ dataBytes: z.int().nullable(), voiceMinutes: z.int().nullable(), smsCount: z.int().nullable() }),
});

export const quote = renewalOption.extend({
  lineId: z.string(),
  listPrice: money,
  promotion: z.object({ code: z.string(), discount: money }).nullable(),
  taxIncluded: money,
  taxPercent: z.int(),
});

export const paymentMethod = z.object({
  kind: z.enum(['card', 'paypal', 'other']),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
  funding: z.enum(['credit', 'debit', 'prepaid', 'unknown']).nullable(),
});

export const order = z.object({
  orderId: z.string(),
  number: z.string(), // for people: LEB-26-481207935
  lineId: z.string(),
  /** open: to be paid · paid: the money is there · fulfilled: the carrier applied it · verified: the carrier's own figures show it */
  state: z.enum(['open', 'paid', 'fulfilled', 'verified', 'cancelled', 'expired', 'refunded']),
  quote,
  attempt: z.int(), // number of hosted pages made for this order
  lastFailure: z.object({ reason: z.enum(paymentFailures), at: instant }).nullable(),
  paymentMethod: paymentMethod.nullable(),
  createdAt: instant,
  expiresAt: instant, // an open order is kept until then
  paidAt: instant.nullable(),
  fulfilledAt: instant.nullable(),
  verifiedAt: instant.nullable(),
  before: z.object({ validUntil: instant.nullable(), dataLeft: z.int().nullable(), voiceLeft: z.int().nullable() }),
  after: z.object({ validUntil: instant.nullable(), dataLeft: z.int().nullable(), voiceLeft: z.int().nullable() }).nullable(),
  /** Confirmations: to whom (masked) and how far. */
  messages: z.array(
    z.object({ channel: z.enum(['mail', 'sms']), to: z.string(), state: z.enum(['queued', 'sent', 'failed']), at: instant.nullable() }),
  ),
});

export const serviceDescription = z.object({
  name: z.string(),
  version: z.string(),
  /** Embedded trial: payment is a stand-in, nothing is charged. */
  trial: z.boolean(),
  /** An account to look around with; trial only. */
  sample: z.object({ login: z.string(), password: z.string() }).nullable(),
  supportEmail: z.string(),
  paymentMethods: z.array(z.enum(['card', 'paypal'])),
});

export const session = z.object({ token: z.string(), expiresAt: instant, account });

/** A place where the account is signed in, and what it can be recognised by; null where the program did not say. */
export const sessionEntry = z.object({
  sessionId: z.string(),
  shell: z.enum(['electron', 'web', 'cli']).nullable(),
  platform: z.string().nullable(), // as Node names it: linux, darwin, win32
  version: z.string().nullable(),
  createdAt: instant,
  usedAt: instant, // to a few minutes
  current: z.boolean(), // the one that asks
});

/** Everything that is stored about a person, but for what secures the account. */
export const accountExport = z.object({
  exportedAt: instant,
  account,
  sessions: z.array(sessionEntry),
  lines: z.array(
    z.object({
      lineId: z.string(),
      msisdn: z.string(),
      iccid,
      nickname: z.string().nullable(),
      addedAt: instant,
      /** As the carrier last told them. */
      figures: line.nullable(),
    }),
  ),
  orders: z.array(order),
  bookings: z.array(z.object({ orderId: z.string(), kind: z.enum(['payment', 'refund']), amount: money, at: instant })),
  supportRequests: z.array(
    z.object({
      number: z.string(),
      subject: z.string(),
      text: z.string(),
      lineId: z.string().nullable(),
      orderId: z.string().nullable(),
      createdAt: instant,
    }),
  ),
});
/** A code is on its way to an address of this kind. */
export const addressCode = z.object({ kind: z.enum(['email', 'phone']), validMinutes: z.int() });

/** What a deletion left: orders that the books need, without a name; lines that anybody with their code may claim. */
export const accountDeletion = z.object({ ordersKept: z.int(), linesReleased: z.int() });

export const supportRequest = z.object({
  subject: z.enum(['plan', 'payment', 'device', 'other']),
  text: z.string().trim().min(1).max(4000),
  lineId: z.string().nullable(),
  orderId: z.string().nullable(),
});
/** The number to ask by, and where the answer goes. */
export const supportReceipt = z.object({ number: z.string(), answerTo: z.string() });

export const accountContract = {
  service: {
    describe: procedure.route({ method: 'GET', path: '/v1/service', summary: 'What this service is' }).output(serviceDescription),
  },
  accounts: {
    register: procedure
      .route({ method: 'POST', path: '/v1/accounts', successStatus: 201, summary: 'Open an account and sign in' })
      .input(z.object({ login, password, language }))
      .output(session),
    show: procedure.route({ method: 'GET', path: '/v1/account' }).output(account),
    update: procedure
      .route({ method: 'PATCH', path: '/v1/account' })
      // Without the second an application tells its own language, which counts as long as the person has chosen none.
      .input(z.object({ language, languageFollows: z.boolean().optional() }))
      .output(account),
    /** Ends every session; the answer is a new one for whoever asked. */
    changePassword: procedure
      .route({ method: 'POST', path: '/v1/account/password' })
      .input(z.object({ currentPassword: password, newPassword: password }))
      .output(session),
    export: procedure.route({ method: 'GET', path: '/v1/account/export', summary: 'What is stored' }).output(accountExport),
    /** For good. An order that is paid and not yet applied is waited for: ORDER_IN_PROGRESS. */
    delete: procedure.route({ method: 'POST', path: '/v1/account/deletion' }).input(z.object({ password })).output(accountDeletion),
  },
  addresses: {
    /** Sends a code to the new address; nothing changes before it comes back. Always the same answer, whoever has the address now. */
    change: procedure
      .route({ method: 'POST', path: '/v1/account/address-changes', successStatus: 202 })
      .input(z.object({ address: login, password }))
      .output(addressCode),
    /** Sends a code to an address that the account has. */
    verify: procedure
      .route({ method: 'POST', path: '/v1/account/verifications', successStatus: 202 })
      .input(z.object({ kind: addressCode.shape.kind }))
      .output(addressCode),
    /** Brings the code: the address that it was sent to is the account's, and verified. */
    confirm: procedure
      .route({ method: 'POST', path: '/v1/account/addresses' })
      .input(
        z.object({
          code: z
            .string()
            .trim()
            .regex(/^\d{6}$/),
        }),
      )
      .output(account),
  },
  sessions: {
    signIn: procedure
      .route({ method: 'POST', path: '/v1/sessions', successStatus: 201 })
      .input(z.object({ login, password }))
      .output(session),
    signOut: procedure.route({ method: 'DELETE', path: '/v1/sessions/current', successStatus: 204 }).output(z.void()),
    /** The one that asks first, then the others, last used first. */
    list: procedure.route({ method: 'GET', path: '/v1/sessions' }).output(z.array(sessionEntry)),
    /** One that has ended already is ended too. */
    end: procedure
      .route({ method: 'DELETE', path: '/v1/sessions/{sessionId}', successStatus: 204 })
      .input(z.object({ sessionId: z.string().min(1).max(64) }))
      .output(z.void()),
    endOthers: procedure.route({ method: 'POST', path: '/v1/sessions/end-others' }).output(z.object({ ended: z.int() })),
  },
  passwordResets: {
    /** Always the same answer, whether the account exists or not. */
    request: procedure
      .route({ method: 'POST', path: '/v1/password-resets', successStatus: 202 })
      .input(z.object({ login, language }))
      .output(z.object({ validMinutes: z.int() })),
    /** Used by the service's own page; ends every session of the account. */
    redeem: procedure
      .route({ method: 'POST', path: '/v1/password-resets/redeem', successStatus: 204 })
      .input(z.object({ token: z.string().min(20).max(200), password }))
      .output(z.void()),
  },
  lines: {
    list: procedure.route({ method: 'GET', path: '/v1/lines' }).output(z.array(line)),
    /** Takes a line into the account by the code printed with its card. */
    claim: procedure
      .route({ method: 'POST', path: '/v1/lines', successStatus: 201 })
      .input(z.object({ iccid, claimCode: z.string().trim().min(4).max(64) }))
      .output(line),
    rename: procedure
      .route({ method: 'PATCH', path: '/v1/lines/{lineId}' })
      .input(z.object({ lineId: z.string(), nickname: z.string().trim().max(64).nullable() }))
      .output(line),
    options: procedure
      .route({ method: 'GET', path: '/v1/lines/{lineId}/renewal-options' })
      .input(z.object({ lineId: z.string() }))
      .output(z.object({ options: z.array(renewalOption), promotions: z.array(promotion) })),
  },
  plans: {
    list: procedure.route({ method: 'GET', path: '/v1/plans' }).output(z.array(plan)),
  },
  quotes: {
    create: procedure
      .route({ method: 'POST', path: '/v1/quotes' })
      .input(z.object({ lineId: z.string(), planId: z.string(), period, promotionCode: z.string().trim().max(40).nullable() }))
      .output(quote),
  },
  orders: {
    /** The key makes a repeated call return the same order. `expectedTotal` is what the person saw: PRICE_CHANGED if it is no longer true. */
    create: procedure
      .route({ method: 'POST', path: '/v1/orders', successStatus: 201 })
      .input(
        z.object({
          idempotencyKey: z.uuid(),
          lineId: z.string(),
          planId: z.string(),
          period,
          promotionCode: z.string().trim().max(40).nullable(),
          expectedTotal: money,
        }),
      )
      .output(order),
    list: procedure.route({ method: 'GET', path: '/v1/orders' }).output(z.array(order)),
    show: procedure
      .route({ method: 'GET', path: '/v1/orders/{orderId}' })
      .input(z.object({ orderId: z.string() }))
      .output(order),
    /** A hosted payment page for an open order: the live one if there is one, else a new attempt (`fresh` forces one, the former is expired). */
    pay: procedure
      .route({ method: 'POST', path: '/v1/orders/{orderId}/payment-page' })
      .input(z.object({ orderId: z.string(), fresh: z.boolean().default(false) }))
      .output(z.object({ order, url: z.url(), expiresAt: instant })),
    /** Reads the provider now, instead of waiting for its webhook. */
    check: procedure
      .route({ method: 'POST', path: '/v1/orders/{orderId}/check' })
      .input(z.object({ orderId: z.string() }))
      .output(order),
    cancel: procedure
      .route({ method: 'POST', path: '/v1/orders/{orderId}/cancel' })
      .input(z.object({ orderId: z.string() }))
      .output(order),
  },
  support: {
    create: procedure
      .route({ method: 'POST', path: '/v1/support-requests', successStatus: 201 })
      .input(supportRequest)
      .output(supportReceipt),
  },
};

export type Account = z.infer<typeof account>;
export type Plan = z.infer<typeof plan>;
export type Line = z.infer<typeof line>;
export type Allowance = z.infer<typeof allowance>;
export type Promotion = z.infer<typeof promotion>;
export type RenewalOption = z.infer<typeof renewalOption>;
export type Quote = z.infer<typeof quote>;
export type Order = z.infer<typeof order>;
export type PaymentMethod = z.infer<typeof paymentMethod>;
export type ServiceDescription = z.infer<typeof serviceDescription>;
export type Session = z.infer<typeof session>;
export type AddressCode = z.infer<typeof addressCode>;
export type AccountDeletion = z.infer<typeof accountDeletion>;
export type AccountExport = z.infer<typeof accountExport>;
export type SessionEntry = z.infer<typeof sessionEntry>;
