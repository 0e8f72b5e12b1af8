import type { ModemStatus } from '#contract/desk/devices.ts';
import type { StepName, TaskAnswer, TaskKind, TaskNeed } from '#contract/desk/tasks.ts';
import type { ManagedDevice } from '../devices/managed-device.ts';
import type { TaskRecord } from './task-record.ts';

export type JobTools = {
  readonly device: ManagedDevice;
  readonly record: TaskRecord;
  /** Looked at where it is safe to stop. */
  readonly signal: AbortSignal;
  /** Shows what is needed and waits for the person, as long as that takes. @throws LebError CANCELLED */
  readonly ask: (need: TaskNeed) => Promise<TaskAnswer>;
};

/** One piece of long work on one device. */
export type Job = {
  readonly kind: TaskKind;
  readonly iccid: string | null;
  readonly profileName: string | null;
  /** For the record of what was done. */
  readonly nickname: string | null;
  /** In the order in which they are shown. */
  readonly steps: readonly StepName[];
  /** @returns what the modem says after it, where the job waited for that. @throws what ends the task as failed or cancelled */
  run(tools: JobTools): Promise<ModemStatus | null>;
};
