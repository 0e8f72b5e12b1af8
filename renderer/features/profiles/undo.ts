import type { Device } from '#contract/desk/devices.ts';
import type { Task } from '#contract/desk/tasks.ts';

/** What brings back the profile that was in use before a switch. */
export type Undo = { readonly act: 'enable' | 'disable'; readonly deviceId: string; readonly iccid: string };

/**
 * How a switch can be taken back, or null where it cannot or where it is not known what was in use before.
 * @param devices as they were while the task ran: the last reading of a busy card is the one before the switch
 */
export function undoOf(task: Task, devices: readonly Device[]): Undo | null {
  const { deviceId, iccid } = task;
  if (iccid === null) return null;
  if (task.kind === 'profile.disable') return { act: 'enable', deviceId, iccid };
  if (task.kind !== 'profile.enable') return null;
  const euicc = devices.find((device) => device.deviceId === deviceId)?.euicc ?? null;
  if (euicc === null) return null;
  const former = euicc.profiles.find(({ state }) => state === 'enabled');
  if (former === undefined) return { act: 'disable', deviceId, iccid };
  return former.iccid === iccid ? null : { act: 'enable', deviceId, iccid: former.iccid };
}
