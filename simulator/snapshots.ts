/** One value that changes, for several watchers. */
export type Snapshots<T> = {
  /** The value now and after every change, until `signal` aborts. A watcher that is slow misses what was replaced meanwhile. */
  watch(signal: AbortSignal): AsyncIterable<T>;
  /** Something changed. */
  announce(): void;
};

export function makeSnapshots<T>(read: () => T): Snapshots<T> {
  const wakers = new Set<() => void>();
  return {
    async *watch(signal) {
      let changed = true;
      let wake: (() => void) | null = null;
      const wakeUp = (): void => {
        changed = true;
        wake?.();
      };
      wakers.add(wakeUp);
      signal.addEventListener('abort', wakeUp);
      try {
        while (!signal.aborted) {
          if (changed) {
            changed = false;
            yield read();
            continue;
          }
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          wake = null;
        }
      } finally {
        wakers.delete(wakeUp);
        signal.removeEventListener('abort', wakeUp);
      }
    },
    announce() {
      for (const wake of wakers) wake();
    },
  };
}
