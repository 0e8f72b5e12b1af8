/** One source, any number of listeners that each take what comes at their own speed. */
export type EventStream<Event> = {
  publish(event: Event): void;
  /** No more events; every listener ends after what it still has. */
  end(): void;
  /** What comes from this call on, until `signal` aborts or the stream ends. */
  subscribe(signal: AbortSignal): AsyncIterable<Event>;
  /** Calls back at each event until the returned function is called. */
  listen(listener: (event: Event) => void): () => void;
};

/** A listener that never takes its events loses the oldest, not our memory. */
const mostWaiting = 1_000;

export function createEventStream<Event>(): EventStream<Event> {
  const listeners = new Set<(event: Event) => void>();
  const endings = new Set<() => void>();
  let ended = false;

  return {
    publish(event) {
      for (const listener of listeners) listener(event);
    },
    end() {
      ended = true;
      for (const ending of endings) ending();
      listeners.clear();
      endings.clear();
    },
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    subscribe(signal) {
      const waiting: Event[] = [];
      let over = ended || signal.aborted;
      let wake: (() => void) | null = null;

      function take(event: Event): void {
        waiting.push(event);
        if (waiting.length > mostWaiting) waiting.shift();
        wake?.();
      }
      function finish(): void {
        over = true;
        listeners.delete(take);
        endings.delete(finish);
        signal.removeEventListener('abort', finish);
        wake?.();
      }
      if (!over) {
        listeners.add(take);
        endings.add(finish);
        signal.addEventListener('abort', finish);
      }

      return {
        async *[Symbol.asyncIterator]() {
          try {
            for (;;) {
              const event = waiting.shift();
              if (event !== undefined) yield event;
              else if (over) return;
              else
                await new Promise<void>((resolve) => {
                  wake = resolve;
                });
            }
          } finally {
            finish();
          }
        },
      };
    },
  };
}
