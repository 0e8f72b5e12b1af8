import type { Problem } from '#contract/common.ts';
import type { ModemStatus } from '#contract/desk/devices.ts';
import type { StepName, Task, TaskKind } from '#contract/desk/tasks.ts';
import { instantNow } from '../clock.ts';
import type { StepReporter } from './profile-steps.ts';

/** The task as it is shown, and the only way to change it: steps go forward, and it ends once. */
export type TaskRecord = StepReporter & {
  readonly task: Task;
  done(modem: ModemStatus | null): void;
  fail(problem: Problem): void;
};

/** Before the card is touched, and while only the network is waited for. */
const cancellableSteps: ReadonlySet<StepName> = new Set(['openCard', 'waitForNetwork']);

export function createTaskRecord(options: {
  readonly taskId: string;
  readonly kind: TaskKind;
  readonly deviceId: string;
  readonly iccid: string;
  readonly profileName: string | null;
  readonly steps: readonly StepName[];
  readonly changed: (task: Task) => void;
}): TaskRecord {
  let task: Task = {
    taskId: options.taskId,
    kind: options.kind,
    deviceId: options.deviceId,
    iccid: options.iccid,
    profileName: options.profileName,
    state: 'running',
    steps: options.steps.map((name) => ({ name, state: 'notReached', at: null })),
    cancellable: true,
    startedAt: instantNow(),
    finishedAt: null,
    error: null,
    modem: null,
  };
  const change = (next: Partial<Task>): void => {
    task = { ...task, ...next };
    options.changed(task);
  };
  const settle = (running: 'done' | 'failed'): Task['steps'] =>
    task.steps.map((step) => (step.state === 'running' ? { ...step, state: running, at: instantNow() } : step));
  options.changed(task);

  return {
    get task() {
      return task;
    },
    begin(name) {
      if (task.steps.some((step) => step.name === name && step.state === 'running')) return;
      const steps = settle('done').map((step) => (step.name === name ? { ...step, state: 'running' as const, at: instantNow() } : step));
      change({ steps, cancellable: cancellableSteps.has(name) });
    },
    skip(name) {
      change({ steps: task.steps.map((step) => (step.name === name ? { ...step, state: 'skipped' as const } : step)) });
    },
    done(modem) {
      change({ steps: settle('done'), state: 'done', cancellable: false, finishedAt: instantNow(), modem });
    },
    fail(error) {
      const cancelled = error.code === 'CANCELLED';
      change({
        steps: settle('failed'),
        state: cancelled ? 'cancelled' : 'failed',
        cancellable: false,
        finishedAt: instantNow(),
        error: cancelled ? null : error,
      });
    },
  };
}
