/** Which part of a bound profile package failed (bppCommandId, SGP.22 v2.5 §2.5.6). */
export const installationSteps = {
  initialiseSecureChannel: 0,
  configureIsdp: 1,
  storeMetadata: 2,
  replaceSessionKeys: 4,
  loadProfileElements: 5,
} as const;

export type InstallationStep = keyof typeof installationSteps;

/** Why it failed (errorReason, SGP.22 v2.5 §2.5.6). */
export const failureReasons = {
  incorrectInputValues: 1,
  invalidSignature: 2,
  invalidTransactionId: 3,
  unsupportedCrtValues: 4,
  unsupportedRemoteOperationType: 5,
  unsupportedProfileClass: 6,
  scp03tStructureError: 7,
  scp03tSecurityError: 8,
  iccidAlreadyExistsOnEuicc: 9,
  insufficientMemoryForProfile: 10,
  interruption: 11,
  peProcessingError: 12,
  dataMismatch: 13,
  pprNotAllowed: 15,
} as const;

export type FailureReason = keyof typeof failureReasons;

/** Ends the installation; the step is the one that is under way. */
export class InstallationFailure extends Error {
  readonly reason: FailureReason;
  /** PEStatus of SGP.22 v2.5 §2.5.6 where a profile element is at fault. */
  readonly elementStatus: number | null;

  constructor(reason: FailureReason, elementStatus: number | null = null) {
    super(`installation failed: ${reason}`);
    this.name = 'InstallationFailure';
    this.reason = reason;
    this.elementStatus = elementStatus;
  }
}
