import { randomUUID } from 'node:crypto';
import type { Task, TaskAnswer, TaskNeed } from '#contract/desk/tasks.ts';
import { LebError } from '#contract/errors.ts';
import { isDeviceError } from '#native/errors.ts';
import { withDeadline } from '../clock.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import type { Log } from '../log.ts';
import { toProblem } from '../problem.ts';
import { createPublisher, type Publisher } from '../publisher.ts';
import type { Store } from '../store/store.ts';
import type { Job } from './job.ts';
import { createTaskRecord } from './task-record.ts';

/** Long work on devices. A task that has begun is never lost: it ends done, failed or cancelled, and stays listed for ten minutes. */
export type TaskRunner = {
  readonly tasks: Publisher<Task[]>;
  /** Begins and returns at once. @throws LebError DEVICE_UNKNOWN, DEVICE_BUSY, READER_GONE, PORT_NOT_FOUND */
  start(deviceId: string, makeJob: (device: ManagedDevice) => Job): string;
  /** Ends a task at the next place where that is safe. @throws LebError TASK_UNKNOWN */
  cancel(taskId: string): void;
  /** @throws LebError TASK_UNKNOWN, INPUT_INVALID where the task does not ask, or asks something else */
  answer(taskId: string, answer: TaskAnswer): void;
  close(): Promise<void>;
};

const keptFor = 10 * 60_000;

type Running = {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
  question: { readonly need: TaskNeed; resolve(answer: TaskAnswer): void } | null;
};

export function createTaskRunner(options: { readonly registry: DeviceRegistry; readonly store: Store; readonly log: Log }): TaskRunner {
  const { registry, store, log } = options;
  const tasks = createPublisher<Task[]>([]);
  const running = new Map<string, Running>();
  const timers = new Set<NodeJS.Timeout>();
  auditInterrupted(store, log);

  const publish = (task: Task): void => {
    const listed = tasks.value.some(({ taskId }) => taskId === task.taskId);
    tasks.publish(listed ? tasks.value.map((other) => (other.taskId === task.taskId ? task : other)) : [...tasks.value, task]);
  };
  const forgetLater = (taskId: string): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      tasks.publish(tasks.value.filter((task) => task.taskId !== taskId));
    }, keptFor);
    timer.unref();
    timers.add(timer);
  };

  async function perform(device: ManagedDevice, job: Job, taskId: string, signal: AbortSignal): Promise<void> {
    const record = createTaskRecord({ taskId, deviceId: device.deviceId, job, changed: publish });
    const ask = (need: TaskNeed): Promise<TaskAnswer> =>
      new Promise((resolve, reject) => {
        const entry = running.get(taskId);
        if (entry === undefined || signal.aborted) {
          reject(new LebError('CANCELLED'));
          return;
        }
        const giveUp = (): void => {
          entry.question = null;
          reject(new LebError('CANCELLED'));
        };
        signal.addEventListener('abort', giveUp, { once: true });
        entry.question = {
          need,
          resolve(answer) {
            signal.removeEventListener('abort', giveUp);
            entry.question = null;
            record.note({ need: null });
            resolve(answer);
          },
        };
        record.note({ need });
      });
    try {
      audit(store, record.task, job);
      record.done(await job.run({ device, record, signal, ask }));
    } catch (error) {
      if (!isDeviceError(error) && !(error instanceof LebError)) log.error('task', error);
      record.fail(toProblem(error));
    }
    auditEnd(store, record.task, log);
  }

  return {
    tasks,
    start(deviceId, makeJob) {
      const device = registry.find(deviceId);
      if (device.ghost) throw new LebError(device.kind === 'reader' ? 'READER_GONE' : 'PORT_NOT_FOUND', { deviceId });
      const job = makeJob(device);
      const taskId = randomUUID();
      const release = device.reserve(taskId);
      const stop = new AbortController();
      const ended = (async () => {
        await Promise.resolve(); // the entry below is there before the job can ask anything
        try {
          await perform(device, job, taskId, stop.signal);
        } finally {
          running.delete(taskId);
          release();
          forgetLater(taskId);
        }
        // A modem's own events were left to the task while it ran.
        if (device.kind === 'modem' && !device.ghost) await device.refresh().catch((error: unknown) => log.error('task.refresh', error));
      })();
      running.set(taskId, { stop, ended, question: null });
      ended.catch((error: unknown) => log.error('task.end', error));
      return taskId;
    },
    answer(taskId, answer) {
      const task = running.get(taskId);
      if (task === undefined && !tasks.value.some((other) => other.taskId === taskId)) throw new LebError('TASK_UNKNOWN', { taskId });
      const question = task?.question ?? null;
      if (question === null || !fits(question.need, answer)) throw new LebError('INPUT_INVALID', { field: 'answer' });
      question.resolve(answer);
    },
    cancel(taskId) {
      const task = running.get(taskId);
      if (task !== undefined) task.stop.abort();
      else if (!tasks.value.some((other) => other.taskId === taskId)) throw new LebError('TASK_UNKNOWN', { taskId });
    },
    async close() {
      for (const { stop } of running.values()) stop.abort();
      const ends = [...running.values()].map(({ ended }) => ended);
      await withDeadline(Promise.allSettled(ends), 5000, () => new LebError('CANCELLED')).catch(() => undefined);
      for (const timer of timers) clearTimeout(timer);
      tasks.close();
    },
  };
}

function fits(need: TaskNeed, answer: TaskAnswer): boolean {
  return answer.kind === 'no' || (answer.kind === 'confirmationCode') === (need.kind === 'confirmationCode');
}

function audit(store: Store, task: Task, job: Job): void {
  store.run(
    `insert into profile_task (task_id, kind, device_id, iccid, nickname, state, started_at)
     values ($taskId, $kind, $deviceId, $iccid, $nickname, $state, $startedAt)`,
    {
      taskId: task.taskId,
      kind: task.kind,
      deviceId: task.deviceId,
      iccid: task.iccid,
      nickname: job.nickname,
      state: task.state,
      startedAt: task.startedAt,
    },
  );
}

/** What still runs belongs to a program that was ended before its task; another one that lives writes over it when its task ends. */
function auditInterrupted(store: Store, log: Log): void {
  try {
    store.run("update profile_task set state = 'interrupted' where state = 'running'");
  } catch (error) {
    log.error('task.audit', error);
  }
}

/** What happened to the card has happened, whether the record can be written or not. */
function auditEnd(store: Store, task: Task, log: Log): void {
  try {
    store.run(
      `update profile_task set state = $state, error_code = $code, error_details = $details, finished_at = $finishedAt
       where task_id = $taskId`,
      {
        taskId: task.taskId,
        state: task.state,
        code: task.error?.code ?? null,
        details: task.error === null ? null : JSON.stringify(task.error.details),
        finishedAt: task.finishedAt,
      },
    );
  } catch (error) {
    log.error('task.audit', error);
  }
}
