import { useEffect, useState } from 'react';
import type { ActivationCode } from '#contract/desk/devices.ts';
import { useDesk } from '#renderer/app/desk.tsx';
import { useAnswer } from '#renderer/app/use-action.ts';
import type { Failure } from '#renderer/app/failure.ts';

/** So long nobody types before a text is read: half a code is no mistake yet. */
const pauseMs = 250;

export type ReadCode = {
  readonly code: ActivationCode | null;
  readonly failure: Failure | null;
  /** What they are about. */ readonly text: string;
};

/** Reads a text as an activation code while it is typed. Nothing is said about an empty one. */
export function useReadCode(text: string): ReadCode {
  const desk = useDesk();
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const answer = useAnswer(settled, async (signal) =>
    settled.trim() === '' ? null : desk.client.profiles.readActivationCode({ text: settled }, { signal }),
  );
  return { code: settled === text ? answer.value : null, failure: answer.failure, text: settled };
}
