import { decodeBitString } from '#native/euicc/tlv/bit-string.ts';
import { decodeIccid, decodeMccMnc } from '#native/euicc/tlv/digits.ts';
import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { decodeInteger } from '#native/euicc/tlv/integer.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { childrenOf, findChild, readTlv } from '#native/euicc/tlv/tlv-reader.ts';
import type { ChipEvent, ChipProfile, ChipState } from '../chip-state.ts';
import { decodeStrict } from '../es10/addresses.ts';
import { InstallationFailure } from './installation-failure.ts';

/** What a profile says of itself before it is there; the rest of a `ChipProfile` comes with its elements. */
export type ProfileMetadata = Omit<ChipProfile, 'isdpAid' | 'imsi' | 'size' | 'nickname' | 'dpProprietaryData'>;

const longestIcon = 1024; // bytes, SGP.22 v2.5 §4.4
const iconTypes = ['jpg', 'png'] as const;
const classes = ['test', 'provisioning', 'operational'] as const;
const rules = ['pprUpdateControl', 'ppr1', 'ppr2'] as const;
const events: readonly ChipEvent[] = ['install', 'enable', 'disable', 'delete'];

/**
 * StoreMetadataRequest (SGP.22 v2.5 §5.5.3): `BF25{ 5A, 91, 92, 93?, 94?, 95?, B6?, B7?, 99? }`; what the chip does not know is passed over.
 * @throws InstallationFailure incorrectInputValues, iccidAlreadyExistsOnEuicc, unsupportedProfileClass, pprNotAllowed
 */
export function readMetadata(bytes: Uint8Array, chip: ChipState): ProfileMetadata {
  const request = readTlv(bytes);
  if (request.tag !== 0xbf25) throw incorrect();
  const fields = new Map(childrenOf(request).map((field) => [field.tag, field]));
  const iccid = readIccid(fields.get(0x5a));
  if (chip.profiles.some((profile) => profile.iccid === iccid)) throw new InstallationFailure('iccidAlreadyExistsOnEuicc');
  const metadata: ProfileMetadata = {
    iccid,
    serviceProviderName: readText(fields.get(0x91), 32),
    profileName: readText(fields.get(0x92), 64),
    icon: readIcon(fields.get(0x93), fields.get(0x94)),
    profileClass: readClass(fields.get(0x95)),
    notificationTargets: readTargets(fields.get(0xb6)),
    ...readOwner(fields.get(0xb7)),
    policyRules: namesOf(fields.get(0x99), rules),
  };
  checkPolicy(metadata, chip);
  return metadata;
}

function readIccid(field: Tlv | undefined): string {
  if (field?.value.length !== 10) throw incorrect();
  return decodeIccid(field.value);
}

/** @param longest in bytes of UTF-8 */
function readText(field: Tlv | undefined, longest: number): string {
  const text = field === undefined || field.value.length > longest ? null : decodeStrict(field.value);
  if (text === null) throw incorrect();
  return text;
}

/** Type and bytes come together or not at all. */
function readIcon(kind: Tlv | undefined, bytes: Tlv | undefined): ChipProfile['icon'] {
  if (kind === undefined && bytes === undefined) return null;
  const type = kind === undefined ? undefined : iconTypes[decodeInteger(kind.value)];
  if (type === undefined || bytes === undefined || bytes.value.length > longestIcon) throw incorrect();
  return { type, data: bytesToHex(bytes.value) };
}

/** This chip takes test and operational profiles; the one for provisioning is put in by the factory. */
function readClass(field: Tlv | undefined): ChipProfile['profileClass'] {
  const profileClass = field === undefined ? 'operational' : classes[decodeInteger(field.value)];
  if (profileClass === undefined || profileClass === 'provisioning') throw new InstallationFailure('unsupportedProfileClass');
  return profileClass;
}

function readTargets(field: Tlv | undefined): ChipProfile['notificationTargets'] {
  return (field === undefined ? [] : childrenOf(field)).map((target) => ({
    address: readText(findChild(target, 0x81), 255),
    events: namesOf(findChild(target, 0x80), events),
  }));
}

function readOwner(field: Tlv | undefined): Pick<ChipProfile, 'ownerMccMnc' | 'ownerGroupIds'> {
  if (field === undefined) return { ownerMccMnc: null, ownerGroupIds: [] };
  const mccMnc = findChild(field, 0x80);
  if (mccMnc === undefined) throw incorrect();
  const groups = [0x81, 0x82].map((tag) => findChild(field, tag));
  return {
    ownerMccMnc: decodeMccMnc(mccMnc.value),
    ownerGroupIds: groups.map((group) => (group === undefined ? null : bytesToHex(group.value))),
  };
}

function namesOf<Name>(field: Tlv | undefined, names: readonly Name[]): readonly Name[] {
  if (field === undefined) return [];
  return decodeBitString(field.value).flatMap((bit) => names[bit] ?? []);
}

/**
 * PPR1 and PPR2 need a row in the Rules Authorisation Table that allows them to the profile's owner, and PPR1 the place for itself
 * (SGP.22 v2.5 §2.9.3.1).
 */
function checkPolicy({ policyRules, profileClass, ownerMccMnc }: ProfileMetadata, chip: ChipState): void {
  for (const rule of policyRules) {
    if (rule === 'pprUpdateControl') continue;
    const isAllowed = chip.rulesAuthorisationTable.some(
      (row) => row.rules.includes(rule) && ownerMccMnc !== null && row.operators.some((operator) => matches(operator, ownerMccMnc)),
    );
    if (!isAllowed) throw new InstallationFailure('pprNotAllowed');
  }
  const isAlone = chip.profiles.every((profile) => profile.profileClass !== 'operational');
  if (policyRules.includes('ppr1') && profileClass === 'operational' && !isAlone) throw new InstallationFailure('pprNotAllowed');
}

/** The nibble E in the table stands for any digit, the filler of a short MNC among them. */
function matches(operator: string, mccMnc: string): boolean {
  const pattern = operator.padEnd(6, 'F').replaceAll('E', '.');
  return new RegExp(`^${pattern}$`).test(mccMnc.padEnd(6, 'F'));
}

function incorrect(): InstallationFailure {
  return new InstallationFailure('incorrectInputValues');
}
