import type { OperatorId, RuleAuthorisation } from '../euicc.ts';
import { decodeBitString } from '../tlv/bit-string.ts';
import { decodeMccMnc } from '../tlv/digits.ts';
import { bytesToHex } from '../tlv/hex.ts';
import { type Tlv, childrenOf, findChild } from '../tlv/tlv-reader.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { type Es10Function, decodePolicyRules, optionalField, readAnswer, requireChild } from './es10-function.ts';

const name = 'GetRAT';

/** ES10b.GetRAT (SGP.22 v2.5 §5.7.22): which operators may bring which policy rules. An empty table allows none. */
export const getRat: Es10Function<void, readonly RuleAuthorisation[]> = {
  name,
  encode: () => encodeTlv(0xbf43),
  decode: (response) =>
    childrenOf(requireChild(readAnswer(response, 0xbf43, name), 0xa0, name))
      .filter(({ tag }) => tag === 0x30)
      .map(decodeRow),
};

function decodeRow(row: Tlv): RuleAuthorisation {
  const flags = optionalField(findChild(row, 0x82), decodeBitString) ?? [];
  return {
    rules: decodePolicyRules(requireChild(row, 0x80, name).value),
    operators: childrenOf(requireChild(row, 0xa1, name))
      .filter(({ tag }) => tag === 0x30)
      .map(decodeOperatorId),
    consentRequired: flags.includes(0),
  };
}

/** `80 mccMnc, 81 gid1?, 82 gid2?` (SGP.22 v2.5 §2.4a.1.2). @throws DeviceError CARD_ANSWER */
export function decodeOperatorId(operator: Tlv): OperatorId {
  return {
    mccMnc: decodeMccMnc(requireChild(operator, 0x80, name).value),
    gid1: optionalField(findChild(operator, 0x81), bytesToHex),
    gid2: optionalField(findChild(operator, 0x82), bytesToHex),
  };
}
