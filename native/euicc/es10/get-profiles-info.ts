import type { ProfileClass, ProfileInfo } from '../euicc.ts';
import { decodeIccid, decodeMccMnc } from '../tlv/digits.ts';
import { bytesToHex, concatBytes } from '../tlv/hex.ts';
import { decodeInteger } from '../tlv/integer.ts';
import { decodeText } from '../tlv/text.ts';
import { type Tlv, childrenOf, findChild, readTlvs } from '../tlv/tlv-reader.ts';
import { encodeTag, encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, decodePolicyRules, optionalField, readAnswer, refusal, requireChild } from './es10-function.ts';

const name = 'GetProfilesInfo';

/** What a list needs. Icons stay on the card: each can be a thousand bytes, and a list is read after every change. */
const lightTags: readonly number[] = [0x5a, 0x4f, 0x9f70, 0x90, 0x91, 0x92, 0x95, 0x99, 0xb7];
/** enabledOnEsimPort (SGP.22 v3 §5.7.15), which comes only when it is asked for. */
const portTag = 0x9f24;

/**
 * Which fields to ask for, the most useful first: some older cards refuse a list with a tag that they do not know (result 1), so that
 * the next kind has to do. `cardsChoice` leaves the fields to the card.
 */
export const profileFieldKinds = ['withPort', 'light', 'cardsChoice'] as const;
export type ProfileFields = (typeof profileFieldKinds)[number];

const profileClasses: readonly ProfileClass[] = ['test', 'provisioning', 'operational'];

/** ES10c.GetProfilesInfo (SGP.22 v2.5 §5.7.15). */
export const getProfilesInfo: Es10Function<ProfileFields, readonly ProfileInfo[]> = {
  name,
  encode: (fields) => {
    if (fields === 'cardsChoice') return encodeTlv(0xbf2d);
    const tags = fields === 'withPort' ? [...lightTags, portTag] : lightTags;
    return encodeTlv(0xbf2d, encodeTlv(0x5c, concatBytes(...tags.map(encodeTag))));
  },
  decode: (response) => {
    const answer = readAnswer(response, 0xbf2d, name);
    const error = findChild(answer, 0x81);
    if (error !== undefined) throw refusal(name, decodeInteger(error.value));
    return childrenOf(requireChild(answer, 0xa0, name))
      .filter(({ tag }) => tag === 0xe3)
      .flatMap((profile) => decodeProfile(profile) ?? []);
  },
};

/** Every field is optional in principle; a profile without an ICCID is one that is still being made, and nothing can be done with it. */
function decodeProfile(profile: Tlv): ProfileInfo | null {
  const fields = new Map(childrenOf(profile).map((field) => [field.tag, field]));
  const iccid = fields.get(0x5a);
  if (iccid === undefined) return null;
  const state = optionalField(fields.get(0x9f70), decodeInteger);
  const profileClass = optionalField(fields.get(0x95), decodeInteger);
  const port = optionalField(fields.get(portTag), decodeInteger);
  const onPort = port !== null && port >= 0 ? port : null;
  return {
    iccid: decodeIccid(iccid.value),
    isdpAid: optionalField(fields.get(0x4f), bytesToHex),
    // With ports, profileState speaks of the port alone on which the command came in.
    state: state === 1 || onPort !== null ? 'enabled' : 'disabled',
    nickname: optionalField(fields.get(0x90), decodeText) || null,
    serviceProviderName: optionalField(fields.get(0x91), decodeText) || null,
    profileName: optionalField(fields.get(0x92), decodeText) || null,
    profileClass: profileClasses[profileClass ?? 2] ?? 'operational',
    owner: optionalField(fields.get(0xb7), decodeOwner),
    policyRules: optionalField(fields.get(0x99), decodePolicyRules) ?? [],
    port: onPort,
  };
}

/** OperatorId (coded as in TS 24.008 §10.5.1.3): the network; the group identifiers beside it are of no use to people. */
function decodeOwner(content: Uint8Array): ProfileInfo['owner'] {
  const mccMnc = readTlvs(content).find(({ tag }) => tag === 0x80);
  return mccMnc === undefined ? null : { mccMnc: decodeMccMnc(mccMnc.value) };
}
