import { assertNever } from '#renderer/app/assert-never.ts';
import type { Task, TaskAnswer } from '#contract/desk/tasks.ts';

/** How a download stands. `declined`: nothing was installed, because the person said so. */
export type Outcome = 'running' | 'installed' | 'declined' | 'failed';

/** Why the person did not want it. */
export type DeclineReason = Extract<TaskAnswer, { readonly kind: 'no' }>['reason'];

/** Reads the outcome of a download from its task: done may also mean that it ended at the preview. */
export function outcomeOf(task: Pick<Task, 'state' | 'steps'>): Outcome {
  switch (task.state) {
    case 'running':
      return 'running';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'declined';
    case 'done':
      return task.steps.some(({ name, state }) => name === 'installProfile' && state === 'done') ? 'installed' : 'declined';
    default:
      return assertNever(task.state);
  }
}
