import { decodeBitString, encodeBitString } from '#native/euicc/tlv/bit-string.ts';
import { encodeIccid } from '#native/euicc/tlv/digits.ts';
import { decodeInteger, encodeInteger } from '#native/euicc/tlv/integer.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { childrenOf, findChild } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import type { ChipEvent, ChipNotification, ChipProfile, ChipState } from '../chip-state.ts';
import { StatusWordError, statusWords } from '../status-word.ts';
import type { Es10Function } from './es10-context.ts';
import { encodeResult, undefinedError } from './result.ts';

/** Bits of NotificationEvent (SGP.22 v2.5 §4.1). */
export const eventNumbers: Readonly<Record<ChipEvent, number>> = { install: 0, enable: 1, disable: 2, delete: 3 };

/** The state with one more notification for every address of the profile that asked for this event. */
export function notify(state: ChipState, profile: ChipProfile, event: ChipEvent): ChipState {
  const targets = profile.notificationTargets.filter((target) => target.events.includes(event));
  const added = targets.map((target, index) => ({
    seqNumber: state.nextSeqNumber + index,
    event,
    address: target.address,
    iccid: profile.iccid,
  }));
  return { ...state, nextSeqNumber: state.nextSeqNumber + added.length, notifications: [...state.notifications, ...added] };
}

/** ES10b.ListNotification (SGP.22 v2.5 §5.7.9). */
export const listNotification: Es10Function = (request, chip) => {
  const events = findChild(request, 0x81);
  const found = chip.state().notifications.filter(events === undefined ? () => true : ofEvents(events));
  return encodeTlv(0xbf28, encodeTlv(0xa0, ...found.map(encodeMetadata)));
};

/**
 * ES10b.RetrieveNotificationsList (SGP.22 v2.5 §5.7.10). A retrieved notification is signed by the card; a chip without a key
 * cannot sign, and says so with undefinedError rather than with bytes that no server would accept.
 */
export const retrieveNotifications: Es10Function = (request, chip) => {
  const found = chip.state().notifications.filter(retrieveCriterion(request));
  const noResultAvailable = 1;
  return encodeTlv(0xbf2b, encodeTlv(0x81, encodeInteger(found.length === 0 ? noResultAvailable : undefinedError)));
};

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

/** NotificationMetadata, BF2F. */
function encodeMetadata(notification: ChipNotification): Uint8Array {
  return encodeTlv(
    0xbf2f,
    encodeTlv(0x80, encodeInteger(notification.seqNumber)),
    encodeTlv(0x81, encodeBitString([eventNumbers[notification.event]])),
    encodeTlv(0x0c, encodeText(notification.address)),
    encodeTlv(0x5a, encodeIccid(notification.iccid)),
  );
}
