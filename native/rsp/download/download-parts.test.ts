import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OperatorId, RuleAuthorisation } from '../../euicc/euicc.ts';
import { bytesToHex, concatBytes, hexToBytes } from '../../euicc/tlv/hex.ts';
import { decodeObjectIdentifier } from '../../euicc/tlv/object-identifier.ts';
import { encodeTlv } from '../../euicc/tlv/tlv-writer.ts';
import { readCertificate } from '../certificate.ts';
import { readBoundProfilePackage } from './bound-profile-package.ts';
import { hashConfirmationCode } from './hash-confirmation-code.ts';
import { installationError } from './installation-error.ts';
import { checkPolicy } from './policy-check.ts';
import { decodeProfileMetadata, isSameProfile, type ProfileMetadata } from './profile-metadata.ts';

const mac = new Uint8Array(8).fill(0xcc);
const channel = hexToBytes('BF230C 820101 80020A0B A600 5F3700'.replaceAll(' ', ''));
const configure = encodeTlv(0xa0, encodeTlv(0x87, mac));
const metadata = encodeTlv(0xa1, encodeTlv(0x88, hexToBytes('BF2501'), mac), encodeTlv(0x88, hexToBytes('99'), mac));
const keys = encodeTlv(0xa2, encodeTlv(0x87, mac, mac));
const elements = encodeTlv(0xa3, encodeTlv(0x86, new Uint8Array(1000)), encodeTlv(0x86, mac));

describe('a bound profile package', () => {
  it('comes apart into the scripts of the card, whose bytes are the package', () => {
    const whole = encodeTlv(0xbf36, channel, configure, metadata, keys, elements);
    const read = readBoundProfilePackage(whole);
    expect(read.segments.map((segment) => bytesToHex(segment.subarray(0, 8)))).toEqual([
      'BF36820443BF230C', // the header of the whole, and BF23
      'A00A8708CCCCCCCC', // A0 whole
      'A118', // the header of A1 alone
      '880BBF2501CCCCCC',
      '880999CCCCCCCCCC',
      'A2128710CCCCCCCC', // A2 whole
      'A38203F6', // the header of A3 alone
      '868203E800000000',
      '8608CCCCCCCCCCCC',
    ]);
    expect(bytesToHex(concatBytes(...read.segments))).toBe(bytesToHex(whole));
    expect(bytesToHex(read.metadata)).toBe('BF250199');
    expect(read.transactionId).toBe('0A0B');
  });

  it('may go without keys of its own', () => {
    const read = readBoundProfilePackage(encodeTlv(0xbf36, channel, configure, metadata, elements));
    expect(read.segments).toHaveLength(8);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['another object', encodeTlv(0xbf37, channel, configure, metadata, elements)],
    ['something behind it', concatBytes(encodeTlv(0xbf36, channel, configure, metadata, elements), hexToBytes('00'))],
    ['no elements', encodeTlv(0xbf36, channel, configure, metadata)],
    ['no element among the elements', encodeTlv(0xbf36, channel, configure, metadata, encodeTlv(0xa3))],
    ['no metadata', encodeTlv(0xbf36, channel, configure, elements)],
    ['another order', encodeTlv(0xbf36, configure, channel, metadata, elements)],
    ['an unknown part', encodeTlv(0xbf36, channel, configure, metadata, keys, encodeTlv(0xa4, encodeTlv(0x86, mac)), elements)],
    ['an unknown part at the end', encodeTlv(0xbf36, channel, configure, metadata, keys, elements, encodeTlv(0xa4, encodeTlv(0x86, mac)))],
    [
      'an unknown object in a part',
      encodeTlv(0xbf36, channel, configure, metadata, encodeTlv(0xa3, encodeTlv(0x86, mac), encodeTlv(0x85, mac))),
    ],
    ['an object that is shorter than its MAC', encodeTlv(0xbf36, channel, configure, metadata, encodeTlv(0xa3, hexToBytes('8601CC')))],
    ['no transaction', encodeTlv(0xbf36, hexToBytes('BF2300'), configure, metadata, elements)],
    ['a cut', encodeTlv(0xbf36, channel, configure, metadata, elements).subarray(0, 200)],
  ])('with %s is refused', (_name, bytes) => {
    expect(() => readBoundProfilePackage(bytes)).toThrow(expect.objectContaining({ code: 'PROFILE_PACKAGE_INVALID' }));
  });
});

const bf25 =
  'BF25 38 5A0A984499000000841206F2 91034C4542 920A4C4542204575726F7065 930101 940489504E47 950102 B709800300F110 810201FF 99020640'.replaceAll(
    ' ',
    '',
  );

describe('metadata', () => {
  const profile: ProfileMetadata = {
    iccid: '8944990000004821602',
    serviceProviderName: 'LEB',
    profileName: 'LEB Europe',
    profileClass: 'operational',
    icon: { type: 'image/png', bytes: hexToBytes('89504E47') },
    owner: { mccMnc: '00101', gid1: '01FF', gid2: null },
    policyRules: ['ppr1'],
  };

  it('says what the profile is', () => {
    expect(decodeProfileMetadata(hexToBytes(bf25))).toEqual(profile);
    expect(decodeProfileMetadata(hexToBytes('BF25115A0A984499000000841206F29100920141'))).toEqual({
      ...profile,
      serviceProviderName: '',
      profileName: 'A',
      icon: null,
      owner: null,
      policyRules: [],
    });
  });

  it('is refused where rules or the ICCID cannot be read', () => {
    const malformed = expect.objectContaining({ code: 'CARD_ANSWER' });
    expect(() => decodeProfileMetadata(hexToBytes(bf25.replace('99020640', '99020940')))).toThrow(malformed);
    expect(() => decodeProfileMetadata(hexToBytes('BF2504910092 00'.replaceAll(' ', '')))).toThrow(malformed);
  });

  it('is compared by what it says', () => {
    expect(isSameProfile(profile, decodeProfileMetadata(hexToBytes(bf25)))).toBe(true);
    for (const change of [{ iccid: '8944990000004821784' }, { policyRules: [] }, { icon: null }, { owner: null }, { profileName: 'X' }])
      expect(isSameProfile(profile, { ...profile, ...change })).toBe(false);
  });
});

function row(operator: OperatorId, consentRequired = false): RuleAuthorisation {
  return { rules: ['ppr1'], operators: [operator], consentRequired };
}

describe('policy rules', () => {
  const owner: OperatorId = { mccMnc: '00101', gid1: '01', gid2: null };
  const base = decodeProfileMetadata(hexToBytes(bf25));
  const any: OperatorId = { mccMnc: 'EEEEEE', gid1: null, gid2: null };
  const refused = { kind: 'refused', rule: 'ppr1' };
  const allowed = { kind: 'allowed', needsConsent: [] };

  it.each<[string, Parameters<typeof checkPolicy>[0], readonly RuleAuthorisation[], object]>([
    ['an empty table allows nothing', { ...base, owner }, [], refused],
    ['any operator', { ...base, owner }, [row(any)], allowed],
    ['consent', { ...base, owner }, [row(any, true)], { kind: 'allowed', needsConsent: ['ppr1'] }],
    ['the first row that fits decides', { ...base, owner }, [row({ ...any, mccMnc: '00102' }, true), row(owner), row(any, true)], allowed],
    ['any MNC of a country', { ...base, owner }, [row({ ...any, mccMnc: '001EEE' })], allowed],
    ['a three-digit MNC is another one', { ...base, owner }, [row({ ...any, mccMnc: '001010' })], refused],
    ['another group', { ...base, owner }, [row({ ...owner, gid1: '02' })], refused],
    ['a profile of nobody', { ...base, owner: null }, [row(any)], refused],
    ['a row for another rule', { ...base, owner, policyRules: ['ppr1', 'ppr2'] }, [row(any)], { kind: 'refused', rule: 'ppr2' }],
    ['a profile without binding rules', { ...base, owner, policyRules: ['pprUpdateControl'] }, [], allowed],
  ])('%s', (_name, profile, table, verdict) => {
    expect(checkPolicy(profile, [], table)).toEqual(verdict);
  });

  it('that the card forbids need no table', () => {
    expect(checkPolicy({ ...base, owner }, ['ppr1'], [row(any)])).toEqual(refused);
  });
});

it('hashes a confirmation code with its transaction', () => {
  expect(bytesToHex(hashConfirmationCode('96-测', hexToBytes('0A0B0C')))).toBe(
    'E7128255F8CBA183BE44591E063AA897B3C02BC68BC85102DA7B08C04FBE4A13',
  );
});

const vectors = new URL('../../../../shared/bsp-vectors.json', import.meta.url);
it.skipIf(!existsSync(vectors))('hashes as the vectors of other implementations do', () => {
  const { hashCc } = JSON.parse(readFileSync(vectors, 'utf8')) as {
    hashCc: { confirmationCode: string; transactionId: string; hashCc: string };
  };
  const hash = hashConfirmationCode(hashCc.confirmationCode, hexToBytes(hashCc.transactionId));
  expect(bytesToHex(hash)).toBe(hashCc.hashCc.toUpperCase());
});

it.each([
  [9, 'PROFILE_ALREADY_INSTALLED'],
  [10, 'EUICC_MEMORY_FULL'],
  [15, 'PROFILE_RULES_NOT_ALLOWED'],
  [8, 'PROFILE_INSTALLATION_FAILED'],
  [127, 'PROFILE_INSTALLATION_FAILED'],
])('reason %i is %s', (errorReason, code) => {
  expect(installationError({ kind: 'failed', bppCommandId: 5, errorReason, simaResponse: null })).toMatchObject({
    code,
    details: { bppCommandId: 5, errorReason, simaResponse: null },
  });
});

it.each([
  ['3007A0053003800104', 4],
  ['A003800104', 4],
  ['300CA00A3003800100300380011F', 31],
  ['3007A0053003800100', undefined],
  ['3009A0053003800104', undefined],
  ['zz', undefined],
  ['', undefined],
])('a card that says %s names the fault %s', (simaResponse, peStatus) => {
  const error = installationError({ kind: 'failed', bppCommandId: 5, errorReason: 12, simaResponse });
  expect(error.details['peStatus']).toBe(peStatus);
});

function extension(oid: string, value: string): Uint8Array {
  return encodeTlv(0x30, encodeTlv(0x06, hexToBytes(oid)), encodeTlv(0x04, hexToBytes(value)));
}

function certificate(...extensions: readonly Uint8Array[]): Uint8Array {
  return encodeTlv(0x30, encodeTlv(0x30, hexToBytes('A003020102'), encodeTlv(0xa3, encodeTlv(0x30, ...extensions))), hexToBytes('3000'));
}

describe('certificates', () => {
  it('say the role and the OID of their holder', () => {
    const bytes = certificate(
      extension('551D20', '300B3009 0607 67811201020104'.replaceAll(' ', '')),
      extension('551D11', '300588 03 883703'.replaceAll(' ', '')),
    );
    expect(readCertificate(bytes)).toEqual({ policies: ['2.23.146.1.2.1.4'], registeredId: '2.999.3' });
    expect(readCertificate(encodeTlv(0x30, encodeTlv(0x30)))).toEqual({ policies: [], registeredId: null });
  });

  it.each([
    ['883703', '2.999.3'],
    ['2A0304', '1.2.3.4'],
    ['67811201020103', '2.23.146.1.2.1.3'],
    ['00', '0.0'],
  ])('the OID %s is %s', (hex, oid) => {
    expect(decodeObjectIdentifier(hexToBytes(hex))).toBe(oid);
  });

  it.each(['', '88', '8837FF', 'FFFFFFFFFFFFFFFFFF7F'])('the OID %s is none', (hex) => {
    expect(() => decodeObjectIdentifier(hexToBytes(hex))).toThrow(expect.objectContaining({ code: 'CARD_ANSWER' }));
  });
});
