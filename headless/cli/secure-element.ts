import type { Device, EuiccOverview, Profile } from '#contract/desk/devices.ts';
import { euiccOf } from './find-device.ts';
import { findProfile } from './find-profile.ts';
import type { Desk } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import type { Words } from './words.ts';

/** What a procedure needs to know to reach one secure element. */
export type OnEuicc = { readonly deviceId: string; readonly isdrAid?: string };

/** Every secure element of a device, or the one that was named. @throws LebError why there is none; UsageError */
export function euiccsOf(words: Words, device: Device, given: string | null): readonly EuiccOverview[] {
  const all = [euiccOf(device), ...device.otherEuiccs];
  if (given === null) return all;
  const wanted = given.toUpperCase();
  const found = all.find(({ eid, isdrAid }, index) => [eid, isdrAid.toUpperCase(), String(index + 1)].includes(wanted));
  if (found !== undefined) return [found];
  throw new UsageError(
    words.say('usage.whichSecureElement', { value: given, candidates: all.map(({ eid }, index) => `${index + 1} (${eid})`).join(', ') }),
  );
}

/** The named secure element, else the card's first one. */
export function euiccNamed(words: Words, device: Device, given: string | null): EuiccOverview {
  return euiccsOf(words, device, given)[0] ?? euiccOf(device);
}

/** A card with one secure element needs no name for it. */
export function onEuicc({ deviceId, otherEuiccs }: Device, { isdrAid }: EuiccOverview): OnEuicc {
  return otherEuiccs.length === 0 ? { deviceId } : { deviceId, isdrAid };
}

/** A profile and where it is. @throws LebError PROFILE_NOT_FOUND, PROFILE_AMBIGUOUS */
export function locateProfile(
  euiccs: readonly EuiccOverview[],
  given: string,
): { readonly euicc: EuiccOverview; readonly profile: Profile } {
  const profile = findProfile(
    euiccs.flatMap(({ profiles }) => profiles),
    given,
  );
  const euicc = euiccs.find(({ profiles }) => profiles.includes(profile));
  if (euicc === undefined) throw new Error('a profile is of one of the elements that it was looked for in');
  return { euicc, profile };
}

/** What a task itself read back from the chip. */
export async function readingAfter({ devices }: Desk, deviceId: string, eid: string): Promise<EuiccOverview | null> {
  for await (const snapshot of await devices.watch()) {
    const device = snapshot.devices.find((candidate) => candidate.deviceId === deviceId);
    return [device?.euicc ?? null, ...(device?.otherEuiccs ?? [])].find((euicc) => euicc?.eid === eid) ?? null;
  }
  return null;
}
