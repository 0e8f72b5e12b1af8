import { Stripe } from 'stripe';
import type { FaultList } from './faults.ts';
import type { StripeStore } from './store.ts';

const answerDeadline = 10_000;
const firstRetry = 1000;
const longestRetry = 60_000;
const maximumTries = 20;

type Delivery = { readonly sequence: number; readonly event_id: string; readonly tries: number };

export type WebhookQueueOptions = {
  readonly store: StripeStore;
  readonly faults: FaultList;
  readonly secret: string;
  readonly target: () => string | null;
  readonly now: () => number;
};

/**
 * Delivers events to the one webhook address of the bench: signed, in the order of their making unless told otherwise, again with
 * growing pauses (1 s doubling to 1 min, 20 tries; Stripe itself goes on for three days) until a 2xx answers within 10 s.
 * The queue is in the database: what was not delivered before a restart is delivered after it.
 */
export class WebhookQueue {
  readonly #options: WebhookQueueOptions;
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #again = false;

  constructor(options: WebhookQueueOptions) {
    this.#options = options;
  }

  /** Called inside the transaction that made the events, so that an event and its delivery are kept or lost together. */
  enqueue(events: readonly Pick<Stripe.EventBase, 'id' | 'type'>[]): void {
    const { store, faults, now, target } = this.#options;
    if (target() === null) return;
    const insert = store.state.database.prepare<[string, number, string]>(
      'insert into delivery (event_id, due_ms, state) values (?, ?, ?)',
    );
    const last: (() => void)[] = [];
    // One moment for all, or a millisecond that ends between two would put them in another order than the one below.
    const due = now();
    for (const event of events) {
      const fault = faults.takeForEvent(event.type);
      switch (fault?.kind) {
        case undefined:
          insert.run(event.id, due, 'pending');
          break;
        case 'duplicate':
          insert.run(event.id, due, 'pending');
          insert.run(event.id, due, 'pending');
          break;
        case 'delay':
          insert.run(event.id, due + (fault?.milliseconds ?? 0), 'pending');
          break;
        case 'drop':
          insert.run(event.id, due, 'dropped');
          break;
        case 'reorder':
          last.push(() => insert.run(event.id, due, 'pending'));
          break;
      }
    }
    for (const put of last) put();
  }

  /** Starts work on whatever is due. Never throws and never waits. */
  wake(): void {
    if (this.#abort.signal.aborted) return;
    if (this.#running !== null) {
      this.#again = true;
      return;
    }
    this.#running = this.#work().finally(() => {
      this.#running = null;
      if (this.#again) {
        this.#again = false;
        this.wake();
      } else {
        this.#schedule();
      }
    });
  }

  async close(): Promise<void> {
    this.#abort.abort();
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#running;
  }

  async #work(): Promise<void> {
    for (;;) {
      const url = this.#options.target();
      const next = this.#next();
      if (url === null || next === null || this.#abort.signal.aborted) return;
      const failure = await this.#send(url, next);
      if (this.#abort.signal.aborted) return;
      this.#settle(next, failure);
    }
  }

  #next(): Delivery | null {
    const { store, now } = this.#options;
    const row = store.state.database
      .prepare<[number], Delivery>(
        "select sequence, event_id, tries from delivery where state = 'pending' and due_ms <= ? order by due_ms, sequence limit 1",
      )
      .get(now());
    return row ?? null;
  }

  /** Null when it was taken, else why not. */
  async #send(url: string, delivery: Delivery): Promise<string | null> {
    const payload = JSON.stringify(this.#options.store.get('event', delivery.event_id), null, 2);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'manual', // Stripe counts a redirect as a failure.
        signal: AbortSignal.any([this.#abort.signal, AbortSignal.timeout(answerDeadline)]),
        headers: {
          'Content-Type': 'application/json; charset=utf-8',
          'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
          'Stripe-Signature': Stripe.webhooks.generateTestHeaderString({
            payload,
            secret: this.#options.secret,
            timestamp: Math.floor(this.#options.now() / 1000),
          }),
        },
        body: payload,
      });
      await answer.body?.cancel();
      return answer.ok ? null : `HTTP ${answer.status}`;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #settle(delivery: Delivery, failure: string | null): void {
    const { store, now } = this.#options;
    const { database } = store.state;
    const tries = delivery.tries + 1;
    store.transact(() => {
      if (failure === null) {
        database.prepare("update delivery set state = 'delivered', tries = ? where sequence = ?").run(tries, delivery.sequence);
        const event = store.get('event', delivery.event_id);
        const delivered: typeof event = { ...event, pending_webhooks: Math.max(0, event.pending_webhooks - 1) };
        store.update(delivered);
        return;
      }
      const pause = Math.min(longestRetry, firstRetry * 2 ** delivery.tries);
      database
        .prepare('update delivery set state = ?, tries = ?, due_ms = ?, last_error = ? where sequence = ?')
        .run(tries >= maximumTries ? 'failed' : 'pending', tries, now() + pause, failure, delivery.sequence);
    });
  }

  #schedule(): void {
    if (this.#abort.signal.aborted) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const row = this.#options.store.state.database
      .prepare<[], { due: number | null }>("select min(due_ms) as due from delivery where state = 'pending'")
      .get();
    if (row?.due === null || row?.due === undefined || this.#options.target() === null) return;
    this.#timer = setTimeout(() => this.wake(), Math.max(1, row.due - this.#options.now()));
  }
}
