import type { DevicesSnapshot } from '#contract/desk/devices.ts';
import { createStore, type Store } from './store.ts';

/** So long a device that was plugged in counts as new. */
export const newForMs = 10_000;
/** What is found in the first moments was there before the window: it is no news. */
export const settledAfterMs = 10_000;

export type Arrivals = {
  /** The devices that were plugged in during the last ten seconds. */
  readonly recent: Store<ReadonlySet<string>>;
  /** To be told each snapshot of the devices; `epoch` counts the carriers that it came over, the first one of each begins anew. */
  readonly see: (snapshot: DevicesSnapshot, epoch: number) => void;
};

/** Tells a device that was just plugged in from one that was there all along. A ghost that comes back is new again. */
export function followArrivals(): Arrivals {
  const recent = createStore<ReadonlySet<string>>(new Set());
  let present: ReadonlySet<string> = new Set();
  let seenEpoch: number | null = null;
  let settledAt = 0;
  const without = (deviceId: string): void => recent.set(new Set([...recent.get()].filter((id) => id !== deviceId)));
  const see = (snapshot: DevicesSnapshot, epoch: number): void => {
    const now = Date.now();
    const before = present;
    present = new Set(snapshot.devices.filter(({ state }) => state !== 'ghost').map(({ deviceId }) => deviceId));
    if (epoch !== seenEpoch) {
      seenEpoch = epoch;
      settledAt = now + settledAfterMs;
    }
    if (now < settledAt) return;
    const arrived = [...present].filter((deviceId) => !before.has(deviceId));
    if (arrived.length === 0) return;
    recent.set(new Set([...recent.get(), ...arrived]));
    for (const deviceId of arrived) setTimeout(() => without(deviceId), newForMs);
  };
  return { recent, see };
}
