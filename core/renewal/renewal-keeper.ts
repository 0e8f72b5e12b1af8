import type { Order, Quote } from '#contract/account/index.ts';
import type { Renewal } from '#contract/desk/account.ts';
import { LebError } from '#contract/errors.ts';
import type { AccountKeeper } from '../account/account-keeper.ts';
import type { ServiceClient } from '../account/service-client.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import { checkedPaymentPage } from '../links.ts';
import type { Log } from '../log.ts';
import { toLebError } from '../problem.ts';
import type { Subscription } from '../publisher.ts';
import { buildChain } from './chain.ts';
import { isClosed, phaseOf } from './phase.ts';
import { createRenewalFollower, type RenewalFollower } from './renewal-follower.ts';
import type { RenewalStore } from './renewal-store.ts';

/** Renewals from the click to the verified result. Nothing is charged by any of this: people pay on the provider's page. */
export type RenewalKeeper = {
  /** Follows again what was in progress when the program ended; opens nothing. */
  resume(): void;
  /** Makes the order and opens its page. @throws LebError PRICE_CHANGED, ORDER_OPEN, PLAN_UNAVAILABLE, PAYMENT_PROVIDER … */
  start(quote: Quote): Promise<{ renewal: Renewal; opened: boolean }>;
  openPage(orderId: string, fresh: boolean): Promise<{ url: string; opened: boolean }>;
  check(orderId: string): Promise<Renewal>;
  cancel(orderId: string): Promise<Renewal>;
  watch(orderId: string, signal: AbortSignal | undefined): Promise<Subscription<Renewal>>;
  close(): void;
};

export function createRenewalKeeper(options: {
  readonly client: ServiceClient;
  readonly account: AccountKeeper;
  readonly registry: DeviceRegistry;
  readonly store: RenewalStore;
  readonly trial: boolean;
  readonly openExternal: (url: string) => Promise<boolean>;
  readonly log: Log;
}): RenewalKeeper {
  const { client, account, registry, store, log } = options;
  const followers = new Map<string, RenewalFollower>();
  const closing = new AbortController();

  function build(order: Order): Pick<Renewal, 'phase' | 'chain' | 'device'> {
    const line = account.snapshot.value.lines.find(({ lineId }) => lineId === order.lineId) ?? null;
    const phase = phaseOf(order, store.acknowledgedFailureAt(order.orderId));
    return { phase, ...buildChain({ order, phase, line, iccid: line?.iccid ?? null, devices: registry.snapshot.value.devices }) };
  }

  function follow(order: Order): RenewalFollower {
    const known = followers.get(order.orderId);
    if (known !== undefined && !known.over) {
      known.take(order);
      return known;
    }
    const follower = createRenewalFollower(order, {
      read: (orderId) => account.signedIn(() => client.orders.show({ orderId })),
      build,
      orderChanged(next, former) {
        if (isClosed(next.state)) store.close(next.orderId);
        if (next.state !== former.state) void account.refresh();
      },
      over: () => {
        store.close(order.orderId);
        queueMicrotask(() => followers.delete(order.orderId));
      },
      log,
    });
    if (!follower.over) followers.set(order.orderId, follower);
    return follower;
  }

  const show = async (orderId: string): Promise<RenewalFollower> => follow(await account.signedIn(() => client.orders.show({ orderId })));

  async function openPageOf(order: Order, fresh: boolean): Promise<{ url: string; opened: boolean }> {
    const paid = await account.signedIn(() => client.orders.pay({ orderId: order.orderId, fresh }));
    const url = checkedPaymentPage(paid.url, options.trial);
    store.acknowledgeFailure(order.orderId, paid.order.lastFailure?.at ?? null);
    const follower = follow(paid.order);
    follower.showPage(url);
    follower.hurry();
    return { url, opened: await options.openExternal(url).catch(() => false) };
  }

  /** Whatever the account shows as not over is followed, wherever it was begun. */
  async function followAccount(): Promise<void> {
    for await (const { orders } of account.snapshot.subscribe(closing.signal)) {
      for (const order of orders) {
        if (isClosed(order.state)) followers.get(order.orderId)?.take(order);
        else {
          store.adopt(order.orderId, order.quote);
          follow(order);
        }
      }
      for (const follower of followers.values()) follower.rebuild();
    }
  }

  /** What was in progress when the program ended and is not among the orders that the account lists. */
  async function followStored(): Promise<void> {
    await account.ready();
    for (const orderId of store.open()) {
      if (!followers.has(orderId))
        await show(orderId).catch((error: unknown) => log.warn('renewal.resume', { code: toLebError(error).code }));
    }
  }

  async function followDevices(): Promise<void> {
    for await (const snapshot of registry.snapshot.subscribe(closing.signal)) {
      void snapshot;
      for (const follower of followers.values()) follower.rebuild();
    }
  }

  return {
    resume() {
      followAccount().catch((error: unknown) => log.error('renewal.account', error));
      followStored().catch((error: unknown) => log.error('renewal.stored', error));
      followDevices().catch((error: unknown) => log.error('renewal.devices', error));
    },
    async start(quote) {
      const idempotencyKey = store.intend(quote);
      let order: Order;
      try {
        order = await account.signedIn(() =>
          client.orders.create({
            idempotencyKey,
            lineId: quote.lineId,
            planId: quote.planId,
            period: quote.period,
            promotionCode: quote.promotion?.code ?? null,
            expectedTotal: quote.total,
          }),
        );
      } catch (error) {
        // Refused: nothing was made. No answer: perhaps something was, and the key is kept to find it.
        const noAnswer = error instanceof LebError && (error.code === 'SERVICE_UNREACHABLE' || error.code === 'SERVICE_ANSWER');
        if (!noAnswer) store.forget(idempotencyKey);
        void account.refresh();
        throw error;
      }
      store.remember(idempotencyKey, order.orderId);
      const follower = follow(order);
      // The order stands, whether its page can be made now or not.
      void account.refresh();
      const { opened } = await openPageOf(order, false);
      return { renewal: follower.renewal.value, opened };
    },
    async openPage(orderId, fresh) {
      const { renewal } = await show(orderId);
      return openPageOf(renewal.value.order, fresh);
    },
    async check(orderId) {
      const follower = follow(await account.signedIn(() => client.orders.check({ orderId })));
      follower.hurry();
      return follower.renewal.value;
    },
    async cancel(orderId) {
      return follow(await account.signedIn(() => client.orders.cancel({ orderId }))).renewal.value;
    },
    async watch(orderId, signal) {
      const follower = followers.get(orderId) ?? (await show(orderId));
      follower.hurry();
      return follower.renewal.subscribe(signal);
    },
    close() {
      closing.abort();
      for (const follower of followers.values()) follower.stop();
    },
  };
}
