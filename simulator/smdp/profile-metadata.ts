import { encodeBitString } from '#native/euicc/tlv/bit-string.ts';
import { encodeIccid, encodeMccMnc } from '#native/euicc/tlv/digits.ts';
import { encodeInteger } from '#native/euicc/tlv/integer.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { drawIcon } from './icon.ts';
import type { DownloadProfile } from './order.ts';

const iconTypePng = 1;
const profileClasses = { test: 0, provisioning: 1, operational: 2 } as const;
const policyRuleBits = { ppr1: 1, ppr2: 2 } as const;
/** notificationEvent: enable, disable and delete. The result of the installation goes to the server of the session anyway. */
const watchedEvents = [1, 2, 3];

/**
 * StoreMetadataRequest, `BF25 { … }` (SGP.22 v2.5 §5.5.3): what is shown before the download and what the chip keeps.
 * @param serverAddress where notifications go unless the profile names another place
 */
export function encodeProfileMetadata(profile: DownloadProfile, serverAddress: string): Uint8Array {
  const icon =
    profile.iconColour === null ? [] : [encodeTlv(0x93, encodeInteger(iconTypePng)), encodeTlv(0x94, drawIcon(profile.iconColour))];
  const rules = profile.policyRules.map((rule) => policyRuleBits[rule]);
  const target = encodeTlv(
    0x30,
    encodeTlv(0x80, encodeBitString(watchedEvents)),
    encodeTlv(0x81, encodeText(profile.notificationAddress ?? serverAddress)),
  );
  return encodeTlv(
    0xbf25,
    encodeTlv(0x5a, encodeIccid(profile.iccid)),
    encodeTlv(0x91, encodeText(profile.serviceProviderName)),
    encodeTlv(0x92, encodeText(profile.profileName)),
    ...icon,
    encodeTlv(0x95, encodeInteger(profileClasses[profile.profileClass])),
    encodeTlv(0xb6, target),
    encodeTlv(0xb7, encodeTlv(0x80, encodeMccMnc(profile.ownerMccMnc))),
    ...(rules.length === 0 ? [] : [encodeTlv(0x99, encodeBitString(rules))]),
  );
}
