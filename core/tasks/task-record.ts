import type { Problem } from '#contract/common.ts';
import type { ModemStatus } from '#contract/desk/devices.ts';
import type { StepName, Task } from '#contract/desk/tasks.ts';
import { instantNow } from '../clock.ts';
import type { Job } from './job.ts';

/** Tells which step is going on. */
export type StepReporter = {
  begin(step: StepName): void;
  skip(step: StepName): void;
};

/** What a job may add to its task while it runs. */
export type TaskFacts = Partial<
  Pick<
    Task,
    | 'iccid'
    | 'profileName'
    | 'cancellable'
    | 'need'
    | 'preview'
    | 'progress'
    | 'events'
    | 'networks'
    | 'refreshedBy'
    | 'deliveries'
    | 'testRoots'
  >
>;

/** The task as it is shown, and the only way to change it: steps go forward, and it ends once. */
export type TaskRecord = StepReporter & {
  readonly task: Task;
  note(facts: TaskFacts): void;
  done(modem: ModemStatus | null): void;
  fail(problem: Problem): void;
};

/** Before the card is touched, and while only a server or the network is waited for. A job may say it more exactly. */
const cancellableSteps: ReadonlySet<StepName> = new Set(['openCard', 'sendNotifications', 'waitForNetwork', 'scanNetworks']);

export function createTaskRecord(options: {
  readonly taskId: string;
  readonly deviceId: string;
  readonly job: Job;
  readonly changed: (task: Task) => void;
}): TaskRecord {
  let task: Task = {
    taskId: options.taskId,
    kind: options.job.kind,
    deviceId: options.deviceId,
    iccid: options.job.iccid,
    profileName: options.job.profileName,
    state: 'running',
    steps: options.job.steps.map((name) => ({ name, state: 'notReached', at: null })),
    cancellable: true,
    startedAt: instantNow(),
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
    note(facts) {
      change(facts);
    },
    done(modem) {
      change({ steps: settle('done'), state: 'done', cancellable: false, need: null, finishedAt: instantNow(), modem });
    },
    fail(error) {
      const cancelled = error.code === 'CANCELLED';
      change({
        steps: settle('failed'),
        state: cancelled ? 'cancelled' : 'failed',
        cancellable: false,
        need: null,
        finishedAt: instantNow(),
        error: cancelled ? null : error,
      });
    },
  };
}
