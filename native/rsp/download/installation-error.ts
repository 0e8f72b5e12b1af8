import { DeviceError, type DeviceErrorCode } from '../../errors.ts';
import type { InstallationOutcome } from '../../euicc/euicc.ts';
import { hexToBytes } from '../../euicc/tlv/hex.ts';
import { decodeInteger } from '../../euicc/tlv/integer.ts';
import { childrenOf, readTlvs, type Tlv } from '../../euicc/tlv/tlv-reader.ts';

/** Reasons that a person can do something about (SGP.22 v2.5 §2.5.6, ErrorReason); the others stay numbers in the details. */
const knownReasons: Readonly<Record<number, DeviceErrorCode>> = {
  9: 'PROFILE_ALREADY_INSTALLED',
  10: 'EUICC_MEMORY_FULL',
  15: 'PROFILE_RULES_NOT_ALLOWED',
};

/** What the card's own result means; with `peStatus`, where it says what was wrong with a part of the profile. */
export function installationError({
  bppCommandId,
  errorReason,
  simaResponse,
}: Extract<InstallationOutcome, { kind: 'failed' }>): DeviceError {
  const peStatus = simaResponse === null ? null : readFault(simaResponse);
  return new DeviceError(knownReasons[errorReason] ?? 'PROFILE_INSTALLATION_FAILED', {
    bppCommandId,
    errorReason,
    simaResponse,
    ...(peStatus === null ? {} : { peStatus }),
  });
}

/**
 * The first PEStatus that is not `ok` in EUICCResponse, `30 { A0 { 30 { 80 status, … } * }, … }` (TCA, eUICC Profile Package); null where there
 * is none. The reason says enough without it, so what cannot be read is as good as absent.
 */
function readFault(simaResponse: string): number | null {
  try {
    return findFault(readTlvs(hexToBytes(simaResponse)));
  } catch {
    return null;
  }
}

function findFault(fields: readonly Tlv[]): number | null {
  for (const field of fields) {
    const status =
      field.tag === 0x80 ? decodeInteger(field.value) : field.tag === 0x30 || field.tag === 0xa0 ? findFault(childrenOf(field)) : null;
    if (status !== null && status !== 0) return status;
  }
  return null;
}
