import { pino } from 'pino';
import { pruneAttempts } from './accounts/prune-attempts.ts';
import { benchCarrier } from './carrier/bench-carrier.ts';
import type { Carrier } from './carrier/carrier.ts';
import { seedCatalogue } from './catalogue/seed.ts';
import { hour } from './clock.ts';
import type { ServiceConfig } from './config.ts';
import { migrate } from './database/migrate.ts';
import type { Database } from './database/database.ts';
import { openDatabase } from './database/open-database.ts';
import { httpServer } from './http/server.ts';
import { jobHandlers } from './jobs/handlers.ts';
import { releaseLeases } from './jobs/jobs.ts';
import { startWorker, type Worker } from './jobs/worker.ts';
import { smtpMailer, type Mailer } from './mail/mailer.ts';
import type { Parts } from './parts.ts';
import type { PaymentProvider } from './payments/payment-provider.ts';
import { stripeProvider } from './payments/stripe-provider.ts';
import { seedTrial } from './trial.ts';

export type RunningService = {
  /** Where it listens. */
  readonly url: string;
  /** SQL statements so far. */
  statements(): number;
  /** Answers what is being asked, lets running jobs finish, closes the database. */
  close(): Promise<void>;
};

const secrets = ['authorization', '*.authorization', 'password', '*.password', 'token', '*.token', 'err.raw', '*.headers'];

/** What stands beside the service, for who brings it along instead of letting the configuration name it. */
export type Peers = { readonly carrier: Carrier; readonly provider: PaymentProvider; readonly mailer: Mailer; readonly database: Database };

/** Starts the account service: database, worker and HTTP. Throws if the port or the database cannot be had. */
export async function startService(config: ServiceConfig, peers: Partial<Peers> = {}): Promise<RunningService> {
  const log = pino({ level: config.logLevel, redact: secrets, base: { service: 'account' } }, pino.destination({ dest: 2, sync: true }));
  const database =
    peers.database ?? (await openDatabase(config.database, (error) => log.warn({ err: error }, 'a connection to the database broke')));
  const mailer = peers.mailer ?? smtpMailer(config.mail);
  let url = '';
  let worker: Worker | null = null;
  const parts: Parts = {
    config,
    publicUrl: () => config.publicUrl ?? url,
    database,
    carrier: peers.carrier ?? benchCarrier(config.carrierUrl),
    provider: peers.provider ?? stripeProvider(config.stripe),
    log,
    wake: (atMs) => worker?.wake(atMs),
  };
  const app = httpServer(parts);
  try {
    const applied = await migrate(database);
    if (applied.length > 0) log.info({ applied }, 'database migrated');
    await seedCatalogue(database, Date.now());
    if (!database.shared) await releaseLeases(database);
    if (config.trial) await seedTrial(parts);
    url = (await app.listen({ host: config.host, port: config.port })).replace('[::1]', '127.0.0.1');
    worker = startWorker(database, jobHandlers(parts, mailer), log);
  } catch (error) {
    await app.close();
    await database.close();
    throw error;
  }
  const prune = (): void => {
    pruneAttempts(database, Date.now()).catch((error: unknown) => log.warn({ err: error }, 'old counters of attempts stay for now'));
  };
  prune();
  const pruning = setInterval(prune, hour);
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    clearInterval(pruning);
    await app.close();
    await worker?.close();
    mailer.close();
    await database.close();
  };
  return {
    url,
    statements: () => database.statements(),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
