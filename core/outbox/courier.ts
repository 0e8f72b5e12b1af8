import type { Problem } from '#contract/common.ts';
import { isDeviceError } from '#native/errors.ts';
import type { ProfileServerClient } from '#native/rsp/http/profile-server-client.ts';
import { handleNotification } from '#native/rsp/messages/handle-notification.ts';
import type { Log } from '../log.ts';
import { toProblem } from '../problem.ts';
import type { OutboxStore, StoredNotification } from './outbox-store.ts';

/** The servers as one card may reach them: those that its own roots vouch for. */
export type ServerSessions = {
  session(ciKeyIds: readonly string[]): { readonly client: ProfileServerClient; usesTestRoots(): boolean };
};

export type Attempt = {
  /** Its server has it. With a `problem`, it has looked at it and did not like it. */
  readonly heard: boolean;
  readonly problem: Problem | null;
  readonly testRoots: boolean;
};

/** Brings single notifications to their servers. */
export type Courier = {
  /** Joins an attempt that is going on already. Never rejects. */
  send(stored: StoredNotification): Promise<Attempt>;
  /** Ends what is under way; it stays in the outbox. */
  close(): Promise<void>;
};

/** Longer than any answer may take: who still has a claim after that has died with it. */
const claimMs = 90_000;
const firstDelayMs = 30_000;
const longestDelayMs = 3_600_000;

/** Failures that are the server's or the network's, and not of this one notification. */
export function isUnreachable(problem: Problem | null): boolean {
  return problem?.code === 'PROFILE_SERVER_UNREACHABLE' || problem?.code === 'PROFILE_SERVER_TIMEOUT';
}

export function createCourier(options: {
  readonly store: OutboxStore;
  readonly servers: ServerSessions;
  readonly log: Log;
  readonly changed: () => void;
  /** 0 … 1, for the jitter. */
  readonly random: () => number;
}): Courier {
  const { store, log, changed } = options;
  const closing = new AbortController();
  const underWay = new Map<string, Promise<Attempt>>();
  const nothing: Attempt = { heard: false, problem: null, testRoots: false };

  /** Doubles from half a minute to an hour; the jitter keeps many cards from knocking at the same second. */
  const nextAttempt = (attempts: number): string => {
    const longest = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempts, 16));
    return new Date(Date.now() + longest * (0.5 + options.random() / 2)).toISOString();
  };

  async function attempt({ entryId, address, server, bytes, ciKeyIds, attempts, seqNumber }: StoredNotification): Promise<Attempt> {
    const now = Date.now();
    const until = new Date(now + claimMs).toISOString();
    if (closing.signal.aborted || !store.claim(entryId, new Date(now).toISOString(), until)) return nothing;
    changed();
    const session = options.servers.session(ciKeyIds);
    try {
      await session.client.call(address, handleNotification, bytes, closing.signal);
      store.deliver(entryId, null);
      return { heard: true, problem: null, testRoots: session.usesTestRoots() };
    } catch (error) {
      if (isDeviceError(error) && error.code === 'CANCELLED') {
        store.release(entryId, until);
        return nothing;
      }
      if (!isDeviceError(error)) log.error('outbox.send', error);
      const problem = toProblem(error);
      // An explicit refusal will not become another one by asking again (SGP.22 v2.5 §5.2.6).
      const heard = typeof problem.details['subjectCode'] === 'string';
      if (heard) {
        log.warn('outbox.refused', { seqNumber, ...problem.details });
        store.deliver(entryId, problem);
      } else {
        const later = nextAttempt(attempts);
        store.fail(entryId, until, problem, later);
        if (isUnreachable(problem)) store.postpone(server, later);
      }
      return { heard, problem, testRoots: session.usesTestRoots() };
    } finally {
      changed();
    }
  }

  return {
    send(stored) {
      const running = underWay.get(stored.entryId);
      if (running !== undefined) return running;
      const sending = attempt(stored)
        .catch((error: unknown): Attempt => {
          // The database itself: the notification is still on the card or in the file, and a claim runs out.
          log.error('outbox.store', error);
          return { ...nothing, problem: toProblem(error) };
        })
        .finally(() => underWay.delete(stored.entryId));
      underWay.set(stored.entryId, sending);
      return sending;
    },
    async close() {
      closing.abort();
      await Promise.all(underWay.values());
    },
  };
}
