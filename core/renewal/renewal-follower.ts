import type { Order } from '#contract/account/index.ts';
import type { Renewal } from '#contract/desk/account.ts';
import { pause } from '../clock.ts';
import type { Log } from '../log.ts';
import { toLebError } from '../problem.ts';
import { createPublisher, type Publisher } from '../publisher.ts';
import { isClosed } from './phase.ts';

/** Follows one order at the service until it is over, and shows it as a renewal. */
export type RenewalFollower = {
  readonly renewal: Publisher<Renewal>;
  /** The order as it has just been read. */
  take(order: Order): void;
  /** Asks from the beginning of the back-off: somebody is waiting. */
  hurry(): void;
  /** The page that can be paid on; null when there is none. */
  showPage(url: string | null): void;
  /** Builds the chain again, after devices or lines have changed. */
  rebuild(): void;
  /** True when nothing more can change: the order is closed and each node has said what it can. */
  readonly over: boolean;
  stop(): void;
};

const rank: Readonly<Record<Order['state'], number>> = {
  open: 0,
  paid: 1,
  fulfilled: 2,
  verified: 3,
  cancelled: 3,
  expired: 3,
  refunded: 4,
};
const firstInterval = 2000;
const longestInterval = 10_000;
/** How long the chip and the network may take to be seen after the order is verified. */
const settleTime = 120_000;

export function createRenewalFollower(
  first: Order,
  options: {
    readonly read: (orderId: string) => Promise<Order>;
    /** Everything but the order and the page. */
    readonly build: (order: Order) => Pick<Renewal, 'phase' | 'chain' | 'device'>;
    readonly orderChanged: (order: Order, former: Order) => void;
    readonly over: () => void;
    readonly log: Log;
  },
): RenewalFollower {
  const stopping = new AbortController();
  let order = first;
  let pageUrl: string | null = null;
  let interval = firstInterval;
  let waking = new AbortController();
  let closedAt: number | null = isClosed(first.state) ? performance.now() : null;
  let over = false;

  const present = (): Renewal => ({ order, pageUrl: order.state === 'open' ? pageUrl : null, ...options.build(order) });
  const renewal = createPublisher<Renewal>(present());

  function finishIfOver(): void {
    if (over || closedAt === null) return;
    const { chain, phase } = renewal.value;
    const waits = [chain.chip, chain.network].some(
      (node) => (node.state === 'waiting' && node.problem === null) || (node.state === 'unknown' && node.evidence['reason'] === 'reading'),
    );
    if (phase === 'verified' && waits && performance.now() - closedAt < settleTime) return;
    finish();
  }

  function finish(): void {
    over = true;
    stopping.abort();
    renewal.close();
    options.over();
  }

  function take(next: Order): void {
    const former = order;
    // A list that was asked for earlier may arrive later: an order never goes back.
    if (rank[next.state] < rank[former.state]) return;
    order = next;
    if (next.state !== former.state) interval = firstInterval;
    if (closedAt === null && isClosed(next.state)) closedAt = performance.now();
    if (JSON.stringify(next) !== JSON.stringify(former)) {
      rebuild();
      options.orderChanged(next, former);
    }
    finishIfOver();
  }

  function rebuild(): void {
    const next = present();
    if (JSON.stringify(next) !== JSON.stringify(renewal.value)) renewal.publish(next);
    finishIfOver();
  }

  async function follow(): Promise<void> {
    while (!stopping.signal.aborted) {
      waking = new AbortController();
      await pause(interval, AbortSignal.any([stopping.signal, waking.signal]));
      if (stopping.signal.aborted) return;
      interval = Math.min(interval * 1.25, longestInterval);
      if (closedAt !== null) {
        finishIfOver();
        continue;
      }
      try {
        take(await options.read(order.orderId));
      } catch (error) {
        const { code } = toLebError(error);
        // Somebody else is signed in now: it is not theirs to see.
        if (code === 'ORDER_UNKNOWN') finish();
        else if (code === 'SIGN_IN_REQUIRED') interval = longestInterval;
        else options.log.warn('renewal.read', { code });
      }
    }
  }
  finishIfOver();
  if (!over) void follow();

  return {
    renewal,
    take,
    hurry() {
      interval = firstInterval;
      waking.abort();
    },
    showPage(url) {
      pageUrl = url;
      rebuild();
    },
    rebuild,
    get over() {
      return over;
    },
    stop() {
      stopping.abort();
      renewal.close();
    },
  };
}
