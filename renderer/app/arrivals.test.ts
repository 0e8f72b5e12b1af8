import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DevicesSnapshot } from '#contract/desk/devices.ts';
import { followArrivals, newForMs, settledAfterMs } from './arrivals.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const snapshot = (devices: Readonly<Record<string, 'ready' | 'reading' | 'reconnecting' | 'ghost'>>): DevicesSnapshot => ({
  transports: [],
  devices: Object.entries(devices).map(([deviceId, state]) => ({
    deviceId,
    state,
    kind: 'reader',
    name: deviceId,
    virtual: false,
    busyTaskId: null,
    ladder: [],
    euicc: null,
    modem: null,
    otherEuiccs: [],
    seenAt: '2026-05-14T10:00:00.000Z',
  })),
});

test('what the window finds when it opens is not new; what is plugged in later is, for ten seconds', () => {
  const { recent, see } = followArrivals();
  see(snapshot({}), 1);
  see(snapshot({ one: 'reading' }), 1);
  expect([...recent.get()]).toEqual([]);
  vi.advanceTimersByTime(settledAfterMs);
  see(snapshot({ one: 'ready', two: 'reading' }), 1);
  expect([...recent.get()]).toEqual(['two']);
  vi.advanceTimersByTime(newForMs - 1);
  expect([...recent.get()]).toEqual(['two']);
  vi.advanceTimersByTime(1);
  expect([...recent.get()]).toEqual([]);
});

test('a ghost that comes back is new; a modem that restarts after a switch is not', () => {
  const { recent, see } = followArrivals();
  see(snapshot({ one: 'ready', two: 'ready' }), 1);
  vi.advanceTimersByTime(settledAfterMs);
  see(snapshot({ one: 'ghost', two: 'reconnecting' }), 1);
  see(snapshot({ one: 'reading', two: 'ready' }), 1);
  expect([...recent.get()]).toEqual(['one']);
});

test('an application that was started anew finds its devices again: that is no news', () => {
  const { recent, see } = followArrivals();
  see(snapshot({ one: 'ready' }), 1);
  vi.advanceTimersByTime(settledAfterMs);
  see(snapshot({}), 2);
  see(snapshot({ one: 'reading' }), 2);
  expect([...recent.get()]).toEqual([]);
});
