import { useCallback, useEffect, useRef, useState } from 'react';
import { failureOf, type Failure } from './failure.ts';

export type Action<Input extends readonly unknown[], Output> = {
  /** Does the work; resolves with null where it failed (the failure is then shown from `failure`). A second call while it runs does nothing. */
  readonly run: (...input: Input) => Promise<Output | null>;
  readonly running: boolean;
  readonly failure: Failure | null;
  readonly clear: () => void;
};

/** One thing that a button does: whether it is being done, and why it did not work. */
export function useAction<Input extends readonly unknown[], Output>(work: (...input: Input) => Promise<Output>): Action<Input, Output> {
  const [state, setState] = useState<{ readonly running: boolean; readonly failure: Failure | null }>({ running: false, failure: null });
  const latest = useRef(work);
  const busy = useRef(false);
  useEffect(() => {
    latest.current = work;
  });
  const run = useCallback(async (...input: Input): Promise<Output | null> => {
    if (busy.current) return null;
    busy.current = true;
    setState({ running: true, failure: null });
    try {
      const output = await latest.current(...input);
      setState({ running: false, failure: null });
      return output;
    } catch (error) {
      setState({ running: false, failure: failureOf(error) });
      return null;
    } finally {
      busy.current = false;
    }
  }, []);
  const clear = useCallback(() => setState((before) => ({ ...before, failure: null })), []);
  return { run, running: state.running, failure: state.failure, clear };
}

export type Answer<T> = { readonly value: T | null; readonly failure: Failure | null; readonly again: () => void };

/** Asks a question when the screen appears and whenever `key` changes; an answer that comes after a newer question is dropped. */
export function useAnswer<T>(key: string, ask: (signal: AbortSignal) => Promise<T>): Answer<T> {
  const [round, setRound] = useState(0);
  const [state, setState] = useState<{
    readonly key: string;
    readonly round: number;
    readonly value: T | null;
    readonly failure: Failure | null;
  }>({ key, round, value: null, failure: null });
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    const stopped = new AbortController();
    const answer = async (): Promise<void> => {
      try {
        const value = await latest.current(stopped.signal);
        if (!stopped.signal.aborted) setState({ key, round, value, failure: null });
      } catch (error) {
        if (!stopped.signal.aborted) setState({ key, round, value: null, failure: failureOf(error) });
      }
    };
    void answer();
    return () => stopped.abort();
  }, [key, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  return state.key === key && state.round === round
    ? { value: state.value, failure: state.failure, again }
    : { value: null, failure: null, again };
}
