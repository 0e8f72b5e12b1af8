import type { SimNews } from '../at/commands/sim-state.ts';

/** What the modem has said of its card so far, so that nothing said between two commands is missed. */
export type SimWatch = {
  note(news: SimNews): void;
  readonly count: number;
  readonly last: SimNews | null;
  /** `performance.now()` of the last news. */
  readonly lastAt: number;
  /** Resolves at the next news or after the time, whichever comes first. */
  next(milliseconds: number): Promise<void>;
};

export function createSimWatch(): SimWatch {
  let count = 0;
  let last: SimNews | null = null;
  let lastAt = 0;
  const waiting = new Set<() => void>();
  return {
    note(news) {
      count += 1;
      last = news;
      lastAt = performance.now();
      for (const wake of waiting) wake();
    },
    get count() {
      return count;
    },
    get last() {
      return last;
    },
    get lastAt() {
      return lastAt;
    },
    next(milliseconds) {
      return new Promise((resolve) => {
        function finish(): void {
          clearTimeout(timer);
          waiting.delete(finish);
          resolve();
        }
        const timer = setTimeout(finish, milliseconds);
        waiting.add(finish);
      });
    },
  };
}
