import type { Task, TaskAnswer, TaskNeed } from '#contract/desk/tasks.ts';
import { LebError } from '#contract/errors.ts';
import type { Desk, Terminal } from './terminal.ts';
import { formatPercent } from './text.ts';

/**
 * Answers what a task asks for. Where it throws, the order is left open and that is why the command fails. `over` aborts when nobody
 * waits for the answer any more.
 */
export type AnswerNeed = (task: Task, need: TaskNeed, over: AbortSignal) => Promise<TaskAnswer>;

/** Waits until the task `fits`, and gives it as it then is. */
type UntilTask = (fits: (task: Task) => boolean, signal?: AbortSignal) => Promise<Task>;

/**
 * Starts a task and follows it to its end; its steps go to stderr as they come. Ctrl-C asks it to end at the next place where that is safe.
 * @throws LebError why it failed; CANCELLED
 */
export async function followTask(
  terminal: Terminal,
  desk: Desk,
  start: () => Promise<{ readonly taskId: string }>,
  answerNeed: AnswerNeed = refuseToAnswer,
): Promise<Task> {
  const { taskId } = await start();
  const { progress, words, interrupted } = terminal;
  const until = watchTask(terminal, desk, taskId);
  const cancel = (): void => {
    progress.note(words.say('progress.cancelling'));
    desk.tasks.cancel({ taskId }).catch(() => undefined); // it ended in the same moment: its own end is told below
  };
  if (interrupted.aborted) cancel();
  else interrupted.addEventListener('abort', cancel, { once: true });
  let unanswered: unknown = null;
  try {
    let task = await until(asksOrEnds);
    while (task.state === 'running' && task.need !== null) {
      progress.end('done');
      try {
        await answer(desk, task, task.need, answerNeed, until);
        task = await until(asksOrEnds);
      } catch (error) {
        unanswered = error;
        await desk.tasks.answer({ taskId, answer: { kind: 'no', reason: 'postponed' } }).catch(() => undefined); // it does not ask any more
        task = await until(({ state }) => state !== 'running');
      }
    }
    progress.end(task.state === 'done' ? 'done' : 'failed');
    if (unanswered !== null && task.state === 'cancelled') throw unanswered;
    if (task.state === 'done') return task;
    throw new LebError(task.error?.code ?? 'CANCELLED', { ...task.error?.details, ...(task.testRoots ? { testRoots: true } : {}) });
  } finally {
    interrupted.removeEventListener('abort', cancel);
  }
}

function asksOrEnds({ state, need }: Task): boolean {
  return state !== 'running' || need !== null;
}

function refuseToAnswer({ kind }: Task, need: TaskNeed): Promise<TaskAnswer> {
  return Promise.reject(new LebError('INTERNAL', { task: kind, need: need.kind }));
}

/** Shows how far the task is while it is waited for. A step that goes on after a question is not said again. */
function watchTask({ progress, words }: Terminal, desk: Desk, taskId: string): UntilTask {
  let said: string | null = null;
  const show = ({ need, steps, progress: bytes }: Task): void => {
    const step = steps.find(({ state }) => state === 'running')?.name ?? null;
    if (step === null || need !== null) return;
    if (step !== said) progress.begin(words.say(`step.${step}`));
    said = step;
    if (step === 'installProfile' && bytes !== null) progress.detail(formatPercent(words, bytes.bytesDone, bytes.bytesTotal));
  };
  return async (fits, signal) => {
    for await (const tasks of await desk.tasks.watch(undefined, signal === undefined ? {} : { signal })) {
      const task = tasks.find((candidate) => candidate.taskId === taskId);
      if (task === undefined) continue;
      show(task);
      if (fits(task)) return task;
    }
    throw new LebError('CANCELLED');
  };
}

/** A task may end while the person still thinks: then there is nothing to answer any more. */
async function answer(desk: Desk, task: Task, need: TaskNeed, answerNeed: AnswerNeed, until: UntilTask): Promise<void> {
  const over = new AbortController();
  const answered = new AbortController();
  const ended = until(({ state }) => state !== 'running', answered.signal).then(
    () => over.abort(),
    () => undefined,
  );
  try {
    const reply = await answerNeed(task, need, over.signal);
    if (!over.signal.aborted) await desk.tasks.answer({ taskId: task.taskId, answer: reply });
  } finally {
    answered.abort();
    await ended;
  }
}
