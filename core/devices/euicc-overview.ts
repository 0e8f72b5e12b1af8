import type { CiRoot, EuiccOverview, Profile } from '#contract/desk/devices.ts';
import type { CardAccess } from '#native/apdu/card-access.ts';
import type { Euicc, PendingNotification, ProfileInfo } from '#native/euicc/euicc.ts';
import { readMep } from '#native/euicc/mep.ts';
import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { instantNow } from '../clock.ts';
import { ciRootOf, eumOf, productOf } from '../facts/euicc-facts.ts';
import type { DeviceLayer } from './managed-device.ts';

/** Every secure element of a card, the usual one alone on most. */
export async function readSecureElements(
  access: CardAccess,
  { openSecureElements, sweepNotifications }: Pick<DeviceLayer, 'openSecureElements' | 'sweepNotifications'>,
): Promise<readonly EuiccOverview[]> {
  const overviews: EuiccOverview[] = [];
  for await (const euicc of openSecureElements(access)) {
    await sweepNotifications(euicc, await euicc.eid());
    overviews.push(await readOverview(euicc, access.atr));
  }
  return overviews;
}

/** The list with a newer reading in the place of the former one. */
export function withReading(overviews: readonly EuiccOverview[], newer: EuiccOverview): readonly EuiccOverview[] {
  if (!overviews.some(({ isdrAid }) => isdrAid === newer.isdrAid)) return [newer];
  return overviews.map((former) => (former.isdrAid === newer.isdrAid ? newer : former));
}

/** Everything that the window shows of an eUICC, on one open session. */
export async function readOverview(euicc: Euicc, atr?: Uint8Array): Promise<EuiccOverview> {
  const eid = await euicc.eid();
  const information = await euicc.info2();
  const addresses = await euicc.configuredAddresses();
  const read = await euicc.profiles();
  const changing = await readChanging(euicc, read);
  return {
    eid,
    isdrAid: euicc.isdrAid,
    svn: information.svn,
    firmwareVersion: information.firmwareVersion,
    freeMemory: information.freeNonVolatileMemory,
    defaultSmdpAddress: addresses.defaultSmdpAddress,
    rootSmdsAddress: addresses.rootSmdsAddress,
    ciRoots: information.ciKeyIdsForVerification.map(toCiRoot),
    manufacturer: eumOf(eid, information.sasAccreditationNumber),
    product: productOf({
      eid,
      isdrAid: euicc.isdrAid,
      atr: atr === undefined ? null : bytesToHex(atr),
      firmwareVersion: information.firmwareVersion,
    }),
    sasAccreditationNumber: information.sasAccreditationNumber,
    uiccCapabilities: [...information.uiccCapabilities],
    rspCapabilities: [...information.rspCapabilities],
    ...changing,
    mep: readMep(atr ?? null, read),
  };
}

/**
 * What a change of a profile can change, and nothing else: the identity, the capabilities and the addresses stay as they were read.
 * `profiles` were just read on this session, and so were `notifications`, where they are given.
 */
export async function readAgain(
  euicc: Euicc,
  former: EuiccOverview,
  options: {
    readonly profiles: readonly ProfileInfo[];
    readonly notifications?: readonly PendingNotification[];
    readonly memoryChanged: boolean;
  },
): Promise<EuiccOverview> {
  const changing = await readChanging(euicc, options.profiles, options.notifications);
  const freeMemory = options.memoryChanged ? (await euicc.info2()).freeNonVolatileMemory : former.freeMemory;
  return { ...former, ...changing, freeMemory };
}

async function readChanging(
  euicc: Euicc,
  read: readonly ProfileInfo[],
  pending?: readonly PendingNotification[],
): Promise<Pick<EuiccOverview, 'profiles' | 'notifications' | 'readAt'>> {
  const profiles = read.map(toProfile);
  const notifications = (pending ?? (await euicc.notifications())).map((notification) => ({ ...notification }));
  return { profiles, notifications, readAt: instantNow() };
}

function toCiRoot(keyId: string): CiRoot {
  const root = ciRootOf(keyId);
  return { keyId, name: root?.name ?? null, kind: root?.kind ?? null };
}

function toProfile({ owner, policyRules, ...rest }: ProfileInfo): Profile {
  return { ...rest, ownerMccMnc: owner?.mccMnc ?? null, policyRules: [...policyRules] };
}
