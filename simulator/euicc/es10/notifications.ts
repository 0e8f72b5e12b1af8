import { decodeBitString } from '#native/euicc/tlv/bit-string.ts';
import { hexToBytes } from '#native/euicc/tlv/hex.ts';
import { decodeInteger, encodeInteger } from '#native/euicc/tlv/integer.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { childrenOf, findChild } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { sign } from '../../pki/elliptic-key.ts';
import type { ChipEvent, ChipNotification, ChipProfile, ChipState } from '../chip-state.ts';
import { encodeNotificationMetadata, eventNumbers } from '../rsp/installation-result.ts';
import { StatusWordError, statusWords } from '../status-word.ts';
import type { Es10Context, Es10Function } from './es10-context.ts';
import { encodeResult } from './result.ts';

/** The state with one more notification for every address of the profile that asked for this event. */
export function notify(state: ChipState, profile: ChipProfile, event: ChipEvent): ChipState {
  return notifyOthers(state, profile, event, null);
}

/** The same, without the address that hears of it in another way. */
export function notifyOthers(state: ChipState, profile: ChipProfile, event: ChipEvent, except: string | null): ChipState {
  const targets = profile.notificationTargets.filter((target) => target.events.includes(event) && target.address !== except);
  const added = targets.map((target, index) => ({
    seqNumber: state.nextSeqNumber + index,
    event,
    address: target.address,
    iccid: profile.iccid,
    installationResult: null,
  }));
  return { ...state, nextSeqNumber: state.nextSeqNumber + added.length, notifications: [...state.notifications, ...added] };
}

/** ES10b.ListNotification (SGP.22 v2.5 §5.7.9). */
export const listNotification: Es10Function = (request, chip) => {
  const events = findChild(request, 0x81);
  const found = chip.state().notifications.filter(events === undefined ? () => true : ofEvents(events));
  return encodeTlv(0xbf28, encodeTlv(0xa0, ...found.map(encodeNotificationMetadata)));
};

/** ES10b.RetrieveNotificationsList (SGP.22 v2.5 §5.7.10): results of installations, and whatever else happened, signed by the chip. */
export const retrieveNotifications: Es10Function = (request, chip) => {
  const found = chip.state().notifications.filter(retrieveCriterion(request));
  const noResultAvailable = 1;
  if (found.length === 0) return encodeTlv(0xbf2b, encodeTlv(0x81, encodeInteger(noResultAvailable)));
  return encodeTlv(0xbf2b, encodeTlv(0xa0, ...found.map((notification) => encodePending(notification, chip))));
};

/** BF37 as it was signed, or OtherSignedNotification `30{ BF2F, 5F37, certificate, certificate of the EUM }`. */
function encodePending(notification: ChipNotification, chip: Es10Context): Uint8Array {
  if (notification.installationResult !== null) return hexToBytes(notification.installationResult);
  const { key, certificate, eum } = chip.credential();
  const metadata = encodeNotificationMetadata(notification);
  return encodeTlv(0x30, metadata, encodeTlv(0x5f37, sign(key, metadata)), certificate.der, eum.der);
}

function retrieveCriterion(request: Tlv): (notification: ChipNotification) => boolean {
  const criteria = findChild(request, 0xa0);
  if (criteria === undefined) return () => true;
  const [only] = childrenOf(criteria);
  if (only?.tag === 0x80) {
    const seqNumber = decodeInteger(only.value);
    return (notification) => notification.seqNumber === seqNumber;
  }
  if (only?.tag === 0x81) return ofEvents(only);
  throw new StatusWordError(statusWords.wrongData);
}

/** ES10b.RemoveNotificationFromList (SGP.22 v2.5 §5.7.11). */
export const removeNotification: Es10Function = (request, chip) => {
  const named = findChild(request, 0x80);
  if (named === undefined) throw new StatusWordError(statusWords.wrongData);
  const seqNumber = decodeInteger(named.value);
  const state = chip.state();
  const kept = state.notifications.filter((notification) => notification.seqNumber !== seqNumber);
  const nothingToDelete = 1;
  if (kept.length === state.notifications.length) return encodeResult(0xbf30, nothingToDelete);
  chip.save({ ...state, notifications: kept });
  return encodeResult(0xbf30, 0);
};

function ofEvents(events: Tlv): (notification: ChipNotification) => boolean {
  const wanted = decodeBitString(events.value);
  return (notification) => wanted.includes(eventNumbers[notification.event]);
}
