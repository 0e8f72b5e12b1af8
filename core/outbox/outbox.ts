import type { Problem } from '#contract/common.ts';
import type { OutboxEntry } from '#contract/desk/devices.ts';
import type { Delivery } from '#contract/desk/tasks.ts';
import { LebError } from '#contract/errors.ts';
import type { PendingNotification, RspEuicc, SignedNotification } from '#native/euicc/euicc.ts';
import { isCardRefusal, retrieveNotifications } from '#native/rsp/pending-notifications.ts';
import { instantNow, pause, withDeadline } from '../clock.ts';
import type { Log } from '../log.ts';
import { createPublisher, type Publisher } from '../publisher.ts';
import type { Store } from '../store/store.ts';
import { type Attempt, createCourier, isUnreachable, type ServerSessions } from './courier.ts';
import { contentHashOf, createOutboxStore, type StoredNotification, toOutboxEntry } from './outbox-store.ts';

/** A card on an open session, and whose it is. */
export type OutboxCard = { readonly euicc: RspEuicc; readonly eid: string; readonly ciKeyIds: readonly string[] };

export type Handover = {
  /** What became of each, in ascending order of its number. */
  readonly deliveries: readonly Delivery[];
  /** What is on the card's list now. */
  readonly left: readonly PendingNotification[];
  readonly testRoots: boolean;
};

/**
 * What cards have to say to profile servers (SGP.22 v2.5 §3.5). It is on the disk before it is sent, and on the card until its server has
 * it: it may arrive twice, which is harmless, and is never lost. In ascending order for each card and server, the servers side by side.
 */
export type Outbox = {
  readonly entries: Publisher<OutboxEntry[]>;
  /** Begins to deliver by itself what waits. */
  start(): void;
  /**
   * Takes what the card has to say, delivers it, and takes it off the card's list, all on its open session. A server that does not answer
   * is not waited for longer than some seconds; the rest is delivered later. `signal` only ends the waiting.
   * @throws DeviceError of the card, LebError STORE_FAILED: nothing is sent that is not on the disk
   */
  deliver(
    card: OutboxCard,
    options: {
      /** Left out: all. */
      readonly seqNumbers?: readonly number[];
      readonly signal: AbortSignal;
      readonly onDeliveries?: (deliveries: readonly Delivery[]) => void;
    },
  ): Promise<Handover>;
  /** Takes off the card what was delivered while it was away. Costs nothing where there is no such thing. Does not fail with the card. */
  sweep(euicc: RspEuicc, eid: string): Promise<void>;
  /** Drops what a person has taken off the card. */
  forget(eid: string, seqNumbers: readonly number[]): void;
  /** Tries everything that waits again now. */
  retry(): void;
  close(): Promise<void>;
};

/** How long a card is kept open for a server; slow ones take a few seconds. */
const patienceMs = 20_000;
/** What another program has put into the same file is seen this soon. */
const lookAgainMs = 60_000;

export function createOutbox(options: {
  readonly store: Store;
  readonly servers: ServerSessions;
  readonly log: Log;
  readonly random?: () => number;
}): Outbox {
  const { log } = options;
  const store = createOutboxStore(options.store);
  const entries = createPublisher<OutboxEntry[]>([]);
  const changed = (): void =>
    entries.publish(read().flatMap((queue) => queue.map((one, at) => toOutboxEntry(one, at === 0, instantNow()))));
  const courier = createCourier({ store, servers: options.servers, log, changed, random: options.random ?? Math.random });
  let timer: NodeJS.Timeout | null = null;
  let started = false;
  let closed = false;
  let passing: Promise<void> | null = null;

  /** Queues of each card and server; those that are delivered and still on their card come last, and are in nobody's way. */
  function read(): StoredNotification[][] {
    const all = store.all();
    const waiting = Map.groupBy(
      all.filter(({ state }) => state === 'waiting'),
      ({ eid, server }) => `${eid} ${server}`,
    );
    return [...waiting.values(), ...all.filter(({ state }) => state === 'delivered').map((one) => [one])];
  }

  /** One after the other, until one stays. @returns why that one did */
  async function drain(queue: readonly StoredNotification[]): Promise<Problem | null> {
    for (const one of queue) {
      const { heard, problem } = await courier.send(one);
      if (!heard) return problem;
    }
    return null;
  }

  /** Everything that is due, once. Cards of one server one after the other, so that a dead one is asked once. */
  async function pass(): Promise<void> {
    const due = read().filter((queue) => isDue(queue, instantNow()));
    const perServer = Map.groupBy(due, ([head]) => head?.server);
    await Promise.all(
      [...perServer.values()].map(async (queues) => {
        for (const queue of queues) {
          if (closed || isUnreachable(await drain(queue))) return;
        }
      }),
    );
  }

  function schedule(milliseconds: number): void {
    if (!started || closed) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(run, milliseconds);
    // A program that has nothing else to do may end: the next one goes on.
    timer.unref();
  }

  function run(): void {
    passing ??= passAndLookAgain().finally(() => {
      passing = null;
    });
  }

  /** A file that cannot be read now may be readable the next time. */
  async function passAndLookAgain(): Promise<void> {
    let wait = lookAgainMs;
    try {
      await pass();
      changed();
      wait = untilNext();
    } catch (error) {
      if (!closed) log.error('outbox.pass', error);
    }
    schedule(wait);
  }

  function untilNext(): number {
    const heads = read().flatMap(([head]) => (head?.state === 'waiting' ? [head] : []));
    const times = heads.map(({ nextAttemptAt, claimedUntil }) =>
      Date.parse(nextAttemptAt > (claimedUntil ?? '') ? nextAttemptAt : (claimedUntil ?? '')),
    );
    return Math.min(lookAgainMs, Math.max(1000, Math.min(...times) - Date.now()));
  }

  return {
    entries,
    start() {
      if (started || closed) return;
      started = true;
      changed();
      schedule(0);
    },
    async deliver({ euicc, eid, ciKeyIds }, { seqNumbers, signal, onDeliveries }) {
      const onCard = await readCard(euicc);
      const chosen = [...onCard.values()].filter(({ seqNumber }) => seqNumbers === undefined || seqNumbers.includes(seqNumber));
      store.take(eid, ciKeyIds, chosen, instantNow());
      changed();

      const mine = read().filter(([head]) => head?.eid === eid);
      const results = new Map<string, Attempt>();
      const deliveries = (): Delivery[] =>
        mine
          .flat()
          .map((one) => toDelivery(one, results))
          .toSorted((one, other) => one.seqNumber - other.seqNumber);
      let testRoots = false;
      let open = true;
      const deliverQueue = async (queue: readonly StoredNotification[]): Promise<void> => {
        for (const one of queue) {
          if (!open) return;
          const attempt = one.state === 'delivered' ? { heard: true, problem: one.problem, testRoots: false } : await courier.send(one);
          if (!open) return;
          testRoots ||= attempt.testRoots;
          results.set(one.entryId, attempt);
          if (attempt.heard) await takeOff(euicc, one, onCard);
          onDeliveries?.(deliveries());
          if (!attempt.heard) return;
        }
      };
      try {
        await withinPatience(Promise.all(mine.map(deliverQueue)), signal);
      } finally {
        open = false;
      }
      changed();
      schedule(untilNext());
      return { deliveries: deliveries(), left: [...onCard.values()].map(({ bytes: _bytes, ...rest }) => rest), testRoots };
    },
    async sweep(euicc, eid) {
      const delivered = store.all().filter((one) => one.eid === eid && one.state === 'delivered');
      if (delivered.length === 0) return;
      try {
        const onCard = await readCard(euicc);
        for (const one of delivered) await takeOff(euicc, one, onCard);
      } catch (error) {
        log.error('outbox.sweep', error);
      }
      changed();
    },
    forget(eid, seqNumbers) {
      if (store.forget(eid, seqNumbers)) changed();
    },
    retry() {
      store.hurry(instantNow());
      changed();
      started = true;
      schedule(0);
    },
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      const ended = Promise.all([courier.close(), passing]);
      await withDeadline(ended, 3000, () => new LebError('CANCELLED')).catch(() => undefined);
      entries.close();
    },
  };

  /** Only what is the same to the last signed byte: a number alone may have been given again. */
  async function takeOff(euicc: RspEuicc, one: StoredNotification, onCard: Map<string, SignedNotification>): Promise<void> {
    if (onCard.has(keyOf(one))) {
      try {
        await euicc.removeNotification(one.seqNumber);
      } catch (error) {
        if (!isCardRefusal(error)) throw error;
        log.error('outbox.remove', error);
        return;
      }
      onCard.delete(keyOf(one));
    }
    store.drop(one.entryId);
  }
}

function isDue([head]: readonly StoredNotification[], now: string): boolean {
  return head?.state === 'waiting' && head.nextAttemptAt <= now && (head.claimedUntil === null || head.claimedUntil <= now);
}

function keyOf({ seqNumber, contentHash }: { readonly seqNumber: number; readonly contentHash: string }): string {
  return `${seqNumber} ${contentHash}`;
}

async function readCard(euicc: RspEuicc): Promise<Map<string, SignedNotification>> {
  const notifications = await retrieveNotifications(euicc);
  return new Map(notifications.map((one) => [keyOf({ seqNumber: one.seqNumber, contentHash: contentHashOf(one.bytes) }), one]));
}

function toDelivery(
  { entryId, seqNumber, event, address, iccid, problem }: StoredNotification,
  results: ReadonlyMap<string, Attempt>,
): Delivery {
  const result = results.get(entryId);
  const state = result?.heard === true ? 'delivered' : 'queued';
  return { seqNumber, event, address, iccid, state, problem: result === undefined ? problem : result.problem };
}

/** Waits for the work, but neither beyond its time nor against the person's will; it then goes on by itself. */
async function withinPatience(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const stop = new AbortController();
  // What goes wrong with the card once nobody waits any more has been looked at where it happened.
  work.catch(() => undefined);
  try {
    await Promise.race([work, pause(patienceMs, AbortSignal.any([signal, stop.signal]))]);
  } finally {
    stop.abort();
  }
}
