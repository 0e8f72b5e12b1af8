import { DeviceError, type DeviceErrorCode } from '../../errors.ts';
import type { InstallationOutcome } from '../../euicc/euicc.ts';

/** Reasons that a person can do something about (SGP.22 v2.5 §2.5.6, ErrorReason); the others stay numbers in the details. */
const knownReasons: Readonly<Record<number, DeviceErrorCode>> = {
  9: 'PROFILE_ALREADY_INSTALLED',
  10: 'EUICC_MEMORY_FULL',
  15: 'PROFILE_RULES_NOT_ALLOWED',
};

/** What the card's own result means. */
export function installationError({
  bppCommandId,
  errorReason,
  simaResponse,
}: Extract<InstallationOutcome, { kind: 'failed' }>): DeviceError {
  return new DeviceError(knownReasons[errorReason] ?? 'PROFILE_INSTALLATION_FAILED', { bppCommandId, errorReason, simaResponse });
}
