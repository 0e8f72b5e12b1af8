/** Peers of the account service that answer at once and keep nothing, so that what is measured is the service and its database. */
import { lebEurope } from '#simulator/sample.ts';
import type { Carrier, CarrierLine } from '#service/carrier/carrier.ts';
import type { ServiceConfig } from '#service/config.ts';
import type { PageStatus } from '#service/payments/payment-provider.ts';
import { stripeProvider } from '#service/payments/stripe-provider.ts';
import type { Peers } from '#service/start-service.ts';

const hour = 3_600_000;
export const benchPlan = 'leb-europe-20';
export const benchPrice = 1490;
export const webhookSecret = 'whsec_bench';

export function benchConfig(database: ServiceConfig['database']): ServiceConfig {
  return {
    database,
    port: 0,
    host: '127.0.0.1',
    publicUrl: null,
    trial: false,
    stripe: { secretKey: 'sk_test_bench', webhookSecret, apiBase: null, paymentMethods: ['card', 'paypal'] },
    mail: { smtpUrl: 'smtp://127.0.0.1:9', from: 'LEB <no-reply@leb.example>', supportEmail: 'support@leb.example' },
    carrierUrl: 'http://127.0.0.1:9',
    logLevel: 'error',
  };
}

/** A page names its order and attempt by itself; whoever reads it finds it paid. */
function paidPage(sessionId: string): PageStatus {
  const [, orderId = '', attempt = ''] = /^cs_(ord_\w+?)_(\d+)$/.exec(sessionId) ?? [];
  return {
    sessionId,
    url: null,
    expiresMs: Date.now() + hour,
    orderId,
    attempt: Number(attempt),
    state: 'paid',
    amountMinor: benchPrice,
    currency: 'EUR',
    live: false,
    paymentIntent: `pi_${orderId}`,
    method: { kind: 'card', brand: 'visa', last4: '4242', funding: 'credit' },
    failure: null,
  };
}

function line(iccid: string): CarrierLine {
  return {
    iccid,
    msisdn: lebEurope.msisdn,
    planId: benchPlan,
    state: 'active',
    validFromMs: 0,
    validUntilMs: Date.now() + 1000 * hour,
    data: { totalBytes: 1, leftBytes: 1 },
    voice: { totalMinutes: 1, leftMinutes: 1 },
    sms: { total: 1, left: 1 },
    usagePerDay: [],
    asOfMs: 0,
  };
}

/** Signatures of webhooks are checked as always. */
export function instantPeers(config: ServiceConfig): Pick<Peers, 'carrier' | 'provider' | 'mailer'> {
  const carrier: Carrier = {
    offers: () => Promise.resolve([benchPlan]),
    linesOf: () => Promise.resolve([]),
    line: (iccid) => Promise.resolve(line(iccid)),
    claim: () => Promise.resolve(null),
    release: () => Promise.resolve(),
    renew: (request) => Promise.resolve({ ...request, renewalId: request.key, state: 'applied', validUntilMs: Date.now() + 900 * hour }),
    find: () => Promise.resolve(null),
    sms: () => Promise.resolve(),
  };
  return {
    carrier,
    provider: {
      ...stripeProvider(config.stripe),
      createPage: ({ orderId, attempt }) => {
        const page = paidPage(`cs_${orderId}_${attempt}`);
        return Promise.resolve({ ...page, state: 'open', url: 'https://pay.example', paymentIntent: null, method: null });
      },
      readPage: (sessionId) => Promise.resolve(paidPage(sessionId)),
      expirePage: (sessionId) => Promise.resolve(paidPage(sessionId)),
      refund: ({ sessionId }) => Promise.resolve(`re_${sessionId}`),
    },
    mailer: { send: () => Promise.resolve(), close: () => undefined },
  };
}
