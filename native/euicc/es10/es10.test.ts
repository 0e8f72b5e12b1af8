import { describe, expect, it } from 'vitest';
import { bytesToHex, hexToBytes } from '../tlv/hex.ts';
import { deleteProfile } from './delete-profile.ts';
import { disableProfile } from './disable-profile.ts';
import { enableProfile } from './enable-profile.ts';
import { getEid } from './get-eid.ts';
import { getEuiccConfiguredAddresses } from './get-euicc-configured-addresses.ts';
import { getEuiccInfo1 } from './get-euicc-info1.ts';
import { getEuiccInfo2 } from './get-euicc-info2.ts';
import { getProfilesInfo } from './get-profiles-info.ts';
import { listNotification } from './list-notification.ts';
import { setNickname } from './set-nickname.ts';

const iccid = '8944990000004821602';
const isdpAid = 'A0000005591010FFFFFFFF8900001100';
const malformed = expect.objectContaining({ code: 'CARD_ANSWER' });

describe('what is sent', () => {
  it.each([
    ['GetEID', getEid.encode(), 'BF3E035C015A'],
    ['GetEUICCInfo1', getEuiccInfo1.encode(), 'BF2000'],
    ['GetEUICCInfo2', getEuiccInfo2.encode(), 'BF2200'],
    ['GetEuiccConfiguredAddresses', getEuiccConfiguredAddresses.encode(), 'BF3C00'],
    ['GetProfilesInfo, with ports', getProfilesInfo.encode('withPort'), 'BF2D0E5C0C5A4F9F709091929599B79F24'],
    ['GetProfilesInfo, light', getProfilesInfo.encode('light'), 'BF2D0C5C0A5A4F9F709091929599B7'],
    ['GetProfilesInfo, as the card likes', getProfilesInfo.encode('cardsChoice'), 'BF2D00'],
    ['ListNotification', listNotification.encode(), 'BF2800'],
    [
      'EnableProfile by ICCID',
      enableProfile.encode({ profile: { iccid }, refreshFlag: false }),
      'BF3111A00C5A0A984499000000841206F2810100',
    ],
    [
      'EnableProfile by AID, with refresh',
      enableProfile.encode({ profile: { isdpAid }, refreshFlag: true }),
      'BF3117A0124F10A0000005591010FFFFFFFF89000011008101FF',
    ],
    ['DisableProfile', disableProfile.encode({ profile: { iccid }, refreshFlag: true }), 'BF3211A00C5A0A984499000000841206F28101FF'],
    ['DeleteProfile', deleteProfile.encode({ iccid }), 'BF330C5A0A984499000000841206F2'],
    ['SetNickname', setNickname.encode({ iccid, nickname: '测试' }), 'BF29145A0A984499000000841206F29006E6B58BE8AF95'],
    ['SetNickname, removing it', setNickname.encode({ iccid, nickname: '' }), 'BF290E5A0A984499000000841206F29000'],
  ])('%s', (_name, request, hex) => {
    expect(bytesToHex(request)).toBe(hex);
  });

  it('counts the bytes of a nickname, not its letters', () => {
    expect(setNickname.encode({ iccid, nickname: '名'.repeat(21) })).toHaveLength(3 + 12 + 2 + 63);
    expect(() => setNickname.encode({ iccid, nickname: '名'.repeat(22) })).toThrow(
      expect.objectContaining({ code: 'NICKNAME_TOO_LONG', details: { bytes: 66 } }),
    );
  });

  it.each([{ iccid: '123' }, { iccid: 'x'.repeat(19) }, { isdpAid: 'A0' }, { isdpAid: 'nothing' }])(
    'no profile can be called %o',
    (profile) => {
      expect(() => deleteProfile.encode(profile)).toThrow(expect.objectContaining({ code: 'PROFILE_NOT_FOUND' }));
    },
  );
});

describe('results', () => {
  it.each([
    [enableProfile, 'BF31', 1, 'PROFILE_NOT_FOUND'],
    [enableProfile, 'BF31', 2, 'PROFILE_NOT_DISABLED'],
    [enableProfile, 'BF31', 3, 'PROFILE_POLICY'],
    [enableProfile, 'BF31', 4, 'PROFILE_WRONG_REENABLING'],
    [enableProfile, 'BF31', 5, 'CAT_BUSY'],
    [enableProfile, 'BF31', 127, 'EUICC_REFUSED'],
    [enableProfile, 'BF31', 99, 'EUICC_REFUSED'],
    [disableProfile, 'BF32', 1, 'PROFILE_NOT_FOUND'],
    [disableProfile, 'BF32', 2, 'PROFILE_NOT_ENABLED'],
    [disableProfile, 'BF32', 3, 'PROFILE_POLICY'],
    [disableProfile, 'BF32', 5, 'CAT_BUSY'],
    [disableProfile, 'BF32', 127, 'EUICC_REFUSED'],
    [deleteProfile, 'BF33', 1, 'PROFILE_NOT_FOUND'],
    [deleteProfile, 'BF33', 2, 'PROFILE_NOT_DISABLED'],
    [deleteProfile, 'BF33', 3, 'PROFILE_POLICY'],
    [deleteProfile, 'BF33', 127, 'EUICC_REFUSED'],
    [setNickname, 'BF29', 1, 'PROFILE_NOT_FOUND'],
    [setNickname, 'BF29', 127, 'EUICC_REFUSED'],
  ] as const)('%o %s %i is %s', (command, tag, result, code) => {
    const answer = hexToBytes(`${tag}038001${result.toString(16).padStart(2, '0')}`);
    expect(() => {
      command.decode(answer);
    }).toThrow(expect.objectContaining({ code, details: { command: command.name, result } }));
  });

  it.each([
    [enableProfile, 'BF3103800100'],
    [disableProfile, 'BF3203800100'],
    [deleteProfile, 'BF3303800100'],
    [setNickname, 'BF2903800100'],
  ] as const)('%o 0 is done', (command, answer) => {
    expect(command.decode(hexToBytes(answer))).toBeUndefined();
  });

  it.each(['', 'BF3100', 'BF3203800100', 'BF31038001', '9000'])('refuses the answer "%s"', (answer) => {
    expect(() => {
      enableProfile.decode(hexToBytes(answer));
    }).toThrow(malformed);
  });
});

describe('what is read', () => {
  it('EID', () => {
    expect(getEid.decode(hexToBytes('BF3E125A1089044990000000000000000000000188'))).toBe('89044990000000000000000000000188');
    expect(() => getEid.decode(hexToBytes('BF3E035A0189'))).toThrow(malformed);
    expect(() => getEid.decode(hexToBytes('BF3E125A10AB044990000000000000000000000188'))).toThrow(malformed);
  });

  it('EUICCInfo1, keys in the order of preference, unknown fields skipped', () => {
    const first = '11'.repeat(20);
    const second = '2A'.repeat(20);
    const answer = `BF204F 8203020200 A92C 0414${first} 0414${second} AA16 0414${first} 9F2A0101`.replaceAll(' ', '');
    expect(getEuiccInfo1.decode(hexToBytes(answer))).toEqual({
      svn: '2.2.0',
      ciKeyIdsForVerification: [first, second.toUpperCase()],
      ciKeyIdsForSigning: [first],
    });
    expect(() => getEuiccInfo1.decode(hexToBytes('BF2000'))).toThrow(malformed);
  });

  it('EUICCInfo2 of a test card', () => {
    const fields = [
      '8103020301', // profileVersion
      '8203020200', // svn
      '8303010203', // euiccFirmwareVer
      '840D 810100 82040007EA32 8302 16E0', // extCardResource
      '8504067F36C0', // uiccCapability
      '8603090200', // ts102241Version
      '8703020300', // globalplatformVersion
      '88020490', // rspCapability
      `A916 0414${'11'.repeat(20)}`,
      `AA16 0414${'11'.repeat(20)}`,
      '8B0102', // euiccCategory
      '99020780', // forbiddenProfilePolicyRules
      '0403000001', // ppVersion
      '0C0F47492D42412D55502D303431392020', // sasAccreditationNumber
      '8D0100', // of a later version: skipped
    ].join('');
    const content = hexToBytes(fields);
    const answer = Uint8Array.from([0xbf, 0x22, 0x81, content.length, ...content]);
    expect(getEuiccInfo2.decode(answer)).toEqual({
      svn: '2.2.0',
      profileVersion: '2.3.1',
      firmwareVersion: '1.2.3',
      installedApplications: 0,
      freeNonVolatileMemory: 518_706,
      freeVolatileMemory: 5856,
      uiccCapabilities: [
        'usim',
        'isim',
        'csim',
        'milenage',
        'cave',
        'tuak128',
        'tuak256',
        'gbaUsim',
        'gbaIsim',
        'eap',
        'javacard',
        'multipleUsim',
        'multipleIsim',
      ],
      rspCapabilities: ['additionalProfile', 'testProfile'],
      ciKeyIdsForVerification: ['11'.repeat(20)],
      ciKeyIdsForSigning: ['11'.repeat(20)],
      category: 'medium',
      forbiddenPolicyRules: ['pprUpdateControl'],
      ppVersion: '0.0.1',
      sasAccreditationNumber: 'GI-BA-UP-0419',
      globalPlatformVersion: '2.3.0',
      javaCardVersion: '9.2.0',
    });
  });

  it('EUICCInfo2 with the least that a card must say, and with fields that cannot be read', () => {
    const least = { ...getEuiccInfo2.decode(hexToBytes('BF220F 8103020301 8203020200 8303010203')) };
    expect(least).toMatchObject({ freeNonVolatileMemory: null, uiccCapabilities: [], category: null, ciKeyIdsForSigning: [] });
    expect(getEuiccInfo2.decode(hexToBytes('BF2218 8103020301 8203020200 8303010203 8402FFFF 8500 8B0109'))).toEqual(least);
    expect(() => getEuiccInfo2.decode(hexToBytes('BF220A 8103020301 8303010203'))).toThrow(malformed);
  });

  it.each([
    ['BF3C0B 8003612E62 8104632E6465', 'a.b', 'c.de'],
    ['BF3C08 8000 8104632E6465', null, 'c.de'],
    ['BF3C06 8104632E6465', null, 'c.de'],
    ['BF3C00', null, ''],
  ])('addresses %s', (answer, defaultSmdpAddress, rootSmdsAddress) => {
    expect(getEuiccConfiguredAddresses.decode(hexToBytes(answer))).toEqual({ defaultSmdpAddress, rootSmdsAddress });
  });

  it('profiles, complete and bare', () => {
    const complete =
      '5A0A984499000000841206F2 4F10A0000005591010FFFFFFFF8900001100 9F700101 9006E6B58BE8AF95 91034C4542 92024555 950100 99020640 B705800300F110';
    const bare = '5A0A984499000000871248F1';
    expect(getProfilesInfo.decode(wrapProfiles(complete, bare, ''))).toEqual([
      {
        iccid,
        isdpAid,
        state: 'enabled',
        nickname: '测试',
        serviceProviderName: 'LEB',
        profileName: 'EU',
        profileClass: 'test',
        owner: { mccMnc: '00101' },
        policyRules: ['ppr1'],
        port: null,
      },
      {
        iccid: '8944990000007821841',
        isdpAid: null,
        state: 'disabled',
        nickname: null,
        serviceProviderName: null,
        profileName: null,
        profileClass: 'operational',
        owner: null,
        policyRules: [],
        port: null,
      },
    ]);
  });

  it.each([
    ['9F700100 9F240101', 'enabled', 1],
    ['9F700101 9F240100', 'enabled', 0],
    ['9F700100 9F2401FF', 'disabled', null],
    ['9F700100', 'disabled', null],
  ] as const)('ports: %s is %s on %s', (fields, state, port) => {
    const [profile] = getProfilesInfo.decode(wrapProfiles(`5A0A984499000000871248F1${fields.replaceAll(' ', '')}`));
    expect(profile).toMatchObject({ state, port });
  });

  it('profiles: none, refused, and not to be read', () => {
    expect(getProfilesInfo.decode(hexToBytes('BF2D02A000'))).toEqual([]);
    expect(() => getProfilesInfo.decode(hexToBytes('BF2D03810101'))).toThrow(
      expect.objectContaining({ code: 'EUICC_REFUSED', details: { command: 'GetProfilesInfo', result: 1 } }),
    );
    expect(() => getProfilesInfo.decode(hexToBytes('BF2D00'))).toThrow(malformed);
    expect(() => getProfilesInfo.decode(wrapProfiles('5A02FFFF'))).toThrow(malformed);
  });

  it('pending notifications', () => {
    const enabled = 'BF2F1B 80020080 81020640 0C05 61202E2062 5A0A984499000000841206F2';
    const failed = 'BF2F0C 800100 81020780 0C03612E62';
    const unknown = 'BF2F0C 800101 81020308 0C03612E62';
    const list = [enabled, failed, unknown].join('').replaceAll(' ', '');
    const content = hexToBytes(list);
    const answer = Uint8Array.from([0xbf, 0x28, content.length + 2, 0xa0, content.length, ...content]);
    expect(listNotification.decode(answer)).toEqual([
      { seqNumber: 128, event: 'enable', address: 'a.b', iccid },
      { seqNumber: 0, event: 'install', address: 'a.b', iccid: null },
    ]);
    expect(listNotification.decode(hexToBytes('BF2802A000'))).toEqual([]);
    expect(() => listNotification.decode(hexToBytes('BF280381017F'))).toThrow(expect.objectContaining({ code: 'EUICC_REFUSED' }));
  });
});

/** `BF2D{ A0{ E3{…}* } }` around the fields of profiles, given as hex. */
function wrapProfiles(...profiles: readonly string[]): Uint8Array {
  const list = profiles.flatMap((fields) => {
    const content = hexToBytes(fields);
    return [0xe3, content.length, ...content];
  });
  return Uint8Array.from([
    0xbf,
    0x2d,
    0x82,
    (list.length + 4) >> 8,
    (list.length + 4) & 0xff,
    0xa0,
    0x82,
    list.length >> 8,
    list.length & 0xff,
    ...list,
  ]);
}
