import { encodeBitString } from '#native/euicc/tlv/bit-string.ts';
import { encodeMccMnc } from '#native/euicc/tlv/digits.ts';
import { hexToBytes } from '#native/euicc/tlv/hex.ts';
import { encodeInteger } from '#native/euicc/tlv/integer.ts';
import { findChild } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { keyIdentifierOf } from '../../pki/issue-certificate.ts';
import type { ChipState } from '../chip-state.ts';
import { StatusWordError, statusWords } from '../status-word.ts';
import type { Es10Context, Es10Function } from './es10-context.ts';
import { ruleNumbers } from './profiles-info.ts';

/** SGP.22 2.2.0, as most cards of the field; the FCI of the ISD-R says the same. */
export const svn = Uint8Array.of(2, 2, 0);

/** ES10c.GetEID (SGP.22 v2.5 §5.7.20): the only tag that can be asked for is 5A. */
export const getEid: Es10Function = (request, chip) => {
  const tagList = findChild(request, 0x5c);
  if (tagList === undefined || tagList.value[0] !== 0x5a || tagList.value.length !== 1) throw new StatusWordError(statusWords.wrongData);
  return encodeTlv(0xbf3e, encodeTlv(0x5a, hexToBytes(chip.state().eid)));
};

/** The CI keys for verification (A9) and for signing (AA), by key identifier: the one root that the chip's own chain ends in. */
function encodeCiKeyLists(chip: Es10Context): readonly Uint8Array[] {
  const identifier = encodeTlv(0x04, keyIdentifierOf(chip.credential().ci.publicKey));
  return [encodeTlv(0xa9, identifier), encodeTlv(0xaa, identifier)];
}

/** ES10b.GetEUICCInfo1 (SGP.22 v2.5 §5.7.8). */
export const getEuiccInfo1: Es10Function = (_request, chip) => encodeTlv(0xbf20, encodeTlv(0x82, svn), ...encodeCiKeyLists(chip));

/** ES10b.GetEUICCInfo2 (SGP.22 v2.5 §5.7.8). */
export const getEuiccInfo2: Es10Function = (_request, chip) => encodeEuiccInfo2(chip);

/** BF22, which the chip also signs when it meets a server. */
export function encodeEuiccInfo2(chip: Es10Context): Uint8Array {
  return encodeTlv(
    0xbf22,
    encodeTlv(0x81, Uint8Array.of(2, 3, 1)),
    encodeTlv(0x82, svn),
    encodeTlv(0x83, Uint8Array.of(1, 0, 0)),
    encodeTlv(
      0x84,
      encodeTlv(0x81, encodeInteger(0)),
      encodeTlv(0x82, fourOctets(freeMemory(chip.state()))),
      encodeTlv(0x83, fourOctets(5856)),
    ),
    // usim, isim, csim, milenage, cave, tuak128, tuak256, gbaUsim, gbaIsim, eap, javacard, multipleUsim, multipleIsim
    encodeTlv(0x85, encodeBitString([1, 2, 3, 4, 5, 6, 7, 10, 11, 13, 14, 16, 17])),
    encodeTlv(0x86, Uint8Array.of(11, 0, 0)),
    encodeTlv(0x87, Uint8Array.of(2, 3, 1)),
    encodeTlv(0x88, encodeBitString([0, 3])), // additionalProfile, testProfile
    ...encodeCiKeyLists(chip),
    encodeTlv(0x8b, encodeInteger(2)), // medium
    encodeTlv(0x99, encodeBitString([0])), // pprUpdateControl
    encodeTlv(0x04, Uint8Array.of(0, 0, 1)),
    encodeTlv(0x0c, encodeText('ZZ-ZZ-UP-0000')),
    // highestSvn: several enabled profiles came with version 3.
    ...(chip.kind.mep === null ? [] : [encodeTlv(0x93, Uint8Array.of(3, 0, 0))]),
  );
}

/** Bytes that the next profile can have. */
export function installableMemory(chip: Es10Context): number {
  return Math.min(freeMemory(chip.state()), chip.kind.usableMemory);
}

/** Bytes of non-volatile memory that are left, never under zero. */
export function freeMemory(state: ChipState): number {
  return Math.max(0, state.memory - state.profiles.reduce((sum, profile) => sum + profile.size, 0));
}

function fourOctets(value: number): Uint8Array {
  const octets = new Uint8Array(4);
  new DataView(octets.buffer).setUint32(0, value);
  return octets;
}

/** ES10b.GetRAT (SGP.22 v2.5 §5.7.22). */
export const getRulesAuthorisationTable: Es10Function = (_request, chip) => {
  const rows = chip
    .state()
    .rulesAuthorisationTable.map(({ rules, operators, consentRequired }) =>
      encodeTlv(
        0x30,
        encodeTlv(0x80, encodeBitString(rules.map((rule) => ruleNumbers[rule]))),
        encodeTlv(0xa1, ...operators.map((operator) => encodeTlv(0x30, encodeTlv(0x80, encodeMccMnc(operator))))),
        encodeTlv(0x82, encodeBitString(consentRequired ? [0] : [])),
      ),
    );
  return encodeTlv(0xbf43, encodeTlv(0xa0, ...rows));
};
