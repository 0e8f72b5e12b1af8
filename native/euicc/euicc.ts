import type { CardAccess } from '../apdu/card-access.ts';

/**
 * What the rest of the application may do with an eUICC (SGP.22 v2.5 §5.7). One open session = one logical channel on one power-up;
 * calls are made one after the other. Identifiers are the digits that people read, not the swapped nibbles of the wire.
 */
export type ProfileState = 'disabled' | 'enabled';
export type ProfileClass = 'test' | 'provisioning' | 'operational';
export type PolicyRule = 'pprUpdateControl' | 'ppr1' | 'ppr2';

export type ProfileInfo = {
  readonly iccid: string; // 18…20 digits
  readonly isdpAid: string | null; // upper-case hex
  readonly state: ProfileState;
  readonly nickname: string | null;
  readonly serviceProviderName: string | null;
  readonly profileName: string | null;
  readonly profileClass: ProfileClass;
  readonly owner: { readonly mccMnc: string } | null;
  readonly policyRules: readonly PolicyRule[];
  /** The eSIM port on which an MEP card has it enabled (SGP.22 v3 §2.12); null where it is on none, and on cards without ports. */
  readonly port: number | null;
};

export type EuiccInfo1 = {
  readonly svn: string;
  readonly ciKeyIdsForVerification: readonly string[];
  readonly ciKeyIdsForSigning: readonly string[];
};

export type EuiccInfo2 = EuiccInfo1 & {
  readonly profileVersion: string;
  readonly firmwareVersion: string;
  readonly installedApplications: number | null;
  readonly freeNonVolatileMemory: number | null; // bytes
  readonly freeVolatileMemory: number | null; // bytes
  readonly uiccCapabilities: readonly string[];
  readonly rspCapabilities: readonly string[];
  readonly category: string | null;
  readonly forbiddenPolicyRules: readonly PolicyRule[];
  readonly ppVersion: string | null;
  readonly sasAccreditationNumber: string | null;
  readonly globalPlatformVersion: string | null;
  readonly javaCardVersion: string | null;
};

export type NotificationEvent = 'install' | 'enable' | 'disable' | 'delete';
export type PendingNotification = {
  readonly seqNumber: number;
  readonly event: NotificationEvent;
  readonly address: string; // FQDN of the SM-DP+ that wants it
  readonly iccid: string | null;
};

export type ProfileSelector = { readonly iccid: string } | { readonly isdpAid: string };

export type Euicc = {
  readonly isdrAid: string; // upper-case hex
  /** SGP.22 version of the card from the FCI of ISD-R, where it says so. */
  readonly svnFromSelect: string | null;
  eid(): Promise<string>; // 32 digits
  info1(): Promise<EuiccInfo1>;
  info2(): Promise<EuiccInfo2>;
  configuredAddresses(): Promise<{ readonly defaultSmdpAddress: string | null; readonly rootSmdsAddress: string }>;
  profiles(): Promise<readonly ProfileInfo[]>;
  /**
   * `targetPort` is for cards on which the terminal assigns the eSIM ports (MEP-A1); without it such a card gets its first port.
   * @throws DeviceError PROFILE_NOT_FOUND, PROFILE_NOT_DISABLED, PROFILE_POLICY, PROFILE_WRONG_REENABLING, CAT_BUSY, EUICC_REFUSED
   */
  enableProfile(profile: ProfileSelector, refreshFlag: boolean, targetPort?: number): Promise<void>;
  disableProfile(profile: ProfileSelector, refreshFlag: boolean): Promise<void>;
  deleteProfile(profile: ProfileSelector): Promise<void>;
  /** An empty nickname removes it. @throws DeviceError NICKNAME_TOO_LONG over 64 bytes of UTF-8 */
  setNickname(iccid: string, nickname: string): Promise<void>;
  notifications(): Promise<readonly PendingNotification[]>;
  /** Closes the channel (not the access). Never throws. */
  close(): Promise<void>;
};

export type OpenEuicc = (access: CardAccess, options?: { readonly knownIsdrAid?: string }) => Promise<Euicc>;

/** Why a download ends before its package is on the card; the server treats the order accordingly (SGP.22 v2.5 §5.7.14). */
export type CancelReason =
  | 'endUserRejection'
  | 'postponed'
  | 'timeout'
  | 'pprNotAllowed'
  | 'metadataMismatch'
  | 'loadBppExecutionError'
  | 'undefinedReason';

/** What a server signed, every object with its tag and length exactly as it came: signatures cover these very bytes. */
export type ServerAuthentication = {
  readonly serverSigned1: Uint8Array;
  readonly serverSignature1: Uint8Array;
  readonly euiccCiPkIdToBeUsed: Uint8Array;
  readonly serverCertificate: Uint8Array;
};

/** What the server may know of the terminal (SGP.22 v2.5 §4.2). Without an IMEI only the TAC is told. */
export type TerminalIdentity = { readonly imei: string } | { readonly tac: string };

export type AuthenticateServerRequest = ServerAuthentication & {
  /** Token of an activation code, EventID, or empty where the server shall look for an order by EID. */
  readonly matchingId: string;
  readonly terminal: TerminalIdentity;
};

export type AuthenticateServerResponse = {
  /** The whole `BF38`, for the server. */
  readonly bytes: Uint8Array;
  /** EUICCInfo2 as the card signed it; null where it cannot be read. */
  readonly info2: EuiccInfo2 | null;
};

export type PrepareDownloadRequest = {
  readonly smdpSigned2: Uint8Array;
  readonly smdpSignature2: Uint8Array;
  readonly smdpCertificate: Uint8Array;
  /** 32 bytes, where a confirmation code was given. */
  readonly hashCc: Uint8Array | null;
};

export type LoadProgress = { readonly bytesDone: number; readonly bytesTotal: number };

export type InstallationOutcome =
  | { readonly kind: 'installed'; readonly isdpAid: string }
  | { readonly kind: 'failed'; readonly bppCommandId: number; readonly errorReason: number; readonly simaResponse: string | null };

/** ProfileInstallationResult (SGP.22 v2.5 §2.5.6), which is a notification at the same time. */
export type InstallationResult = {
  readonly bytes: Uint8Array; // the whole BF37, for the server
  readonly transactionId: string; // upper-case hex
  readonly notification: PendingNotification | null; // null for an event that the specification does not name
  readonly outcome: InstallationOutcome;
};

/** A pending notification with its signature, as the server wants it: `BF37` or `30`. */
export type SignedNotification = PendingNotification & { readonly bytes: Uint8Array };

/** One row of the Rules Authorisation Table (SGP.22 v2.5 §2.9.2.2). An operator's nibble E stands for any digit. */
export type RuleAuthorisation = {
  readonly rules: readonly PolicyRule[];
  readonly operators: readonly OperatorId[];
  readonly consentRequired: boolean;
};

export type OperatorId = { readonly mccMnc: string; readonly gid1: string | null; readonly gid2: string | null }; // gid: upper-case hex

export type ProfileIcon = { readonly type: 'image/jpeg' | 'image/png'; readonly bytes: Uint8Array };

export type MemoryResetOptions = {
  readonly operationalProfiles: boolean;
  readonly testProfiles: boolean;
  readonly defaultSmdpAddress: boolean;
};

/**
 * An eUICC with the functions of remote provisioning. The state of a download lives in the card: it ends with a power cycle, and with
 * the next `challenge`.
 */
export type RspEuicc = Euicc & {
  /** Begins a session, 16 bytes. A session that was open is dropped. */
  challenge(): Promise<Uint8Array>;
  /** EUICCInfo1 as its bytes, the whole `BF20`, for the server. */
  info1Bytes(): Promise<Uint8Array>;
  /** @throws DeviceError CARD_REFUSED_SERVER with `result` */
  authenticateServer(request: AuthenticateServerRequest): Promise<AuthenticateServerResponse>;
  /** The whole `BF21`, for the server. @throws DeviceError CARD_REFUSED_SERVER with `result` */
  prepareDownload(request: PrepareDownloadRequest): Promise<Uint8Array>;
  /**
   * Loads a package, segment by segment (SGP.22 v2.5 §2.5.5), and ends in the card's own result. No other call comes in between.
   * @throws DeviceError PROFILE_INSTALLATION_UNKNOWN where the card took everything and said nothing; the transport's own codes
   */
  loadBoundProfilePackage(segments: readonly Uint8Array[]): AsyncGenerator<LoadProgress, InstallationResult, void>;
  /** The whole `BF41`, for the server. @throws DeviceError EUICC_REFUSED where the card knows of no such session */
  cancelSession(transactionId: Uint8Array, reason: CancelReason): Promise<Uint8Array>;
  /** All of them in one answer, or the one with this number; in ascending order. Empty where there is none. */
  signedNotifications(seqNumber?: number): Promise<readonly SignedNotification[]>;
  /** Done as well where the card no longer has it. */
  removeNotification(seqNumber: number): Promise<void>;
  rulesAuthorisationTable(): Promise<readonly RuleAuthorisation[]>;
  /** Null where the profile has none, or one that is neither JPEG nor PNG. */
  profileIcon(profile: ProfileSelector): Promise<ProfileIcon | null>;
  /** An empty address removes it. */
  setDefaultSmdpAddress(address: string): Promise<void>;
  /** False where there was nothing to delete. @throws DeviceError CAT_BUSY, EUICC_REFUSED */
  resetMemory(options: MemoryResetOptions): Promise<boolean>;
};

export type OpenRspEuicc = (access: CardAccess, options?: { readonly knownIsdrAid?: string }) => Promise<RspEuicc>;

/** The secure elements of one card, each with an eUICC of its own. One is open at a time: it is closed when the next is asked for. */
export type OpenSecureElements = (access: CardAccess, options?: { readonly knownIsdrAid?: string }) => AsyncGenerator<RspEuicc, void, void>;
