import type { ChipProfile, ChipState } from './chip-state.ts';
import { enabledProfile } from './chip-state.ts';
import type { MepMode } from './chip-kind.ts';

/** A place for one enabled profile. An ordinary card has the first alone, the bench's MEP cards have both. */
export type Slot = 0 | 1;

/** With MEP-A1 and MEP-A2 port 0 belongs to the ISD-R, and profiles lie on the ports from 1 on (SGP.22 v3 §2.12). */
export function portOfSlot(mep: MepMode, slot: Slot): number {
  return mep === 'B' ? slot : slot + 1;
}

/** Null where no profile can be on this port. */
export function slotOfPort(mep: MepMode | null, port: number): Slot | null {
  if (mep === null) return port === 0 ? 0 : null;
  return ([0, 1] as const).find((slot) => portOfSlot(mep, slot) === port) ?? null;
}

export function highestPort(mep: MepMode | null): number {
  return mep === null ? 0 : portOfSlot(mep, 1);
}

/** Whether ES10 commands can come in on this port. */
export function hasIsdr(mep: MepMode | null, port: number): boolean {
  return mep === 'B' || port === 0;
}

export function slotOf(state: ChipState, { iccid }: ChipProfile): Slot | null {
  if (state.enabledIccid === iccid) return 0;
  return state.secondIccid === iccid ? 1 : null;
}

/** The profile that the USIM side of this port shows, or null. */
export function profileOnPort(state: ChipState, mep: MepMode | null, port: number): ChipProfile | null {
  const slot = slotOfPort(mep, port);
  return slot === null ? null : enabledProfile(state, slot);
}

/** The state with this profile, or none, in the slot. */
export function putInSlot(state: ChipState, slot: Slot, iccid: string | null): ChipState {
  return slot === 0 ? { ...state, enabledIccid: iccid } : { ...state, secondIccid: iccid };
}
