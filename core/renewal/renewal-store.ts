import { z } from 'zod';
import { quote as quoteSchema, type Quote } from '#contract/account/index.ts';
import { instantNow } from '../clock.ts';
import type { Store } from '../store/store.ts';

/** A renewal in progress as it survives a crash. The order's own state is the service's; here is only what the service cannot know. */
export type StoredRenewal = {
  readonly idempotencyKey: string;
  readonly orderId: string | null; // null: the service has not answered yet
  readonly acknowledgedFailureAt: string | null;
};

export type RenewalStore = {
  /**
   * The key under which an order for this quote is made. A former wish for the same thing that never got its answer gives its key
   * again: the service then returns the order that it made, instead of a second one.
   */
  intend(quote: Quote): string;
  /** The service's answer: from now on the renewal is followed, also after a restart. */
  remember(idempotencyKey: string, orderId: string): void;
  /** An order that was made elsewhere (another program, another machine) and is followed here too. */
  adopt(orderId: string, quote: Quote): void;
  acknowledgeFailure(orderId: string, at: string | null): void;
  acknowledgedFailureAt(orderId: string): string | null;
  close(orderId: string): void;
  /** Orders that are not over, as far as we know. */
  open(): readonly string[];
  /** Drops a wish that the service refused: nothing was made under its key. */
  forget(idempotencyKey: string): void;
};

/** The service forgets an unpaid order after a day; a wish without an answer is not repeated after that. */
const wishKeptFor = 24 * 3600_000;
const orderIdRow = z.object({ order_id: z.string() });
const failureRow = z.object({ acknowledged_failure_at: z.string().nullable() });
const wishRow = z.object({ idempotency_key: z.string(), quote: z.string() });

export function createRenewalStore(store: Store, service: string): RenewalStore {
  const insert = (key: string, quote: Quote, orderId: string | null): void => {
    const at = instantNow();
    store.run(
      `insert into renewal (idempotency_key, service, line_id, quote, order_id, state, created_at, updated_at)
       values ($key, $service, $lineId, $quote, $orderId, 'open', $at, $at) on conflict do nothing`,
      { key, service, lineId: quote.lineId, quote: JSON.stringify(quote), orderId, at },
    );
  };
  return {
    intend(quote) {
      const since = new Date(Date.now() - wishKeptFor).toISOString();
      const wishes = store.all(
        `select idempotency_key, quote from renewal
         where service = $service and line_id = $lineId and order_id is null and created_at > $since order by created_at desc`,
        { service, lineId: quote.lineId, since },
      );
      for (const row of wishes) {
        const wish = wishRow.parse(row);
        const former = quoteSchema.safeParse(JSON.parse(wish.quote));
        if (former.success && sameOrder(former.data, quote)) return wish.idempotency_key;
      }
      const key = crypto.randomUUID();
      insert(key, quote, null);
      return key;
    },
    remember(key, orderId) {
      // The order may have been adopted meanwhile: then there is nothing left to remember it by.
      store.run('delete from renewal where order_id = $orderId and idempotency_key <> $key', { key, orderId });
      store.run('update renewal set order_id = $orderId, updated_at = $at where idempotency_key = $key', {
        key,
        orderId,
        at: instantNow(),
      });
    },
    adopt: (orderId, quote) => insert(`adopted:${orderId}`, quote, orderId),
    acknowledgeFailure(orderId, at) {
      store.run('update renewal set acknowledged_failure_at = $failureAt, updated_at = $at where order_id = $orderId', {
        orderId,
        failureAt: at,
        at: instantNow(),
      });
    },
    acknowledgedFailureAt(orderId) {
      const [row] = store.all('select acknowledged_failure_at from renewal where order_id = $orderId', { orderId });
      return row === undefined ? null : failureRow.parse(row).acknowledged_failure_at;
    },
    close(orderId) {
      store.run("update renewal set state = 'over', updated_at = $at where order_id = $orderId", { orderId, at: instantNow() });
    },
    open() {
      const rows = store.all("select order_id from renewal where service = $service and state = 'open' and order_id is not null", {
        service,
      });
      return rows.map((row) => orderIdRow.parse(row).order_id);
    },
    forget(key) {
      store.run('delete from renewal where idempotency_key = $key and order_id is null', { key });
    },
  };
}

/** What the service computes a price from, and the price that was seen. */
function sameOrder(one: Quote, other: Quote): boolean {
  return (
    one.lineId === other.lineId &&
    one.planId === other.planId &&
    one.period === other.period &&
    one.promotion?.code === other.promotion?.code &&
    one.total.amountMinor === other.total.amountMinor &&
    one.total.currency === other.total.currency
  );
}
