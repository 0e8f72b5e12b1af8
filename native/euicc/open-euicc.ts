import type { ApduChannel, CardAccess } from '../apdu/card-access.ts';
import { DeviceError, isDeviceError } from '../errors.ts';
import type { InstallationResult, LoadProgress, OpenRspEuicc, ProfileInfo, RspEuicc } from './euicc.ts';
import { authenticateServer } from './es10/authenticate-server.ts';
import { cancelSession } from './es10/cancel-session.ts';
import { deleteProfile } from './es10/delete-profile.ts';
import { disableProfile } from './es10/disable-profile.ts';
import { type EnableArguments, type SwitchArguments, enableProfile } from './es10/enable-profile.ts';
import { type Es10Function, decodeVersion, optionalField } from './es10/es10-function.ts';
import { euiccMemoryReset } from './es10/euicc-memory-reset.ts';
import { getEid } from './es10/get-eid.ts';
import { getEuiccChallenge } from './es10/get-euicc-challenge.ts';
import { getEuiccConfiguredAddresses } from './es10/get-euicc-configured-addresses.ts';
import { getEuiccInfo1 } from './es10/get-euicc-info1.ts';
import { getEuiccInfo1Bytes } from './es10/get-euicc-info1-bytes.ts';
import { getEuiccInfo2 } from './es10/get-euicc-info2.ts';
import { getProfileIcon } from './es10/get-profile-icon.ts';
import { getProfilesInfo, profileFieldKinds } from './es10/get-profiles-info.ts';
import { getRat } from './es10/get-rat.ts';
import { listNotification } from './es10/list-notification.ts';
import { prepareDownload } from './es10/prepare-download.ts';
import { findInstallationResult } from './es10/profile-installation-result.ts';
import { removeNotificationFromList } from './es10/remove-notification-from-list.ts';
import { retrieveNotificationsList } from './es10/retrieve-notifications-list.ts';
import { setDefaultDpAddress } from './es10/set-default-dp-address.ts';
import { setNickname } from './es10/set-nickname.ts';
import { isdrAids } from './isdr-aids.ts';
import { storeData } from './store-data.ts';
import { hexToBytes } from './tlv/hex.ts';
import { childrenOf, readTlv } from './tlv/tlv-reader.ts';

/**
 * Finds the ISD-R of a card, under whatever AID its maker gave it, and opens a session on one logical channel.
 * `knownIsdrAid` is tried first, so that a card which was seen before costs one SELECT.
 * @throws DeviceError NOT_AN_EUICC where no AID of the table answers; CHANNEL_UNAVAILABLE; the transport's own codes
 */
export const openEuicc: OpenRspEuicc = async (access, options = {}) => {
  const { isdrAid, channel } = await findIsdr(access, options.knownIsdrAid);
  return createSession(access, channel, isdrAid);
};

/** The same for one AID and no other. @throws DeviceError NOT_AN_EUICC where the card does not know it; as above */
export async function openEuiccAt(access: CardAccess, isdrAid: string): Promise<RspEuicc> {
  return createSession(access, await access.openChannel(hexToBytes(isdrAid)), isdrAid);
}

async function findIsdr(access: CardAccess, knownIsdrAid: string | undefined): Promise<{ isdrAid: string; channel: ApduChannel }> {
  const known = knownIsdrAid?.toUpperCase();
  const candidates = new Set(isdrAids.map(({ aid }) => aid));
  const order = known !== undefined && /^(?:[0-9A-F]{2}){5,16}$/.test(known) ? new Set([known, ...candidates]) : candidates;
  let last: DeviceError | null = null;
  for (const isdrAid of order) {
    try {
      return { isdrAid, channel: await access.openChannel(hexToBytes(isdrAid)) };
    } catch (error) {
      if (!isDeviceError(error) || !(error.code === 'NOT_AN_EUICC' || error.code === 'MODEM_NO_EUICC_ACCESS')) throw error;
      // A modem that refuses one application for reasons of its own may still open another.
      last = error;
    }
  }
  throw last ?? new DeviceError('NOT_AN_EUICC');
}

function createSession(access: CardAccess, channel: ApduChannel, isdrAid: string): RspEuicc {
  /** Two scripts on one card corrupt each other: calls go one after the other, in the order in which they were made. */
  let queue: Promise<unknown> = Promise.resolve();
  /** How many kinds of lists of fields the card has refused. */
  let refusedKinds = 0;
  /** It never changes: read once. */
  let knownEid: string | null = null;
  let firstPort: number | undefined;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function call<Args, Value>(command: Es10Function<Args, Value>, args: Args): Promise<Value> {
    const { name, answerIsDispensable } = command;
    return command.decode(await storeData(access, channel, name, command.encode(args), answerIsDispensable));
  }

  async function readProfiles(): Promise<readonly ProfileInfo[]> {
    for (;;) {
      try {
        return await call(getProfilesInfo, profileFieldKinds[refusedKinds] ?? 'cardsChoice');
      } catch (error) {
        const isRefusal = isDeviceError(error) && error.code === 'EUICC_REFUSED' && error.details['result'] === 1;
        if (!isRefusal || refusedKinds === profileFieldKinds.length - 1) throw error;
        refusedKinds += 1;
      }
    }
  }

  /**
   * A card in the mode MEP-A1 takes a request without a port for malformed, and has done nothing yet; profiles lie on its ports from 1 on
   * (SGP.22 v3 §2.12).
   */
  async function enable(args: EnableArguments): Promise<void> {
    try {
      await switchProfile(enableProfile, { ...args, ...(firstPort === undefined ? {} : { targetPort: args.targetPort ?? firstPort }) });
    } catch (error) {
      const asksForPort = isDeviceError(error) && error.code === 'CARD_STATUS' && error.details['sw'] === '6A80';
      if (!asksForPort || firstPort !== undefined || args.targetPort !== undefined) throw error;
      await switchProfile(enableProfile, { ...args, targetPort: 1 });
      firstPort = 1;
    }
  }

  /**
   * A modem that follows the card's REFRESH may reset it before the answer is out: the command then ends in 6F00 or in an error of the
   * modem although the switch took place. Whether it did is for the caller to see, who waits for the profile anyway.
   */
  async function switchProfile<Args extends SwitchArguments>(command: Es10Function<Args, void>, args: Args): Promise<void> {
    try {
      await call(command, args);
    } catch (error) {
      if (!(access.via === 'modem' && args.refreshFlag && isDeviceError(error) && answerWasLost(error))) throw error;
    }
  }

  /** Holds the turn over all segments: another script between two of them would end the installation. */
  async function* loadPackage(segments: readonly Uint8Array[]): AsyncGenerator<LoadProgress, InstallationResult, void> {
    const bytesTotal = segments.reduce((sum, segment) => sum + segment.length, 0);
    const finished = Promise.withResolvers<void>();
    const before = queue;
    queue = before.then(() => finished.promise);
    await before;
    try {
      let bytesDone = 0;
      for (const segment of segments) {
        const answer = await storeData(access, channel, 'LoadBoundProfilePackage', segment);
        // Data from the card is its result, and its last word, whichever segment it came from (SGP.22 v2.5 §5.7.6).
        const result = answer.length === 0 ? null : findInstallationResult(answer);
        if (result !== null) return result;
        bytesDone += segment.length;
        yield { bytesDone, bytesTotal };
      }
      throw new DeviceError('PROFILE_INSTALLATION_UNKNOWN', { command: 'LoadBoundProfilePackage', reason: 'no result' });
    } finally {
      finished.resolve();
    }
  }

  return {
    isdrAid,
    svnFromSelect: svnFromSelect(channel.selectResponse),
    eid: () => inTurn(async () => (knownEid ??= await call(getEid, undefined))),
    info1: () => inTurn(() => call(getEuiccInfo1, undefined)),
    info2: () => inTurn(() => call(getEuiccInfo2, undefined)),
    configuredAddresses: () => inTurn(() => call(getEuiccConfiguredAddresses, undefined)),
    profiles: () => inTurn(readProfiles),
    enableProfile: (profile, refreshFlag, targetPort) =>
      inTurn(() => enable({ profile, refreshFlag, ...(targetPort === undefined ? {} : { targetPort }) })),
    disableProfile: (profile, refreshFlag) => inTurn(() => switchProfile(disableProfile, { profile, refreshFlag })),
    deleteProfile: (profile) => inTurn(() => call(deleteProfile, profile)),
    setNickname: (iccid, nickname) => inTurn(() => call(setNickname, { iccid, nickname })),
    notifications: () => inTurn(() => call(listNotification, undefined)),
    challenge: () => inTurn(() => call(getEuiccChallenge, undefined)),
    info1Bytes: () => inTurn(() => call(getEuiccInfo1Bytes, undefined)),
    authenticateServer: (request) => inTurn(() => call(authenticateServer, request)),
    prepareDownload: (request) => inTurn(() => call(prepareDownload, request)),
    loadBoundProfilePackage: loadPackage,
    cancelSession: (transactionId, reason) => inTurn(() => call(cancelSession, { transactionId, reason })),
    signedNotifications: (seqNumber) => inTurn(() => call(retrieveNotificationsList, seqNumber ?? null)),
    removeNotification: (seqNumber) => inTurn(() => call(removeNotificationFromList, seqNumber)),
    rulesAuthorisationTable: () => inTurn(() => call(getRat, undefined)),
    profileIcon: (profile) => inTurn(() => call(getProfileIcon, profile)),
    setDefaultSmdpAddress: (address) => inTurn(() => call(setDefaultDpAddress, address)),
    resetMemory: (options) => inTurn(() => call(euiccMemoryReset, options)),
    close: () => inTurn(() => channel.close()),
  };
}

function answerWasLost(error: DeviceError): boolean {
  switch (error.code) {
    case 'CARD_STATUS':
      return error.details['sw'] === '6F00';
    case 'AT_ERROR':
    case 'CME_ERROR':
    case 'AT_TIMEOUT':
      return true;
    default:
      return false;
  }
}

/** `6F { … E0 { 82 svn } }` (SGP.22 v2.5 §5.7.1); null where the answer to SELECT stayed with the card or says nothing of it. */
function svnFromSelect(selectResponse: Uint8Array): string | null {
  try {
    const template = childrenOf(readTlv(selectResponse)).find(({ tag }) => tag === 0xe0);
    const svn = template === undefined ? undefined : childrenOf(template).find(({ tag }) => tag === 0x82);
    return optionalField(svn, decodeVersion);
  } catch {
    return null;
  }
}
