import { DeviceError, isDeviceError } from '../../errors.ts';
import { findInstallationResult } from '../../euicc/es10/profile-installation-result.ts';
import type { InstallationResult, LoadProgress, RspEuicc } from '../../euicc/euicc.ts';
import { bytesToHex } from '../../euicc/tlv/hex.ts';
import type { ProfileServerClient } from '../http/profile-server-client.ts';
import { handleNotification } from '../messages/handle-notification.ts';
import type { RspSession } from './authenticate.ts';

/**
 * Gives the package to the card and learns its result, from its answer or, where that was lost, from its list of notifications.
 * @throws DeviceError PROFILE_INSTALLATION_UNKNOWN with `cause`, the code of what happened, where the card does not tell
 */
export async function* install(
  euicc: RspEuicc,
  segments: readonly Uint8Array[],
  session: RspSession,
): AsyncGenerator<LoadProgress, InstallationResult, void> {
  const loading = euicc.loadBoundProfilePackage(segments);
  try {
    for (;;) {
      const next = await loading.next();
      if (next.done === true) return next.value;
      yield next.value;
    }
  } catch (error) {
    const result = await findResult(euicc, session);
    if (result !== null) return result;
    const cause = isDeviceError(error) ? error.code : 'INTERNAL';
    throw new DeviceError('PROFILE_INSTALLATION_UNKNOWN', { ...(isDeviceError(error) ? error.details : {}), cause }, { cause: error });
  } finally {
    // Who stops listening half way must not leave the card's turn taken.
    await loading[Symbol.asyncDispose]();
  }
}

async function findResult(euicc: RspEuicc, { transactionId }: RspSession): Promise<InstallationResult | null> {
  const wanted = bytesToHex(transactionId);
  try {
    const notifications = await euicc.signedNotifications();
    return notifications.map(({ bytes }) => findInstallationResult(bytes)).find((result) => result?.transactionId === wanted) ?? null;
  } catch {
    return null;
  }
}

/**
 * Tells the server what became of its package, and only then takes the notification off the card (SGP.22 v2.5 §3.1.3.3, §3.5).
 * @returns whether the server knows; what it does not know stays on the card
 */
export async function tellServer(
  euicc: RspEuicc,
  client: ProfileServerClient,
  session: RspSession,
  result: InstallationResult,
  signal: AbortSignal,
): Promise<boolean> {
  const { notification, bytes } = result;
  let told = false;
  try {
    await client.call(notification?.address ?? session.server, handleNotification, bytes, signal);
    told = true;
    if (notification !== null) await euicc.removeNotification(notification.seqNumber);
  } catch (error) {
    if (!isDeviceError(error)) throw error;
  }
  return told;
}
