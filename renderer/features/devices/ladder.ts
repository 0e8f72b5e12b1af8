import { assertNever } from '#renderer/app/assert-never.ts';
import type { Device, DevicesSnapshot, Rung } from '#contract/desk/devices.ts';
import type { ChainState } from '#renderer/ui/chain.tsx';

/** The first rung that is not met, with its number among all; null where everything is met or still being looked at. */
export function firstUnmet(ladder: readonly Rung[]): { readonly rung: Rung; readonly step: number; readonly steps: number } | null {
  const index = ladder.findIndex(({ state }) => state === 'unmet');
  const rung = ladder[index];
  return rung === undefined ? null : { rung, step: index + 1, steps: ladder.length };
}

/** How a rung looks on the chain. */
export function chainStateOfRung(state: Rung['state']): ChainState {
  switch (state) {
    case 'met':
      return 'ok';
    case 'checking':
      return 'run';
    case 'unmet':
      return 'bad';
    case 'notReached':
      return 'wait';
    default:
      return assertNever(state);
  }
}

/** Devices that wait for the person: the red count of the sidebar. */
export function devicesThatNeedAttention({ devices }: DevicesSnapshot): number {
  return devices.filter(({ state }) => state === 'blocked').length;
}

/** Readers or modems, those that are there before those that were unplugged; otherwise as the application lists them. */
export function devicesOfKind({ devices }: DevicesSnapshot, kind: Device['kind']): readonly Device[] {
  const ofKind = devices.filter((device) => device.kind === kind);
  return [...ofKind.filter(({ state }) => state !== 'ghost'), ...ofKind.filter(({ state }) => state === 'ghost')];
}

/** Devices through which an eUICC can be read, whether or not its overview is there yet. */
export function devicesWithEuicc({ devices }: DevicesSnapshot): readonly Device[] {
  return devices.filter(({ euicc, state }) => euicc !== null && state !== 'ghost');
}

/** The last part of a device's address: the reader's name or the port's. */
export function portName(deviceId: string): string {
  const address = deviceId.slice(deviceId.indexOf(':') + 1);
  return address.split('/').at(-1) ?? address;
}
