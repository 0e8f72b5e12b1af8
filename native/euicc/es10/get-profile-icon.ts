import type { ProfileIcon, ProfileSelector } from '../euicc.ts';
import { concatBytes } from '../tlv/hex.ts';
import { decodeInteger } from '../tlv/integer.ts';
import { type Tlv, childrenOf, findChild } from '../tlv/tlv-reader.ts';
import { encodeTag, encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, encodeSelector, readAnswer, refusal, requireChild } from './es10-function.ts';

const name = 'GetProfilesInfo';
const iconTags = concatBytes(...[0x93, 0x94].map(encodeTag));

/** 64 × 64 pixels in at most 1024 bytes (SGP.22 v2.5 §5.5.3); a little more is taken, since it is shown and not stored. */
const maxIconLength = 4096;
const jpegMark = [0xff, 0xd8, 0xff];
const pngMark = [0x89, 0x50, 0x4e, 0x47];

/** ES10c.GetProfilesInfo for the icon of one profile alone (SGP.22 v2.5 §5.7.15). */
export const getProfileIcon: Es10Function<ProfileSelector, ProfileIcon | null> = {
  name,
  encode: (profile) => encodeTlv(0xbf2d, encodeTlv(0xa0, encodeSelector(profile)), encodeTlv(0x5c, iconTags)),
  decode: (response) => {
    const answer = readAnswer(response, 0xbf2d, name);
    const error = findChild(answer, 0x81);
    if (error !== undefined) throw refusal(name, decodeInteger(error.value));
    const profile = childrenOf(requireChild(answer, 0xa0, name)).find(({ tag }) => tag === 0xe3);
    return profile === undefined ? null : readIcon(profile);
  },
};

/** The picture in `94`, whose own first bytes say what it is: `93` is not believed. Null where there is none that can be shown. */
export function readIcon(parent: Tlv): ProfileIcon | null {
  const bytes = findChild(parent, 0x94)?.value;
  if (bytes === undefined || bytes.length > maxIconLength) return null;
  if (jpegMark.every((octet, index) => bytes[index] === octet)) return { type: 'image/jpeg', bytes };
  if (pngMark.every((octet, index) => bytes[index] === octet)) return { type: 'image/png', bytes };
  return null;
}
