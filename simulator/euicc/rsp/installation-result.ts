import { encodeBitString } from '#native/euicc/tlv/bit-string.ts';
import { encodeIccid } from '#native/euicc/tlv/digits.ts';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { encodeInteger } from '#native/euicc/tlv/integer.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import type { EuiccCredential } from '../../pki/load-pki.ts';
import { sign } from '../../pki/elliptic-key.ts';
import { encodeObjectIdentifier } from '../../pki/object-identifier.ts';
import type { ChipEvent, ChipState } from '../chip-state.ts';
import type { InstallationStep, FailureReason } from './installation-failure.ts';
import { failureReasons, installationSteps } from './installation-failure.ts';

/** Bits of NotificationEvent (SGP.22 v2.5 §4.1). */
export const eventNumbers: Readonly<Record<ChipEvent, number>> = { install: 0, enable: 1, disable: 2, delete: 3 };

export type InstallationOutcome =
  | { readonly ok: true; readonly isdpAid: string }
  | { readonly ok: false; readonly step: InstallationStep; readonly reason: FailureReason; readonly elementStatus: number | null };

type Installation = NonNullable<ChipState['installation']>;

/** NotificationMetadata, BF2F (SGP.22 v2.5 §4.1); the ICCID is missing where an installation failed before it was known. */
export function encodeNotificationMetadata(notification: {
  readonly seqNumber: number;
  readonly event: ChipEvent;
  readonly address: string;
  readonly iccid: string | null;
}): Uint8Array {
  return encodeTlv(
    0xbf2f,
    encodeTlv(0x80, encodeInteger(notification.seqNumber)),
    encodeTlv(0x81, encodeBitString([eventNumbers[notification.event]])),
    encodeTlv(0x0c, encodeText(notification.address)),
    ...(notification.iccid === null ? [] : [encodeTlv(0x5a, encodeIccid(notification.iccid))]),
  );
}

/**
 * The state after an installation has ended: its result, signed, is a notification for the server (ProfileInstallationResult, BF37,
 * SGP.22 v2.5 §2.5.6).
 */
export function endInstallation(
  state: ChipState,
  installation: Installation,
  outcome: InstallationOutcome,
  credential: EuiccCredential,
): { readonly state: ChipState; readonly result: Uint8Array } {
  const { address, iccid, transactionId, smdpOid } = installation;
  const notification = { seqNumber: state.nextSeqNumber, event: 'install', address, iccid } as const;
  const data = encodeTlv(
    0xbf27,
    encodeTlv(0x80, hexToBytes(transactionId)),
    encodeNotificationMetadata(notification),
    encodeTlv(0x06, encodeObjectIdentifier(smdpOid)),
    encodeTlv(0xa2, encodeOutcome(outcome)),
  );
  const result = encodeTlv(0xbf37, data, encodeTlv(0x5f37, sign(credential.key, data)));
  return {
    result,
    state: {
      ...state,
      installation: null,
      nextSeqNumber: state.nextSeqNumber + 1,
      notifications: [...state.notifications, { ...notification, installationResult: bytesToHex(result) }],
    },
  };
}

function encodeOutcome(outcome: InstallationOutcome): Uint8Array {
  if (outcome.ok) return encodeTlv(0xa0, encodeTlv(0x4f, hexToBytes(outcome.isdpAid)), encodeTlv(0x04, encodeElementStatus(0)));
  const { step, reason, elementStatus } = outcome;
  return encodeTlv(
    0xa1,
    encodeTlv(0x80, encodeInteger(installationSteps[step])),
    encodeTlv(0x81, encodeInteger(failureReasons[reason])),
    ...(elementStatus === null ? [] : [encodeTlv(0x82, encodeElementStatus(elementStatus))]),
  );
}

/** EUICCResponse with one PEStatus. */
function encodeElementStatus(status: number): Uint8Array {
  return encodeTlv(0x30, encodeTlv(0xa0, encodeTlv(0x30, encodeTlv(0x80, encodeInteger(status)))));
}

/** The state after a chip lost its power, or its session, in the middle of an installation: the server is told of it. */
export function interruptInstallation(state: ChipState, credential: () => EuiccCredential): ChipState {
  const { installation } = state;
  if (installation === null) return state;
  const outcome = { ok: false, step: installation.step, reason: 'interruption', elementStatus: null } as const;
  return endInstallation(state, installation, outcome, credential()).state;
}
