/** The present time as every boundary of ours writes it: UTC, ISO 8601 with milliseconds and Z. */
export function instantNow(): string {
  return new Date().toISOString();
}

/** Waits; rejects with the signal's reason as soon as it aborts. `milliseconds` under 2^31. */
export function delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(abortReason(signal));
      return;
    }
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(abortReason(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** The same, but an abort only ends the wait early. True if the whole time passed. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(milliseconds, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Bounds a wait: rejects with what `late` makes when `work` has not settled in time. The work itself cannot be stopped from here;
 * its later outcome is ignored, so that it never becomes an unhandled rejection.
 */
export function withDeadline<Result>(work: Promise<Result>, milliseconds: number, late: () => Error): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function abortReason(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
