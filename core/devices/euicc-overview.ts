import type { EuiccOverview, Profile } from '#contract/desk/devices.ts';
import type { Euicc, ProfileInfo } from '#native/euicc/euicc.ts';
import { instantNow } from '../clock.ts';

/** Everything that the window shows of an eUICC, on one open session. */
export async function readOverview(euicc: Euicc): Promise<EuiccOverview> {
  const eid = await euicc.eid();
  const information = await euicc.info2();
  const addresses = await euicc.configuredAddresses();
  return {
    eid,
    isdrAid: euicc.isdrAid,
    svn: information.svn,
    firmwareVersion: information.firmwareVersion,
    freeMemory: information.freeNonVolatileMemory,
    defaultSmdpAddress: addresses.defaultSmdpAddress,
    rootSmdsAddress: addresses.rootSmdsAddress,
    ciKeyIds: [...information.ciKeyIdsForVerification],
    sasAccreditationNumber: information.sasAccreditationNumber,
    uiccCapabilities: [...information.uiccCapabilities],
    rspCapabilities: [...information.rspCapabilities],
    ...(await readChanging(euicc)),
  };
}

/**
 * What a change of a profile can change, and nothing else: the identity, the capabilities and the addresses stay as they were read.
 * `profiles`, where they were just read on this session.
 */
export async function readAgain(
  euicc: Euicc,
  former: EuiccOverview,
  options: { readonly profiles: readonly ProfileInfo[]; readonly memoryChanged: boolean },
): Promise<EuiccOverview> {
  const changing = await readChanging(euicc, options.profiles);
  const freeMemory = options.memoryChanged ? (await euicc.info2()).freeNonVolatileMemory : former.freeMemory;
  return { ...former, ...changing, freeMemory };
}

async function readChanging(
  euicc: Euicc,
  read?: readonly ProfileInfo[],
): Promise<Pick<EuiccOverview, 'profiles' | 'notifications' | 'readAt'>> {
  const profiles = (read ?? (await euicc.profiles())).map(toProfile);
  const notifications = (await euicc.notifications()).map((notification) => ({ ...notification }));
  return { profiles, notifications, readAt: instantNow() };
}

function toProfile({ owner, policyRules, ...rest }: ProfileInfo): Profile {
  return { ...rest, ownerMccMnc: owner?.mccMnc ?? null, policyRules: [...policyRules] };
}
