import { useCallback, useEffect, useRef, useState } from 'react';
import { failureOf, type Failure } from '#renderer/app/failure.ts';

export type Reading<T> = {
  /** What was read or said last; it stays while it is read again, and while it cannot be. */
  readonly value: T | null;
  readonly failure: Failure | null;
  /** Whether it can be read now. */
  readonly possible: boolean;
  readonly again: () => void;
  /** What a change has answered: it is newer than what was read before. */
  readonly put: (value: T) => void;
};

type State<T> = { readonly key: string; readonly value: T | null; readonly failure: Failure | null };

/**
 * Reads what a part of the screen shows: when it appears, whenever `occasion` changes, and when it is asked to. Nothing is asked while
 * `possible` is false. `key` is what is read about: another one begins anew.
 */
export function useReading<T>(
  { key, occasion, possible }: { readonly key: string; readonly occasion: string; readonly possible: boolean },
  read: (signal: AbortSignal) => Promise<T>,
): Reading<T> {
  const [state, setState] = useState<State<T>>({ key, value: null, failure: null });
  const [round, setRound] = useState(0);
  const latest = useRef(read);
  // The question whose answer counts: an answer to an older one is dropped, as is one from before a change.
  const open = useRef<string | null>(null);
  useEffect(() => {
    latest.current = read;
  });
  const question = `${key} ${occasion} ${round}`;
  useEffect(() => {
    if (!possible) return undefined;
    const stopped = new AbortController();
    open.current = question;
    const take = (change: (before: State<T>) => State<T>): void => {
      if (!stopped.signal.aborted && open.current === question) setState(change);
    };
    latest.current(stopped.signal).then(
      (value) => take(() => ({ key, value, failure: null })),
      (error: unknown) => take((kept) => ({ key, value: kept.key === key ? kept.value : null, failure: failureOf(error) })),
    );
    return () => stopped.abort();
  }, [key, question, possible]);
  const again = useCallback(() => setRound((count) => count + 1), []);
  const put = useCallback(
    (value: T) => {
      open.current = null;
      setState({ key, value, failure: null });
    },
    [key],
  );
  const { value, failure } = state.key === key ? state : { value: null, failure: null };
  return { value, failure, possible, again, put };
}
