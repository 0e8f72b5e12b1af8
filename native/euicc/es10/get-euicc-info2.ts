import type { EuiccInfo2 } from '../euicc.ts';
import { decodeBitString, nameBits } from '../tlv/bit-string.ts';
import { decodeInteger, decodeUnsigned } from '../tlv/integer.ts';
import { decodeText } from '../tlv/text.ts';
import { childrenOf, readTlvs } from '../tlv/tlv-reader.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import {
  type Es10Function,
  decodeKeyIds,
  decodePolicyRules,
  decodeVersion,
  optionalField,
  readAnswer,
  requireChild,
} from './es10-function.ts';

const name = 'GetEUICCInfo2';

/** UICCCapability (SGP.22 v2.5 §5.7.8; bits from 26 on: v2.6). */
const uiccCapabilityNames: readonly string[] = [
  'contactless',
  'usim',
  'isim',
  'csim',
  'milenage',
  'cave',
  'tuak128',
  'tuak256',
  'usimTestAlgorithm',
  'rfu9',
  'gbaUsim',
  'gbaIsim',
  'mbms',
  'eap',
  'javacard',
  'multos',
  'multipleUsim',
  'multipleIsim',
  'multipleCsim',
  'berTlvFile',
  'dfLink',
  'catTp',
  'getIdentity',
  'profile-a-x25519',
  'profile-b-p256',
  'suciCalculatorApi',
  'dnsResolution',
  'scp11ac',
  'scp11cAuth',
  's16mode',
  'eaka',
  'iotMinimal',
];

/** RspCapability (SGP.22 v2.5 §5.7.8; bits from 19 on: v2.6). */
const rspCapabilityNames: Readonly<Record<number, string>> = {
  0: 'additionalProfile',
  1: 'crl',
  2: 'rpm',
  3: 'testProfile',
  4: 'deviceInfoExtensibility',
  5: 'serviceSpecificData',
  19: 'osUpdate',
  26: 'iotSpecificMetadata',
  27: 'mslCheck',
  28: 'rspServerTestProfileAllowlist',
};

const categories: readonly string[] = ['other', 'basic', 'medium', 'contactless'];

/** ES10b.GetEUICCInfo, the long one (SGP.22 v2.5 §5.7.8): versions, memory, capabilities. */
export const getEuiccInfo2: Es10Function<void, EuiccInfo2> = {
  name,
  encode: () => encodeTlv(0xbf22),
  decode: (response) => {
    const answer = readAnswer(response, 0xbf22, name);
    const fields = new Map(childrenOf(answer).map((field) => [field.tag, field]));
    // extCardResource is an OCTET STRING that holds TLVs of its own (TS 102 226 §8.2.1.7.2).
    const resources = new Map(optionalField(fields.get(0x84), readTlvs)?.map((field) => [field.tag, field]));
    return {
      svn: decodeVersion(requireChild(answer, 0x82, name).value),
      profileVersion: decodeVersion(requireChild(answer, 0x81, name).value),
      firmwareVersion: decodeVersion(requireChild(answer, 0x83, name).value),
      installedApplications: optionalField(resources.get(0x81), decodeUnsigned),
      freeNonVolatileMemory: optionalField(resources.get(0x82), decodeUnsigned),
      freeVolatileMemory: optionalField(resources.get(0x83), decodeUnsigned),
      uiccCapabilities: optionalField(fields.get(0x85), (content) => nameBits(decodeBitString(content), uiccCapabilityNames)) ?? [],
      rspCapabilities: optionalField(fields.get(0x88), (content) => nameBits(decodeBitString(content), rspCapabilityNames)) ?? [],
      ciKeyIdsForVerification: decodeKeyIds(fields.get(0xa9)),
      ciKeyIdsForSigning: decodeKeyIds(fields.get(0xaa)),
      category: optionalField(fields.get(0x8b), (content) => categories[decodeInteger(content)] ?? null),
      forbiddenPolicyRules: optionalField(fields.get(0x99), decodePolicyRules) ?? [],
      ppVersion: optionalField(fields.get(0x04), decodeVersion),
      sasAccreditationNumber: optionalField(fields.get(0x0c), decodeText),
      globalPlatformVersion: optionalField(fields.get(0x87), decodeVersion),
      javaCardVersion: optionalField(fields.get(0x86), decodeVersion),
    };
  },
};
