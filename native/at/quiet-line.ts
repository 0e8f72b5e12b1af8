/** Tells when a line has been quiet for a while. */
export type QuietLine = {
  /** Something came. */
  touch(): void;
  /** Milliseconds since something came last. */
  quietFor(): number;
  /** Resolves when nothing has come for so long, or when waiting longer makes no sense: ten times that, or stopped. */
  settled(quietMs: number): Promise<void>;
  stop(): void;
};

export function createQuietLine(): QuietLine {
  const state = { lastTouch: performance.now(), stopped: false };
  return {
    touch() {
      state.lastTouch = performance.now();
    },
    quietFor: () => performance.now() - state.lastTouch,
    async settled(quietMs) {
      const limit = performance.now() + 10 * quietMs;
      state.lastTouch = performance.now();
      while (!state.stopped) {
        const now = performance.now();
        const rest = state.lastTouch + quietMs - now;
        if (rest <= 0 || now >= limit) return;
        await new Promise((resolve) => {
          setTimeout(resolve, Math.ceil(rest));
        });
      }
    },
    stop() {
      state.stopped = true;
    },
  };
}
