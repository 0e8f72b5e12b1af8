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
  /** @throws DeviceError PROFILE_NOT_FOUND, PROFILE_NOT_DISABLED, PROFILE_POLICY, PROFILE_WRONG_REENABLING, CAT_BUSY, EUICC_REFUSED */
  enableProfile(profile: ProfileSelector, refreshFlag: boolean): Promise<void>;
  disableProfile(profile: ProfileSelector, refreshFlag: boolean): Promise<void>;
  deleteProfile(profile: ProfileSelector): Promise<void>;
  /** An empty nickname removes it. @throws DeviceError NICKNAME_TOO_LONG over 64 bytes of UTF-8 */
  setNickname(iccid: string, nickname: string): Promise<void>;
  notifications(): Promise<readonly PendingNotification[]>;
  /** Closes the channel (not the access). Never throws. */
  close(): Promise<void>;
};

export type OpenEuicc = (access: CardAccess, options?: { readonly knownIsdrAid?: string }) => Promise<Euicc>;
