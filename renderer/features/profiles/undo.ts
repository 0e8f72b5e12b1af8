import type { Device } from '#contract/desk/devices.ts';
import type { Task } from '#contract/desk/tasks.ts';
import { chipAddress, euiccsOf } from '#renderer/features/add-profile/chips.ts';

/** What brings back the profile that was in use before a switch. */
export type Undo = { readonly act: 'enable' | 'disable'; readonly deviceId: string; readonly isdrAid?: string; readonly iccid: string };

/**
 * How a switch can be taken back, or null where it cannot or where it is not known what was in use before.
 * @param devices as they were while the task ran: the last reading of a busy card is the one before the switch
 */
export function undoOf(task: Task, devices: readonly Device[]): Undo | null {
  const { deviceId, iccid } = task;
  const device = devices.find((candidate) => candidate.deviceId === deviceId);
  if (device === undefined || iccid === null) return null;
  const [euicc, another] = euiccsOf(device).filter(({ profiles }) => profiles.some((profile) => profile.iccid === iccid));
  // Two chips of one card may hold profiles of the same number; the task does not say which one it is about.
  if (euicc === undefined || another !== undefined) return null;
  const address = chipAddress({ device, euicc });
  if (task.kind === 'profile.disable') return { act: 'enable', ...address, iccid };
  if (task.kind !== 'profile.enable') return null;
  const former = euicc.profiles.find(({ state }) => state === 'enabled');
  if (former === undefined) return { act: 'disable', ...address, iccid };
  // Where several are enabled at once, it is not known whose place was taken.
  return former.iccid === iccid || euicc.mep !== null ? null : { act: 'enable', ...address, iccid: former.iccid };
}
