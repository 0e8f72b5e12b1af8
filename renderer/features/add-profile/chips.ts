import type { Device, DevicesSnapshot, EuiccOverview } from '#contract/desk/devices.ts';
import { devicesWithEuicc } from '#renderer/features/devices/ladder.ts';
import type { Translate } from '#renderer/i18n/words.tsx';

/** One eUICC that can be reached: a card may hold several. */
export type Chip = { readonly device: Device; readonly euicc: EuiccOverview };

/** Every eUICC of every device that is here, in the order of the devices. */
export function chipsOf(snapshot: DevicesSnapshot): readonly Chip[] {
  return devicesWithEuicc(snapshot).flatMap((device) => euiccsOf(device).map((euicc) => ({ device, euicc })));
}

/** The secure elements of a device's card, the first one first. */
export function euiccsOf({ euicc, otherEuiccs }: Device): readonly EuiccOverview[] {
  return euicc === null ? otherEuiccs : [euicc, ...otherEuiccs];
}

/** Tells chips apart, and stays the same over readings. */
export function chipKey({ device, euicc }: Chip): string {
  return `${device.deviceId} ${euicc.isdrAid}`;
}

/** How a procedure of the contract is told which chip is meant. A card with one needs no AID. */
export function chipAddress({ device, euicc }: Chip): { readonly deviceId: string; readonly isdrAid?: string } {
  return device.otherEuiccs.length === 0 ? { deviceId: device.deviceId } : { deviceId: device.deviceId, isdrAid: euicc.isdrAid };
}

/** The device, that it is inside of a modem, and which one of several it is. */
export function chipName({ device, euicc }: Chip, t: Translate): string {
  const name = device.kind === 'modem' ? t('profiles.inModem', { name: device.name }) : device.name;
  const all = euiccsOf(device);
  return all.length === 1 ? name : t('addProfile.chip.element', { name, number: all.indexOf(euicc) + 1 });
}
