import { expect } from 'vitest';
import type { Device } from '#contract/desk/devices.ts';
import type { CardControls } from '#simulator/euicc/card-slot.ts';
import type { ChipState } from '#simulator/euicc/chip-state.ts';
import type { Smdp } from '#simulator/smdp/server.ts';
import { type Desk, untilDevice } from '../../integration/core-stage.ts';
import { readerId } from '../../support/lpa-stage.ts';

/** Waits until the application shows exactly what the card in the reader holds, and works on nothing. */
export async function untilSeen(desk: Desk, card: CardControls): Promise<Device> {
  // The card is asked each time: its reading takes off what had been delivered before it was pulled.
  return untilDevice(desk, readerId, (device) => device.busyTaskId === null && viewOfDevice(device) === viewOfChip(card.state()), 10_000);
}

function viewOfChip({ profiles, enabledIccid, notifications }: ChipState): string {
  return JSON.stringify([
    profiles.map(({ iccid }) => `${iccid} ${iccid === enabledIccid ? 'enabled' : 'disabled'}`).toSorted(),
    notifications.map(({ seqNumber, event }) => `${seqNumber} ${event}`),
  ]);
}

function viewOfDevice({ euicc }: Device): string | null {
  if (euicc === null) return null;
  return JSON.stringify([
    euicc.profiles.map(({ iccid, state }) => `${iccid} ${state}`).toSorted(),
    euicc.notifications.map(({ seqNumber, event }) => `${seqNumber} ${event}`),
  ]);
}

/** Every notification that the card has ever written has reached the server: once or more, each for the first time in its order. */
export function expectAllTold({ smdp, card }: { readonly smdp: Smdp; readonly card: CardControls }): void {
  const told = smdp.notifications().filter(({ eid }) => eid === null || eid === card.state().eid);
  expect(told.filter(({ verified }) => !verified)).toEqual([]);
  const first = [...new Set(told.map(({ seqNumber }) => seqNumber))];
  const written = Array.from({ length: card.state().nextSeqNumber - 1 }, (_unused, index) => index + 1);
  expect(first).toEqual(written);
}
