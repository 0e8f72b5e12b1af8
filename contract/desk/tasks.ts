/** Long work: one list of running and just finished tasks, the same for the window's tray, the terminal and the batch runner. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { iccid, instant, problem, procedure } from '../common.ts';
import { deviceId, modemStatus } from './devices.ts';

export const taskKind = z.enum(['profile.enable', 'profile.disable', 'profile.delete', 'profile.rename']);
/** In the order in which they come; a kind uses the ones that it needs. */
export const stepName = z.enum([
  'openCard',
  'disableProfile',
  'enableProfile',
  'deleteProfile',
  'renameProfile',
  'refreshCard',
  'readBack',
  'waitForNetwork',
]);

export const task = z.object({
  taskId: z.string(),
  kind: taskKind,
  deviceId,
  iccid: iccid.nullable(),
  profileName: z.string().nullable(), // as shown when the task began
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  steps: z.array(
    z.object({ name: stepName, state: z.enum(['notReached', 'running', 'done', 'failed', 'skipped']), at: instant.nullable() }),
  ),
  cancellable: z.boolean(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  error: problem.nullable(),
  /** After a switch through a modem: what the modem now says. */
  modem: modemStatus.nullable(),
});

export const tasksContract = {
  /** All running tasks and those that ended in the last ten minutes, now and after each change. */
  watch: procedure.output(eventIterator(z.array(task))),
  cancel: procedure.input(z.object({ taskId: z.string() })).output(z.void()),
};

export type Task = z.infer<typeof task>;
export type TaskKind = z.infer<typeof taskKind>;
export type StepName = z.infer<typeof stepName>;
