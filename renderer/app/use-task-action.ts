import { useState } from 'react';
import type { Task } from '#contract/desk/tasks.ts';
import { useTasks } from './desk.tsx';
import type { Failure } from './failure.ts';
import { useAction } from './use-action.ts';

export type TaskAction<Input extends readonly unknown[]> = {
  /** Starts the task; resolves with false where it could not be started (the failure is then shown from `failure`). */
  readonly run: (...input: Input) => Promise<boolean>;
  /** From the press until the task has ended. */
  readonly running: boolean;
  /** Why the task could not be started, or why it failed. */
  readonly failure: Failure | null;
  /** The task that was started last, as it was last seen. */
  readonly task: Task | null;
};

/** One thing that a button does as a task: it is working until the task ends, and what the task failed of is said where it was started. */
export function useTaskAction<Input extends readonly unknown[]>(
  start: (...input: Input) => Promise<{ readonly taskId: string }>,
): TaskAction<Input> {
  const tasks = useTasks().value ?? [];
  const [followed, setFollowed] = useState<{ readonly taskId: string; readonly task: Task | null } | null>(null);
  const action = useAction(start);
  const present = followed === null ? undefined : tasks.find(({ taskId }) => taskId === followed.taskId);
  // Ended tasks leave the list after a while: what came of this one stays.
  if (followed !== null && present !== undefined && present !== followed.task) setFollowed({ ...followed, task: present });
  const task = present ?? followed?.task ?? null;
  // Started, and not on the list yet.
  const expected = followed !== null && task === null;
  return {
    run: async (...input) => {
      setFollowed(null);
      const started = await action.run(...input);
      if (started !== null) setFollowed({ taskId: started.taskId, task: null });
      return started !== null;
    },
    running: action.running || expected || present?.state === 'running',
    failure: action.failure ?? task?.error ?? null,
    task,
  };
}
