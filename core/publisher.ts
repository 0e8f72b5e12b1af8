/**
 * A value with subscribers. A subscriber gets the present value first and then the latest one after each change: a slow subscriber
 * skips what it missed instead of queueing it, so that nothing grows behind a window that sleeps.
 */
export type Publisher<Value> = {
  readonly value: Value;
  publish(value: Value): void;
  /** Ends when `signal` aborts, when the consumer stops (`return`), or when the publisher closes. Never throws. */
  subscribe(signal?: AbortSignal): Subscription<Value>;
  /** Ends every subscription after its last value. */
  close(): void;
  readonly subscriberCount: number;
};

export type Subscription<Value> = AsyncIteratorObject<Value, undefined, void>;

type Result<Value> = IteratorResult<Value, undefined>;
type Subscriber<Value> = { offer(value: Value): void; end(immediately: boolean): void };

export function createPublisher<Value>(initial: Value): Publisher<Value> {
  let value = initial;
  let closed = false;
  const subscribers = new Set<Subscriber<Value>>();

  return {
    get value() {
      return value;
    },
    get subscriberCount() {
      return subscribers.size;
    },
    publish(next) {
      if (closed) return;
      value = next;
      for (const subscriber of subscribers) subscriber.offer(next);
    },
    subscribe(signal) {
      const subscription = createSubscription<Value>((self) => subscribers.delete(self), signal);
      subscription.subscriber.offer(value);
      if (closed) subscription.subscriber.end(false);
      else if (signal?.aborted !== true) subscribers.add(subscription.subscriber);
      return subscription.iterator;
    },
    close() {
      closed = true;
      for (const subscriber of subscribers) subscriber.end(false);
    },
  };
}

/** Written by hand instead of as an async generator: a generator's `return` waits for a pending `next`, which may never come. */
function createSubscription<Value>(
  detach: (self: Subscriber<Value>) => void,
  signal: AbortSignal | undefined,
): { readonly subscriber: Subscriber<Value>; readonly iterator: Subscription<Value> } {
  let pending: { readonly value: Value } | null = null;
  let waiting: ((result: Result<Value>) => void)[] = [];
  let ended = false;

  const subscriber: Subscriber<Value> = {
    offer(value) {
      if (ended) return;
      const first = waiting.shift();
      if (first === undefined) pending = { value };
      else first({ done: false, value });
    },
    end(immediately) {
      if (immediately) pending = null;
      if (ended) return;
      ended = true;
      detach(subscriber);
      signal?.removeEventListener('abort', onAbort);
      for (const resolve of waiting) resolve({ done: true, value: undefined });
      waiting = [];
    },
  };
  const onAbort = (): void => subscriber.end(true);
  if (signal?.aborted === true) ended = true;
  else signal?.addEventListener('abort', onAbort, { once: true });

  const iterator: Subscription<Value> = {
    next() {
      if (pending !== null) {
        const { value } = pending;
        pending = null;
        return Promise.resolve({ done: false, value });
      }
      if (ended) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve) => waiting.push(resolve));
    },
    return() {
      subscriber.end(true);
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return iterator;
    },
    [Symbol.asyncDispose]() {
      subscriber.end(true);
      return Promise.resolve();
    },
  };
  return { subscriber, iterator };
}
