/** Tells when a line has been quiet for a while. */
export type QuietLine = {
  /** Something came. */
  touch(): void;
  /** Resolves when nothing has come for the whole time, or when waiting longer makes no sense: ten times that, or stopped. */
  settled(): Promise<void>;
  stop(): void;
};

export function createQuietLine(quietMs: number): QuietLine {
  const state = { lastTouch: 0, stopped: false };
  return {
    touch() {
      state.lastTouch = performance.now();
    },
    async settled() {
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
