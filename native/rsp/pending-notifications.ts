import { DeviceError, isDeviceError } from '../errors.ts';
import type { RspEuicc, SignedNotification } from '../euicc/euicc.ts';
import { findChild, readTlv } from '../euicc/tlv/tlv-reader.ts';

/**
 * What the card has to say to servers, in ascending order. All of it in one answer; some cards cannot make one so long: then one by one.
 * @throws DeviceError of the card where even the list cannot be read
 */
export async function retrieveNotifications(euicc: RspEuicc): Promise<readonly SignedNotification[]> {
  try {
    return await euicc.signedNotifications();
  } catch (error) {
    if (!isCardRefusal(error)) throw error;
    const found: SignedNotification[] = [];
    for (const { seqNumber } of await euicc.notifications()) found.push(...(await euicc.signedNotifications(seqNumber)));
    return found.toSorted((one, other) => one.seqNumber - other.seqNumber);
  }
}

/** True where the card is there and says no, or says what cannot be read: another command may still work. */
export function isCardRefusal(error: unknown): error is DeviceError {
  return isDeviceError(error) && ['CARD_STATUS', 'CARD_ANSWER', 'EUICC_REFUSED'].includes(error.code);
}

/**
 * The part of a notification that its signature covers: ProfileInstallationResultData of `BF37`, NotificationMetadata of `30`
 * (SGP.22 v2.5 §2.5.6, §5.7.10). It is the same at every reading, while a card may sign it anew each time.
 * @throws DeviceError CARD_ANSWER
 */
export function signedContentOf(notification: Uint8Array): Uint8Array {
  const whole = readTlv(notification);
  const content = findChild(whole, whole.tag === 0xbf37 ? 0xbf27 : 0xbf2f);
  if (content === undefined) throw new DeviceError('CARD_ANSWER', { command: 'RetrieveNotificationsList', reason: 'no content' });
  return content.raw;
}
