import type { FastifyBaseLogger } from 'fastify';
import type { Carrier } from './carrier/carrier.ts';
import type { ServiceConfig } from './config.ts';
import type { Database } from './database/database.ts';
import type { PaymentProvider } from './payments/payment-provider.ts';

/** What every procedure and job works with. */
export type Parts = {
  readonly config: ServiceConfig;
  /** The address that people's browsers use, without a trailing slash; known once the port is bound. */
  publicUrl(): string;
  readonly database: Database;
  readonly carrier: Carrier;
  readonly provider: PaymentProvider;
  readonly log: FastifyBaseLogger;
  /** Tells the worker that something is due at that time (milliseconds), now if none is given. */
  wake(atMs?: number): void;
};
