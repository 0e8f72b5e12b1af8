import type { Profile } from '#contract/desk/devices.ts';
import { LebError } from '#contract/errors.ts';

/**
 * The profile that a person names: by ICCID, by AID, or by its nickname or name; in other letter case only where nothing fits exactly.
 * @throws LebError PROFILE_NOT_FOUND, PROFILE_AMBIGUOUS
 */
export function findProfile(profiles: readonly Profile[], given: string): Profile {
  const lower = given.toLowerCase();
  const ways: readonly ((profile: Profile) => boolean)[] = [
    (profile) => profile.iccid === given || profile.isdpAid?.toLowerCase() === lower,
    (profile) => namesOf(profile).includes(given),
    (profile) => namesOf(profile).some((name) => name.toLowerCase() === lower),
  ];
  for (const fits of ways) {
    const [first, ...more] = profiles.filter(fits);
    if (first === undefined) continue;
    if (more.length > 0) throw new LebError('PROFILE_AMBIGUOUS', { candidates: [first, ...more].map(({ iccid }) => iccid).join(', ') });
    return first;
  }
  throw new LebError('PROFILE_NOT_FOUND', { profile: given });
}

/** What the profile is called, as in the window: the person's own name for it first. */
export function profileTitle(profile: Profile): string {
  return profile.nickname ?? profile.profileName ?? profile.serviceProviderName ?? profile.iccid;
}

function namesOf({ nickname, profileName }: Profile): readonly string[] {
  return [nickname, profileName].filter((name) => name !== null);
}
