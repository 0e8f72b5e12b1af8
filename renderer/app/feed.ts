import type { Connection } from './connection.ts';
import { failureOf, type Failure } from './failure.ts';
import { createStore } from './store.ts';

/** The newest value of a stream; the last one stays while the stream is interrupted, with the reason beside it. */
export type FeedState<T> = { readonly value: T | null; readonly failure: Failure | null };
export type Feed<T> = {
  readonly get: () => FeedState<T>;
  readonly subscribe: (listener: () => void) => () => void;
  /** Ends the stream for good. */
  readonly stop: () => void;
};

const firstRetryMs = 300;
const slowestRetryMs = 5_000;

/**
 * Follows an event iterator of the contract for as long as the page lives: again after each reconnection, and with growing pauses after a
 * failure. `endless` streams are opened again when they end; the others are finished then.
 */
export function followFeed<T>(
  connection: Connection,
  open: (signal: AbortSignal) => Promise<AsyncIterable<T>>,
  options: { readonly endless: boolean } = { endless: true },
): Feed<T> {
  const store = createStore<FeedState<T>>({ value: null, failure: null });
  const ended = new AbortController();
  void follow();
  return { get: store.get, subscribe: store.subscribe, stop: () => ended.abort() };

  async function follow(): Promise<void> {
    let delayMs = firstRetryMs;
    while (!ended.signal.aborted) {
      await untilOpen(connection, ended.signal);
      if (ended.signal.aborted) return;
      try {
        for await (const value of await open(ended.signal)) {
          delayMs = firstRetryMs;
          store.set({ value, failure: null });
        }
        if (!options.endless) return;
      } catch (error) {
        if (ended.signal.aborted) return;
        // While the carrier is away the window says so once; it is no failure of each stream.
        if (connection.state.get().link === 'open') store.set({ value: store.get().value, failure: failureOf(error) });
      }
      await pause(delayMs, ended.signal);
      delayMs = Math.min(delayMs * 2, slowestRetryMs);
    }
  }
}

function untilOpen({ state }: Connection, signal: AbortSignal): Promise<void> {
  if (state.get().link === 'open' || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      stop();
      resolve();
    };
    const stop = state.subscribe(() => {
      if (state.get().link === 'open') finish();
    });
    signal.addEventListener('abort', finish, { once: true });
  });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener('abort', finish, { once: true });
  });
}
