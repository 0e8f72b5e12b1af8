import { decodeOperatorId } from '../../euicc/es10/get-rat.ts';
import { decodePolicyRules, optionalField, requireChild } from '../../euicc/es10/es10-function.ts';
import { readIcon } from '../../euicc/es10/get-profile-icon.ts';
import type { OperatorId, PolicyRule, ProfileClass, ProfileIcon } from '../../euicc/euicc.ts';
import { decodeIccid } from '../../euicc/tlv/digits.ts';
import { bytesToHex } from '../../euicc/tlv/hex.ts';
import { decodeInteger } from '../../euicc/tlv/integer.ts';
import { decodeText } from '../../euicc/tlv/text.ts';
import { findChild, readTlv } from '../../euicc/tlv/tlv-reader.ts';

/** StoreMetadataRequest (SGP.22 v2.5 §5.5.3): what a profile says of itself before it is installed. */
export type ProfileMetadata = {
  readonly iccid: string;
  readonly serviceProviderName: string;
  readonly profileName: string;
  readonly profileClass: ProfileClass;
  readonly icon: ProfileIcon | null;
  readonly owner: OperatorId | null;
  readonly policyRules: readonly PolicyRule[];
};

const name = 'ProfileMetadata';
const profileClasses: readonly ProfileClass[] = ['test', 'provisioning', 'operational'];

/** Reads a `BF25`. @throws DeviceError CARD_ANSWER where it is malformed: the caller says whose fault that is */
export function decodeProfileMetadata(bytes: Uint8Array): ProfileMetadata {
  const metadata = readTlv(bytes);
  const profileClass = optionalField(findChild(metadata, 0x95), decodeInteger);
  const owner = findChild(metadata, 0xb7);
  const rules = findChild(metadata, 0x99);
  return {
    iccid: decodeIccid(requireChild(metadata, 0x5a, name).value),
    serviceProviderName: decodeText(requireChild(metadata, 0x91, name).value),
    profileName: decodeText(requireChild(metadata, 0x92, name).value),
    profileClass: profileClasses[profileClass ?? 2] ?? 'operational',
    icon: readIcon(metadata),
    owner: owner === undefined ? null : decodeOperatorId(owner),
    // Rules that cannot be read must not count as none.
    policyRules: rules === undefined ? [] : decodePolicyRules(rules.value),
  };
}

/** Whether both describe the same profile to a person and to the card. */
export function isSameProfile(one: ProfileMetadata, other: ProfileMetadata): boolean {
  return comparable(one) === comparable(other);
}

function comparable({ icon, ...rest }: ProfileMetadata): string {
  return JSON.stringify([Object.entries(rest).toSorted(([first], [second]) => (first < second ? -1 : 1)), icon && bytesToHex(icon.bytes)]);
}
