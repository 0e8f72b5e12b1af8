/** Timers that all end when the power does. */
export type ModemClock = {
  /** Runs `action` after `milliseconds` of the modem's time, unless the power goes before. */
  after(milliseconds: number, action: () => void): void;
  stop(): void;
};

/** @param timeScale 1 is real time, 0 as fast as it goes */
export function makeModemClock(timeScale: number): ModemClock {
  const timers = new Set<NodeJS.Timeout>();
  return {
    after(milliseconds, action) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        action();
      }, milliseconds * timeScale);
      timers.add(timer);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
