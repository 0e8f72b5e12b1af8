import { join } from 'node:path';
import { z } from 'zod';
import { LebError } from '#contract/errors.ts';
import { pause, withDeadline } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ChildProcess, StartProcess } from '../ports.ts';
import type { AccountService } from './account-service.ts';
import { isAlive, readAnnouncement, writeAnnouncement } from './announcement.ts';
import { takeStartLock } from './start-lock.ts';

const benchReady = z.object({
  stripe: z.object({ url: z.url(), secretKey: z.string(), webhookSecret: z.string() }),
  mail: z.object({ smtpUrl: z.string(), inboxUrl: z.url() }),
  carrier: z.object({ url: z.url() }),
  smdp: z.object({ address: z.string(), tlsRootPem: z.string() }),
  smds: z.object({ address: z.string() }),
});
type Bench = z.infer<typeof benchReady>;
const serviceReady = z.object({ url: z.url() });

const startDeadline = 45_000;
const probeDeadline = 2000;
const lookAgainAfter = 250;
const restartIntervals = [500, 1000, 2000, 5000, 15_000, 30_000];
/** A child that ran this long was started well: the next failure counts from the beginning. */
const provedGood = 60_000;

type Running = { readonly bench: ChildProcess; readonly addresses: Bench };

/**
 * The account service and the virtual peers (payment provider, mail, carrier) as processes of our own, started when the first call
 * wants them and started again when they end. A second program on the same data folder uses the first one's.
 */
export function createEmbeddedService(options: {
  readonly dataDir: string;
  readonly startProcess: StartProcess;
  readonly log: Log;
}): AccountService {
  const { dataDir, startProcess, log } = options;
  const closing = new AbortController();
  let address = Promise.withResolvers<string>();
  address.promise.catch(() => undefined);
  let loop: Promise<void> | null = null;
  let adopted = false;

  /** Callers that come from now on wait for the next outcome. */
  const renew = (): void => {
    address = Promise.withResolvers<string>();
    address.promise.catch(() => undefined);
    adopted = false;
  };

  async function run(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted;) {
      const lock = await takeStartLock(dataDir);
      if (lock === null) {
        const url = await livingElsewhere();
        if (url !== null) {
          adopted = true;
          address.resolve(url);
          await stayAdopted();
          renew();
        } else {
          await pause(lookAgainAfter, closing.signal);
        }
        continue;
      }
      const startedAt = performance.now();
      try {
        await own();
      } catch (error) {
        if (!closing.signal.aborted) log.error('embedded', error);
        address.reject(new LebError('SERVICE_UNREACHABLE', { reason: 'embedded' }, { cause: error }));
      } finally {
        await lock.release();
      }
      if (closing.signal.aborted) break;
      renew();
      failures = performance.now() - startedAt > provedGood ? 0 : failures + 1;
      await pause(restartIntervals[Math.min(failures, restartIntervals.length) - 1] ?? 0, closing.signal);
    }
    address.reject(new LebError('SERVICE_UNREACHABLE', { reason: 'closing' }));
  }

  /** Starts both and resolves when one of them has ended and neither is left. */
  async function own(): Promise<void> {
    const running = await startBench();
    let service: ChildProcess | null = null;
    try {
      const former = await readAnnouncement(dataDir);
      const started = await startService(running.addresses, former === null ? '0' : new URL(former.url).port);
      service = started.child;
      await tellWebhook(running.addresses, started.url);
      const bench = {
        stripeUrl: running.addresses.stripe.url,
        inboxUrl: running.addresses.mail.inboxUrl,
        carrierUrl: running.addresses.carrier.url,
        servers: {
          smdp: running.addresses.smdp.address,
          smds: running.addresses.smds.address,
          tlsRootPem: running.addresses.smdp.tlsRootPem,
        },
      };
      await writeAnnouncement(dataDir, { url: started.url, pid: process.pid, bench });
      address.resolve(started.url);
      await Promise.race([running.bench.ended, service.ended, aborted(closing.signal)]);
      await writeAnnouncement(dataDir, { url: started.url, pid: null, bench });
    } finally {
      await service?.stop();
      await running.bench.stop();
    }
  }

  async function startBench(): Promise<Running> {
    const bench = startProcess('bench', {});
    try {
      return { bench, addresses: benchReady.parse(await readyInTime(bench)) };
    } catch (error) {
      await bench.stop();
      throw error;
    }
  }

  /** The same port as last time where it is free: pages that were opened before a restart lead back to it. */
  async function startService(bench: Bench, wantedPort: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
    const child = startProcess('service', {
      DATABASE_PATH: join(dataDir, 'account.db'),
      PORT: wantedPort,
      STRIPE_SECRET_KEY: bench.stripe.secretKey,
      STRIPE_WEBHOOK_SECRET: bench.stripe.webhookSecret,
      STRIPE_API_BASE: bench.stripe.url,
      SMTP_URL: bench.mail.smtpUrl,
      CARRIER_URL: bench.carrier.url,
      MAIL_FROM: 'LEB <no-reply@leb.example>',
      SUPPORT_EMAIL: 'support@leb.example',
      LEB_TRIAL: '1',
    });
    try {
      return { child, url: serviceReady.parse(await readyInTime(child)).url };
    } catch (error) {
      await child.stop();
      if (wantedPort === '0' || closing.signal.aborted) throw error;
      return startService(bench, '0');
    }
  }

  /** An application that closes does not wait for a child that is just starting. */
  function readyInTime(child: ChildProcess): Promise<unknown> {
    const ready = withDeadline(child.ready, startDeadline, () => new LebError('SERVICE_UNREACHABLE', { reason: 'deadline' }));
    return Promise.race([ready, rejectWhenClosing()]);
  }

  async function rejectWhenClosing(): Promise<never> {
    await aborted(closing.signal);
    throw new LebError('SERVICE_UNREACHABLE', { reason: 'closing' });
  }

  async function livingElsewhere(): Promise<string | null> {
    const other = await readAnnouncement(dataDir);
    if (other === null || other.pid === null || !isAlive(other.pid)) return null;
    return (await answers(other.url)) ? other.url : null;
  }

  /** Until the other program has gone; then it is our turn. */
  async function stayAdopted(): Promise<void> {
    while (await pause(1000, closing.signal)) {
      const other = await readAnnouncement(dataDir);
      if (other === null || other.pid === null || !isAlive(other.pid)) return;
    }
  }

  const baseUrl = async (): Promise<string> => {
    start();
    if (adopted) {
      // The other program may have ended, or started its service again elsewhere, a moment ago.
      const other = await readAnnouncement(dataDir);
      if (other !== null && other.pid !== null) return other.url;
    }
    return withDeadline(address.promise, startDeadline * 2, () => new LebError('SERVICE_UNREACHABLE', { reason: 'deadline' }));
  };

  const start = (): void => {
    loop ??= run().catch((error: unknown) => {
      log.error('embedded.loop', error);
      address.reject(new LebError('SERVICE_UNREACHABLE', { reason: 'embedded' }, { cause: error }));
    });
  };

  return {
    trial: true,
    sessionName: 'session:embedded',
    start,
    baseUrl,
    async benchServers() {
      await baseUrl();
      // Written before the address is told, by whichever program runs the bench.
      const announced = await readAnnouncement(dataDir);
      if (announced === null) throw new LebError('SERVICE_UNREACHABLE', { reason: 'announcement' });
      return announced.bench.servers;
    },
    async close() {
      closing.abort();
      await loop;
    },
  };
}

/** The provider's stand-in learns where its webhooks go. */
async function tellWebhook(bench: Bench, serviceUrl: string): Promise<void> {
  const answer = await fetch(`${bench.stripe.url}/_bench/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${serviceUrl}/hooks/stripe` }),
    signal: AbortSignal.timeout(5000),
  });
  if (!answer.ok) throw new Error(`the payment stand-in refused its webhook: ${answer.status}`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/v1/service`, { signal: AbortSignal.timeout(probeDeadline) })).ok;
  } catch {
    return false;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
