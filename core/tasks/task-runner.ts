import { randomUUID } from 'node:crypto';
import type { Task } from '#contract/desk/tasks.ts';
import type { EuiccOverview } from '#contract/desk/devices.ts';
import { LebError } from '#contract/errors.ts';
import { isDeviceError } from '#native/errors.ts';
import type { OpenEuicc } from '#native/euicc/euicc.ts';
import { instantNow, withDeadline } from '../clock.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import type { Log } from '../log.ts';
import { toProblem } from '../problem.ts';
import { createPublisher, type Publisher } from '../publisher.ts';
import type { Store } from '../store/store.ts';
import { changeProfile, stepsOf, type ProfileChange } from './profile-steps.ts';
import { createTaskRecord } from './task-record.ts';

/** Long work on devices. A task that has begun is never lost: it ends done, failed or cancelled, and stays listed for ten minutes. */
export type TaskRunner = {
  readonly tasks: Publisher<Task[]>;
  /** Begins and returns at once. @throws LebError DEVICE_UNKNOWN, DEVICE_BUSY, DEVICE_UNSUITABLE */
  startProfileChange(deviceId: string, change: ProfileChange): string;
  /** Ends a task at the next place where that is safe. @throws LebError TASK_UNKNOWN */
  cancel(taskId: string): void;
  close(): Promise<void>;
};

const keptFor = 10 * 60_000;
const networkTimeout = 120_000;

type Running = { readonly stop: AbortController; readonly ended: Promise<void> };

export function createTaskRunner(options: {
  readonly registry: DeviceRegistry;
  readonly openEuicc: OpenEuicc;
  readonly store: Store;
  readonly log: Log;
}): TaskRunner {
  const { registry, store, log } = options;
  const tasks = createPublisher<Task[]>([]);
  const running = new Map<string, Running>();
  const timers = new Set<NodeJS.Timeout>();

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

  async function perform(device: ManagedDevice, change: ProfileChange, taskId: string, signal: AbortSignal): Promise<void> {
    const known = device.euicc;
    const viaModem = device.kind === 'modem';
    const record = createTaskRecord({
      taskId,
      kind: change.kind,
      deviceId: device.deviceId,
      iccid: change.iccid,
      profileName: nameOf(known, change.iccid),
      steps: stepsOf(change.kind, viaModem),
      changed: publish,
    });
    try {
      audit(store, record.task, change);
      const overview = await device.useCard(
        (access) => changeProfile({ access, openEuicc: options.openEuicc, change, known, steps: record, signal }),
        signal,
      );
      device.keepReading(overview);
      const modem = change.kind === 'profile.enable' ? device.modem() : null;
      if (modem !== null) {
        record.begin('waitForNetwork');
        if (signal.aborted) throw new LebError('CANCELLED');
        const waiting = modem.waitForProfile(change.iccid, { timeoutMs: networkTimeout, signal });
        // The modem keeps its own deadline; this one is for a modem that no longer keeps anything.
        const native = await withDeadline(waiting, networkTimeout + 10_000, () => new LebError('NOT_REGISTERED', { reason: 'deadline' }));
        record.done({ ...modem.identity, ...native, registration: { ...native.registration }, readAt: instantNow() });
      } else {
        record.done(null);
      }
    } catch (error) {
      if (!isDeviceError(error) && !(error instanceof LebError)) log.error('task', error);
      record.fail(toProblem(error));
    }
    auditEnd(store, record.task, log);
  }

  return {
    tasks,
    startProfileChange(deviceId, change) {
      const device = registry.find(deviceId);
      if (device.ghost) throw new LebError(device.kind === 'reader' ? 'READER_GONE' : 'PORT_NOT_FOUND', { deviceId });
      const taskId = randomUUID();
      const release = device.reserve(taskId);
      const stop = new AbortController();
      const ended = (async () => {
        try {
          await perform(device, change, taskId, stop.signal);
        } finally {
          running.delete(taskId);
          release();
          forgetLater(taskId);
        }
        // A modem's own events were left to the task while it ran.
        if (device.kind === 'modem' && !device.ghost) await device.refresh().catch((error: unknown) => log.error('task.refresh', error));
      })();
      running.set(taskId, { stop, ended });
      ended.catch((error: unknown) => log.error('task.end', error));
      return taskId;
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

function nameOf(known: EuiccOverview | null, iccid: string): string | null {
  const profile = known?.profiles.find((candidate) => candidate.iccid === iccid);
  return profile?.nickname ?? profile?.profileName ?? profile?.serviceProviderName ?? null;
}

function audit(store: Store, task: Task, change: ProfileChange): void {
  store.run(
    `insert into profile_task (task_id, kind, device_id, iccid, nickname, state, started_at)
     values ($taskId, $kind, $deviceId, $iccid, $nickname, $state, $startedAt)`,
    {
      taskId: task.taskId,
      kind: task.kind,
      deviceId: task.deviceId,
      iccid: task.iccid,
      nickname: change.kind === 'profile.rename' ? change.nickname : null,
      state: task.state,
      startedAt: task.startedAt,
    },
  );
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
