import type { InstallationOutcome, InstallationResult } from '../euicc.ts';
import { bytesToHex } from '../tlv/hex.ts';
import { decodeInteger } from '../tlv/integer.ts';
import { type Tlv, findChild, readTlvs } from '../tlv/tlv-reader.ts';
import { requireChild } from './es10-function.ts';
import { decodeNotificationMetadata } from './list-notification.ts';

const name = 'ProfileInstallationResult';

/** The `BF37` among what a card answered to a segment, or null. @throws DeviceError CARD_ANSWER where it is there and malformed */
export function findInstallationResult(response: Uint8Array): InstallationResult | null {
  const result = readTlvs(response).find(({ tag }) => tag === 0xbf37);
  return result === undefined ? null : decodeInstallationResult(result);
}

/** ProfileInstallationResult `BF37 { BF27 { … }, 5F37 }` (SGP.22 v2.5 §2.5.6). @throws DeviceError CARD_ANSWER */
export function decodeInstallationResult(result: Tlv): InstallationResult {
  const data = requireChild(result, 0xbf27, name);
  return {
    bytes: result.raw,
    transactionId: bytesToHex(requireChild(data, 0x80, name).value),
    notification: decodeNotificationMetadata(requireChild(data, 0xbf2f, name)),
    outcome: decodeOutcome(requireChild(data, 0xa2, name)),
  };
}

function decodeOutcome(finalResult: Tlv): InstallationOutcome {
  const success = findChild(finalResult, 0xa0);
  if (success !== undefined) return { kind: 'installed', isdpAid: bytesToHex(requireChild(success, 0x4f, name).value) };
  const error = requireChild(finalResult, 0xa1, name);
  const details = findChild(error, 0x82);
  return {
    kind: 'failed',
    bppCommandId: decodeInteger(requireChild(error, 0x80, name).value),
    errorReason: decodeInteger(requireChild(error, 0x81, name).value),
    simaResponse: details === undefined ? null : bytesToHex(details.value),
  };
}
