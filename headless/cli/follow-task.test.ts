import { describe, expect, it } from 'vitest';
import type { Task, TaskAnswer } from '#contract/desk/tasks.ts';
import { LebError } from '#contract/errors.ts';
import { createPublisher } from '#core/publisher.ts';
import { followTask, type AnswerNeed } from './follow-task.ts';
import type { Desk, Terminal } from './terminal.ts';
import { createWords } from './words.ts';

const running: Task = {
  taskId: 'task',
  kind: 'profile.download',
  deviceId: 'pcsc:A',
  iccid: null,
  profileName: null,
  state: 'running',
  steps: [
    { name: 'openCard', state: 'done', at: null },
    { name: 'installProfile', state: 'running', at: null },
  ],
  cancellable: true,
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: null,
  error: null,
  modem: null,
  need: null,
  preview: null,
  progress: null,
  events: null,
  networks: null,
  refreshedBy: null,
  deliveries: [],
  testRoots: false,
};
const asking: Task = { ...running, need: { kind: 'confirmationCode', refused: false } };
const done: Task = { ...running, state: 'done' };
const cancelled: Task = { ...running, state: 'cancelled' };

/** A task that is moved on by hand, and what the terminal did about it. */
function stage(first: Task, onAnswer: (answer: TaskAnswer) => Task) {
  const tasks = createPublisher<Task[]>([first]);
  const did: string[] = [];
  const shown: string[] = [];
  const interrupt = new AbortController();
  const desk = {
    tasks: {
      watch: async (_input?: undefined, options?: { readonly signal?: AbortSignal }) => tasks.subscribe(options?.signal),
      cancel: async () => {
        did.push('cancel');
        tasks.publish([cancelled]);
      },
      answer: async ({ answer }: { readonly answer: TaskAnswer }) => {
        if (tasks.value[0]?.need === null) throw new LebError('INPUT_INVALID', { field: 'answer' });
        did.push(answer.kind === 'no' ? answer.reason : answer.kind);
        tasks.publish([onAnswer(answer)]);
      },
    },
  } as unknown as Desk;
  const progress = {
    begin: (step: string) => void shown.push(step),
    detail: (text: string) => void shown.push(text),
    end: () => undefined,
    note: (text: string) => void shown.push(text),
  };
  const terminal = { words: createWords('en'), progress, interrupted: interrupt.signal } as unknown as Terminal;
  const follow = (answer?: AnswerNeed): Promise<Task> => followTask(terminal, desk, async () => ({ taskId: 'task' }), answer);
  return { did, shown, tasks, interrupt, follow };
}

describe('following a task', () => {
  it('shows its steps and how far the installation is', async () => {
    const { shown, follow, tasks } = stage(running, () => done);
    const following = follow();
    await expect.poll(() => shown).toEqual(['Installing the profile']);
    tasks.publish([{ ...running, progress: { bytesDone: 30, bytesTotal: 120 } }]);
    await expect.poll(() => shown.includes('25%')).toBe(true);
    tasks.publish([done]);
    expect((await following).state).toBe('done');
  });

  it('answers what it asks for, as often as it asks', async () => {
    const codes = ['1', '2'];
    const { did, follow } = stage(asking, (answer) =>
      answer.kind === 'confirmationCode' && answer.code === '2' ? done : { ...asking, need: { kind: 'confirmationCode', refused: true } },
    );
    const refusals: boolean[] = [];
    const task = await follow(async (_task, need) => {
      refusals.push(need.kind === 'confirmationCode' && need.refused);
      return { kind: 'confirmationCode', code: codes.shift() ?? '' };
    });
    expect(task.state).toBe('done');
    expect([did, refusals]).toEqual([
      ['confirmationCode', 'confirmationCode'],
      [false, true],
    ]);
  });

  it('leaves the order open where it cannot answer, and says what was missing', async () => {
    const { did, follow } = stage(asking, () => cancelled);
    const missing = new LebError('CONFIRMATION_CODE_REQUIRED');
    await expect(follow(() => Promise.reject(missing))).rejects.toBe(missing);
    expect(did).toEqual(['postponed']);
  });

  it('does not wait for an answer to a task that is over', async () => {
    const { tasks, follow } = stage(asking, () => done);
    const following = follow(
      (_task, _need, over) =>
        new Promise((_resolve, reject) => {
          over.addEventListener('abort', () => reject(new LebError('CANCELLED')));
          tasks.publish([{ ...running, state: 'failed', error: { code: 'CARD_REMOVED', details: {} }, testRoots: true }]);
        }),
    );
    await expect(following).rejects.toMatchObject({ code: 'CARD_REMOVED', details: { testRoots: true } });
  });

  it('asks it to end when the person wants that', async () => {
    const { did, shown, follow, interrupt } = stage(running, () => done);
    const following = follow();
    await expect.poll(() => shown.length).toBe(1);
    interrupt.abort();
    await expect(following).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(did).toEqual(['cancel']);
  });
});
