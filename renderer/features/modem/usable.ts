import type { Device, ModemStatus } from '#contract/desk/devices.ts';

/** A modem that has answered. */
export type ModemOf = { readonly device: Device; readonly modem: ModemStatus };

/** Whether a modem can be asked now: it is there, and no task has it for itself. */
export function isUsable({ state, busyTaskId, modem }: Device): boolean {
  return state === 'ready' && busyTaskId === null && modem !== null;
}
