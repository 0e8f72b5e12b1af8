import { assertNever } from '#renderer/app/assert-never.ts';
import type { Line } from '#contract/account/index.ts';
import type { AccountSnapshot } from '#contract/desk/account.ts';
import type { Device, ModemStatus, Profile } from '#contract/desk/devices.ts';
import { euiccsOf } from '#renderer/features/add-profile/chips.ts';

/** What can be said about a line in three places; `at` is when it was seen. */
export type AccountCheck = { readonly state: 'active' | 'ended' | 'suspended' | 'unknown'; readonly at: string | null };
export type ChipCheck =
  | { readonly state: 'enabled'; readonly name: string; readonly at: string; readonly device: Device }
  | { readonly state: 'disabled'; readonly name: string; readonly at: string; readonly device: Device }
  | { readonly state: 'notFound' } // chips were read, none holds the profile of this line
  | { readonly state: 'noDevice' };
export type NetworkCheck =
  | { readonly state: 'registered' | 'searching' | 'denied'; readonly modem: ModemStatus; readonly device: Device }
  | { readonly state: 'otherProfile'; readonly modem: ModemStatus; readonly device: Device } // a modem is there, with another line in use
  | { readonly state: 'noModem' };
export type LineCheck = { readonly account: AccountCheck; readonly chip: ChipCheck; readonly network: NetworkCheck };

/** The name of a profile as people know it: theirs, else the operator's, else the end of its ICCID. */
export function profileName(profile: Pick<Profile, 'nickname' | 'profileName' | 'serviceProviderName' | 'iccid'>): string {
  const names = [profile.nickname, profile.profileName, profile.serviceProviderName];
  return names.find((name) => name !== null && name.trim() !== '') ?? `…${profile.iccid.slice(-7)}`;
}

/** Looks at the account, the chips and the modems for one line. An enabled profile counts before a disabled copy elsewhere. */
export function checkLine(line: Line, account: AccountSnapshot, devices: readonly Device[]): LineCheck {
  const present = devices.filter((device) => device.state !== 'ghost');
  return { account: checkAccount(line, account), chip: checkChip(line, present), network: checkNetwork(line, present) };
}

function checkAccount(line: Line, account: AccountSnapshot): AccountCheck {
  const at = account.asOf;
  switch (line.state) {
    case 'active':
      return { state: 'active', at };
    case 'expired':
      return { state: 'ended', at };
    case 'suspended':
      return { state: 'suspended', at };
    case 'unknown':
      return { state: 'unknown', at };
    default:
      return assertNever(line.state);
  }
}

function checkChip(line: Line, devices: readonly Device[]): ChipCheck {
  let disabled: ChipCheck | null = null;
  const chips = devices.flatMap((device) => euiccsOf(device).map((euicc) => ({ device, euicc })));
  for (const { device, euicc } of chips) {
    const profile = euicc.profiles.find(({ iccid }) => iccid === line.iccid);
    if (profile === undefined) continue;
    const found = { name: profileName(profile), at: euicc.readAt, device };
    if (profile.state === 'enabled') return { state: 'enabled', ...found };
    disabled ??= { state: 'disabled', ...found };
  }
  if (disabled !== null) return disabled;
  return { state: chips.length > 0 ? 'notFound' : 'noDevice' };
}

function checkNetwork(line: Line, devices: readonly Device[]): NetworkCheck {
  let other: NetworkCheck | null = null;
  for (const device of devices) {
    const { modem } = device;
    if (modem === null) continue;
    if (modem.iccid !== line.iccid) {
      other ??= { state: 'otherProfile', modem, device };
      continue;
    }
    return { state: registrationCheck(modem), modem, device };
  }
  return other ?? { state: 'noModem' };
}

function registrationCheck(modem: ModemStatus): 'registered' | 'searching' | 'denied' {
  switch (modem.registration.state) {
    case 'home':
    case 'roaming':
      return 'registered';
    case 'denied':
    case 'emergencyOnly':
      return 'denied';
    case 'notRegistered':
    case 'searching':
    case 'unknown':
      return 'searching';
    default:
      return assertNever(modem.registration.state);
  }
}
