/** What the service is told by its environment. Half a configuration is no configuration: every problem is named, then the start is refused. */
import { z } from 'zod';
import type { DatabasePlace } from './database/open-database.ts';

export type ServiceConfig = {
  readonly database: DatabasePlace;
  /** 0: any free port. */
  readonly port: number;
  /** Loopback in the trial and by default; a real deployment names its address. */
  readonly host: string;
  /** The address that people's browsers use, without a trailing slash; null: the loopback address that was bound. */
  readonly publicUrl: string | null;
  readonly trial: boolean;
  readonly stripe: {
    readonly secretKey: string;
    /** null: no webhook endpoint, the service only reads the provider itself. */
    readonly webhookSecret: string | null;
    /** A stand-in's address; null: the provider's own. */
    readonly apiBase: string | null;
    readonly paymentMethods: readonly ('card' | 'paypal')[];
  };
  readonly mail: { readonly smtpUrl: string; readonly from: string; readonly supportEmail: string };
  readonly carrierUrl: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Live keys move real money; a service inside a desktop program must never hold one. */
const liveKey = /^(sk|rk|pk)_live_/;
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
const mailAddress = z.email();

/** One of two: a file, or a server. */
function readPlace(url: string | null, path: string | null, problems: string[]): DatabasePlace {
  if (url !== null && path !== null) problems.push('DATABASE_URL and DATABASE_PATH are both set: the data is in one place.');
  if (url !== null) {
    if (!/^postgres(?:ql)?:\/\/\S+$/.test(url)) problems.push('DATABASE_URL is not an address that starts with postgres://.');
    return { kind: 'postgres', url };
  }
  if (path === null) problems.push('DATABASE_PATH is missing: the file of the SQLite database (or DATABASE_URL, a PostgreSQL server).');
  return { kind: 'sqlite', path: path ?? '' };
}

/**
 * Reads the environment. Gives either a whole configuration or one clear sentence per problem; the value of a secret never stands in a
 * sentence.
 */
export function readConfig(
  environment: Environment,
): { readonly config: ServiceConfig } | { readonly config: null; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const text = (name: string): string | null => {
    const value = environment[name]?.trim();
    return value === undefined || value === '' ? null : value;
  };
  const required = (name: string, what: string): string => {
    const value = text(name);
    if (value === null) problems.push(`${name} is missing: ${what}.`);
    return value ?? '';
  };
  const address = (name: string, value: string | null, protocols: readonly string[]): string | null => {
    if (value === null || value === '') return null;
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
      problems.push(`${name} is not an address that starts with ${protocols.map((each) => `${each}//`).join(' or ')}.`);
      return null;
    }
    return value.replace(/\/+$/, '');
  };
  const sender = (name: string, value: string): string => {
    const bare = /<([^<>]+)>\s*$/.exec(value)?.[1] ?? value;
    if (value !== '' && !mailAddress.safeParse(bare).success) problems.push(`${name} is not an e-mail address.`);
    return value;
  };

  const trial = text('LEB_TRIAL') === '1';
  const database = readPlace(text('DATABASE_URL'), text('DATABASE_PATH'), problems);
  const port = Number(text('PORT') ?? '0');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) problems.push('PORT is not a number from 0 to 65535.');
  const host = text('HOST') ?? '127.0.0.1';
  if (trial && host !== '127.0.0.1') problems.push('HOST must stay 127.0.0.1 when LEB_TRIAL=1.');
  const publicUrl = address('PUBLIC_URL', text('PUBLIC_URL'), ['https:', 'http:']);
  const secretKey = required('STRIPE_SECRET_KEY', "the payment provider's secret key");
  for (const name of ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY']) {
    if (trial && liveKey.test(text(name) ?? '')) {
      problems.push(`${name} is a live key: an account service that runs as a trial inside a desktop program must not hold one.`);
    }
  }
  if (secretKey !== '' && !/^(sk|rk)_(test|live)_\S+$/.test(secretKey)) {
    problems.push('STRIPE_SECRET_KEY does not look like a secret key (sk_test_… or rk_test_…).');
  }
  const webhookSecret = text('STRIPE_WEBHOOK_SECRET');
  if (webhookSecret !== null && !/^whsec_\S+$/.test(webhookSecret)) {
    problems.push('STRIPE_WEBHOOK_SECRET does not look like a signing secret (whsec_…).');
  }
  const apiBase = address('STRIPE_API_BASE', text('STRIPE_API_BASE'), ['http:', 'https:']);
  if (apiBase !== null && liveKey.test(secretKey)) problems.push('STRIPE_API_BASE names a stand-in, which must never see a live key.');
  const methods = (text('PAYMENT_METHODS') ?? 'card,paypal').split(',').map((method) => method.trim());
  const paymentMethods = methods.filter((method) => method === 'card' || method === 'paypal');
  if (paymentMethods.length !== methods.length || paymentMethods.length === 0) {
    problems.push('PAYMENT_METHODS is not a list of card and paypal.');
  }
  const smtpUrl = required('SMTP_URL', 'the mail server, smtp://host:port or smtps://user:password@host:port');
  address('SMTP_URL', smtpUrl, ['smtp:', 'smtps:']);
  const carrierUrl = required('CARRIER_URL', "the address of the carrier's interface");
  address('CARRIER_URL', carrierUrl, ['http:', 'https:']);
  const from = sender('MAIL_FROM', required('MAIL_FROM', 'the address that mail is sent from'));
  const supportEmail = sender('SUPPORT_EMAIL', required('SUPPORT_EMAIL', 'where requests for help are sent'));
  const logLevel = logLevels.find((level) => level === (text('LOG_LEVEL') ?? 'info'));
  if (logLevel === undefined) problems.push(`LOG_LEVEL is not one of ${logLevels.join(', ')}.`);

  if (problems.length > 0) return { config: null, problems };
  return {
    config: {
      database,
      port,
      host,
      publicUrl,
      trial,
      stripe: { secretKey, webhookSecret, apiBase, paymentMethods },
      mail: { smtpUrl, from, supportEmail },
      carrierUrl: carrierUrl.replace(/\/+$/, ''),
      logLevel: logLevel ?? 'info',
    },
  };
}
