import type { Task } from '#contract/desk/tasks.ts';
import { LebError } from '#contract/errors.ts';
import type { Desk, Terminal } from './terminal.ts';

/**
 * Starts a task and follows it to its end; its steps go to stderr as they come. Ctrl-C asks it to end at the next place where that is safe.
 * @throws LebError why it failed; CANCELLED
 */
export async function followTask(terminal: Terminal, desk: Desk, start: () => Promise<{ readonly taskId: string }>): Promise<Task> {
  const { taskId } = await start();
  const { progress, words, interrupted } = terminal;
  const cancel = (): void => {
    progress.note(words.say('progress.cancelling'));
    desk.tasks.cancel({ taskId }).catch(() => undefined); // it ended in the same moment: its own end is told below
  };
  if (interrupted.aborted) cancel();
  else interrupted.addEventListener('abort', cancel, { once: true });
  try {
    for await (const tasks of await desk.tasks.watch()) {
      const task = tasks.find((candidate) => candidate.taskId === taskId);
      if (task === undefined) continue;
      const running = task.steps.find(({ state }) => state === 'running');
      if (running !== undefined) progress.begin(words.say(`step.${running.name}`));
      if (task.state === 'running') continue;
      progress.end(task.state === 'done' ? 'done' : 'failed');
      if (task.state === 'done') return task;
      throw new LebError(task.error?.code ?? 'CANCELLED', task.error?.details ?? {});
    }
  } finally {
    interrupted.removeEventListener('abort', cancel);
  }
  throw new LebError('CANCELLED');
}
