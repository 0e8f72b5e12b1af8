import { encodeBitString } from '#native/euicc/tlv/bit-string.ts';
import { encodeIccid, encodeMccMnc } from '#native/euicc/tlv/digits.ts';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { decodeInteger, encodeInteger } from '#native/euicc/tlv/integer.ts';
import type { Tlv } from '#native/euicc/tlv/tlv-reader.ts';
import { childrenOf, findChild } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import type { ChipProfile } from '../chip-state.ts';
import { portOfSlot, slotOf } from '../esim-ports.ts';
import type { Es10Context, Es10Function } from './es10-context.ts';
import { eventNumbers } from '../rsp/installation-result.ts';

const classNumbers = { test: 0, provisioning: 1, operational: 2 } as const;
/** Bits of PprIds (SGP.22 v2.5 §4.4). */
export const ruleNumbers = { pprUpdateControl: 0, ppr1: 1, ppr2: 2 } as const;

/** What is answered where no tag list asks for something else (SGP.22 v2.5 §5.7.15). */
const defaultTags: readonly number[] = [0x5a, 0x4f, 0x9f70, 0x90, 0x91, 0x92, 0x93, 0x94, 0x95];
/** All that a card of SGP.22 v2.2 knows. */
const tagsOfVersion2: ReadonlySet<number> = new Set([...defaultTags, 0xb6, 0xb7, 0xb8, 0x99, 0xbf76]);

/** ES10c.GetProfilesInfo (SGP.22 v2.5 §5.7.15). Tags that the card does not know are passed over. */
export const getProfilesInfo: Es10Function = (request, chip) => {
  const state = chip.state();
  const criteria = findChild(request, 0xa0);
  const tagList = findChild(request, 0x5c);
  const matches = criteria === undefined ? () => true : criterion(criteria);
  const tags = tagList === undefined ? defaultTags : readTagList(tagList.value);
  const isStranger = chip.kind.strictTags && tags.some((tag) => !tagsOfVersion2.has(tag));
  if (matches === null || isStranger) return encodeTlv(0xbf2d, encodeTlv(0x81, encodeInteger(1)));
  const found = state.profiles.filter((profile) => matches(profile));
  return encodeTlv(0xbf2d, encodeTlv(0xa0, ...found.map((profile) => encodeProfile(profile, chip, tags))));
};

/** One of ICCID, AID and class, or null where it is none of them. */
function criterion(criteria: Tlv): ((profile: ChipProfile) => boolean) | null {
  const [only, ...rest] = childrenOf(criteria);
  if (only === undefined || rest.length > 0) return null;
  switch (only.tag) {
    case 0x5a:
    case 0x4f:
      return (profile) => isNamed(profile, only);
    case 0x95: {
      const wanted = decodeInteger(only.value);
      return (profile) => classNumbers[profile.profileClass] === wanted;
    }
    default:
      return null;
  }
}

/** Whether this `5A` or `4F` names the profile. Compared as bytes: a card does not repair an ICCID that is one octet short. */
export function isNamed(profile: ChipProfile, name: Tlv): boolean {
  const own = name.tag === 0x5a ? bytesToHex(encodeIccid(profile.iccid)) : profile.isdpAid;
  return bytesToHex(name.value) === own;
}

function encodeProfile(profile: ChipProfile, chip: Es10Context, tags: readonly number[]): Uint8Array {
  const { mep } = chip.kind;
  const slot = slotOf(chip.state(), profile);
  const enabledOn = slot === null ? null : mep === null ? 0 : portOfSlot(mep, slot);
  const fields: readonly (readonly [tag: number, encode: () => readonly Uint8Array[] | null])[] = [
    [0x5a, () => [encodeIccid(profile.iccid)]],
    [0x4f, () => [hexToBytes(profile.isdpAid)]],
    // With ports this is the state on the port of the command (SGP.22 v3 §5.7.15).
    [0x9f70, () => [encodeInteger(enabledOn === chip.port ? 1 : 0)]],
    [0x9f24, () => (mep === null || enabledOn === null ? null : [encodeInteger(enabledOn)])],
    [0x90, () => (profile.nickname === null ? null : [encodeText(profile.nickname)])],
    [0x91, () => [encodeText(profile.serviceProviderName)]],
    [0x92, () => [encodeText(profile.profileName)]],
    [0x93, () => (profile.icon === null ? null : [encodeInteger(profile.icon.type === 'jpg' ? 0 : 1)])],
    [0x94, () => (profile.icon === null ? null : [hexToBytes(profile.icon.data)])],
    [0x95, () => [encodeInteger(classNumbers[profile.profileClass])]],
    [0xb6, () => profile.notificationTargets.map(encodeTarget)],
    [0xb7, () => encodeOwner(profile)],
    [0xb8, () => (profile.dpProprietaryData === null ? null : [hexToBytes(profile.dpProprietaryData)])],
    [0x99, () => (profile.policyRules.length === 0 ? null : [encodeBitString(profile.policyRules.map((rule) => ruleNumbers[rule]))])],
  ];
  const asked = fields.filter(([tag]) => tags.includes(tag));
  return encodeTlv(
    0xe3,
    ...asked.flatMap(([tag, encode]) => {
      const parts = encode();
      return parts === null ? [] : [encodeTlv(tag, ...parts)];
    }),
  );
}

function encodeOwner({ ownerMccMnc, ownerGroupIds }: ChipProfile): readonly Uint8Array[] | null {
  if (ownerMccMnc === null) return null;
  const groups = ownerGroupIds.flatMap((group, index) => (group === null ? [] : [encodeTlv(0x81 + index, hexToBytes(group))]));
  return [encodeTlv(0x80, encodeMccMnc(ownerMccMnc)), ...groups];
}

function encodeTarget(target: ChipProfile['notificationTargets'][number]): Uint8Array {
  const events = encodeBitString(target.events.map((event) => eventNumbers[event]));
  return encodeTlv(0x30, encodeTlv(0x80, events), encodeTlv(0x81, encodeText(target.address)));
}

/** Tags one after the other, without lengths: 5A 9F70 BF76. */
function readTagList(list: Uint8Array): readonly number[] {
  const tags: number[] = [];
  for (let offset = 0; offset < list.length; offset += 1) {
    let tag = list[offset] ?? 0;
    if ((tag & 0x1f) === 0x1f) {
      let following: number;
      do {
        offset += 1;
        following = list[offset] ?? 0;
        tag = tag * 256 + following;
      } while ((following & 0x80) !== 0);
    }
    tags.push(tag);
  }
  return tags;
}
