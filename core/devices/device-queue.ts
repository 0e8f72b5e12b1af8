import { LebError } from '#contract/errors.ts';

/**
 * One queue per device: one piece of work at a time, what the person asked for before what we read by ourselves. A piece that has
 * begun is never interrupted from here.
 */
export type DeviceQueue = {
  /** @throws LebError CANCELLED if `signal` aborts before the work has begun; what the work itself throws */
  run<Result>(priority: 'user' | 'poll', work: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  readonly busy: boolean;
};

/** `start` does the work and resolves with what hands its outcome over. */
type Entry = { readonly priority: 'user' | 'poll'; start(): Promise<() => void> };

export function createDeviceQueue(): DeviceQueue {
  const waiting: Entry[] = [];
  let busy = false;

  const work = async (): Promise<void> => {
    if (busy) return;
    for (let entry = takeNext(waiting); entry !== undefined; entry = busy ? undefined : takeNext(waiting)) {
      busy = true;
      const handOver = await entry.start();
      // First free, then the outcome: whoever waits for it may find the device free.
      busy = false;
      handOver();
    }
  };

  return {
    get busy() {
      return busy;
    },
    run(priority, action, signal) {
      return new Promise((resolve, reject) => {
        const entry: Entry = {
          priority,
          async start() {
            signal?.removeEventListener('abort', giveUp);
            try {
              const result = await action();
              return () => resolve(result);
            } catch (error) {
              return () => reject(error);
            }
          },
        };
        const giveUp = (): void => {
          const position = waiting.indexOf(entry);
          if (position >= 0) waiting.splice(position, 1);
          reject(new LebError('CANCELLED'));
        };
        if (signal?.aborted === true) {
          giveUp();
          return;
        }
        signal?.addEventListener('abort', giveUp, { once: true });
        waiting.push(entry);
        void work();
      });
    },
  };
}

function takeNext(waiting: Entry[]): Entry | undefined {
  const position = waiting.findIndex((entry) => entry.priority === 'user');
  return waiting.splice(Math.max(position, 0), 1)[0];
}
