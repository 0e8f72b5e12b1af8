import { describe, expect, it } from 'vitest';
import type { TerminalIdentity } from '../euicc.ts';
import { bytesToHex, concatBytes, hexToBytes } from '../tlv/hex.ts';
import { readTlv } from '../tlv/tlv-reader.ts';
import { encodeTlv } from '../tlv/tlv-writer.ts';
import { authenticateServer } from './authenticate-server.ts';
import { cancelSession } from './cancel-session.ts';
import { euiccMemoryReset } from './euicc-memory-reset.ts';
import { getEuiccChallenge } from './get-euicc-challenge.ts';
import { getEuiccInfo1Bytes } from './get-euicc-info1-bytes.ts';
import { getProfileIcon } from './get-profile-icon.ts';
import { getRat } from './get-rat.ts';
import { prepareDownload } from './prepare-download.ts';
import { decodeInstallationResult, findInstallationResult } from './profile-installation-result.ts';
import { removeNotificationFromList } from './remove-notification-from-list.ts';
import { retrieveNotificationsList } from './retrieve-notifications-list.ts';
import { setDefaultDpAddress } from './set-default-dp-address.ts';

const iccid = '8944990000004821602';
const transactionId = hexToBytes('0102030405060708090A0B0C0D0E0F10');
const malformed = expect.objectContaining({ code: 'CARD_ANSWER' });
const server = {
  serverSigned1: hexToBytes('3003800101'),
  serverSignature1: hexToBytes('5F3701AA'),
  euiccCiPkIdToBeUsed: hexToBytes('040111'),
  serverCertificate: hexToBytes('30020500'),
};

function authentication(matchingId: string, terminal: TerminalIdentity): string {
  return bytesToHex(authenticateServer.encode({ ...server, matchingId, terminal }));
}

function iconAnswer(icon: string): Uint8Array {
  return encodeTlv(0xbf2d, encodeTlv(0xa0, encodeTlv(0xe3, hexToBytes('930100'), encodeTlv(0x94, hexToBytes(icon)))));
}

describe('what is sent', () => {
  it.each([
    ['GetEUICCChallenge', getEuiccChallenge.encode(), 'BF2E00'],
    ['GetEUICCInfo1', getEuiccInfo1Bytes.encode(), 'BF2000'],
    ['GetRAT', getRat.encode(), 'BF4300'],
    ['SetDefaultDpAddress', setDefaultDpAddress.encode('smdp.example'), 'BF3F0E800C736D64702E6578616D706C65'],
    ['SetDefaultDpAddress, removing it', setDefaultDpAddress.encode(''), 'BF3F028000'],
    ['RetrieveNotificationsList, all', retrieveNotificationsList.encode(null), 'BF2B00'],
    ['RetrieveNotificationsList, number 0', retrieveNotificationsList.encode(0), 'BF2B05A003800100'],
    ['RetrieveNotificationsList, number 128', retrieveNotificationsList.encode(128), 'BF2B06A00480020080'],
    ['RemoveNotificationFromList, number 0', removeNotificationFromList.encode(0), 'BF3003800100'],
    ['RemoveNotificationFromList, number 255', removeNotificationFromList.encode(255), 'BF3004800200FF'],
    [
      'eUICCMemoryReset, everything',
      euiccMemoryReset.encode({ operationalProfiles: true, testProfiles: true, defaultSmdpAddress: true }),
      'BF3404820205E0',
    ],
    [
      'eUICCMemoryReset, the address',
      euiccMemoryReset.encode({ operationalProfiles: false, testProfiles: false, defaultSmdpAddress: true }),
      'BF340482020520',
    ],
    ['the icon of one profile', getProfileIcon.encode({ iccid }), 'BF2D12A00C5A0A984499000000841206F25C029394'],
    ['CancelSession', cancelSession.encode({ transactionId, reason: 'pprNotAllowed' }), 'BF411580100102030405060708090A0B0C0D0E0F10810103'],
    [
      'PrepareDownload',
      prepareDownload.encode({
        smdpSigned2: hexToBytes('30020101'),
        smdpSignature2: hexToBytes('5F3701BB'),
        smdpCertificate: hexToBytes('30020600'),
        hashCc: null,
      }),
      'BF210C300201015F3701BB30020600',
    ],
    [
      'PrepareDownload with a confirmation code',
      prepareDownload.encode({
        smdpSigned2: hexToBytes('30020101'),
        smdpSignature2: hexToBytes('5F3701BB'),
        smdpCertificate: hexToBytes('30020600'),
        hashCc: hexToBytes('CC'.repeat(32)),
      }),
      `BF212E300201015F3701BB0420${'CC'.repeat(32)}30020600`,
    ],
  ])('%s', (_name, request, hex) => {
    expect(bytesToHex(request)).toBe(hex);
  });

  it('AuthenticateServer, the server’s objects untouched', () => {
    const signed = '30038001015F3701AA04011130020500';
    expect(authentication('', { tac: '35290611' })).toBe(`BF381E${signed}A00C8000A1088004539260 11A100`.replaceAll(' ', ''));
    expect(authentication('AB-1', { tac: '35290611' })).toContain('A010800441422D31A10880045392 6011A100'.replaceAll(' ', ''));
    // The check digit is the high nibble of the last octet, the filler the low one.
    expect(authentication('', { imei: '123456789012345' })).toContain('80042143 6587 A100 8208 214365870921435F'.replaceAll(' ', ''));
  });

  it('no terminal can be called so', () => {
    expect(() => authentication('', { imei: '12345678901234' })).toThrow(RangeError);
    expect(() => authentication('', { tac: 'nothing1' })).toThrow(RangeError);
    expect(() => euiccMemoryReset.encode({ operationalProfiles: false, testProfiles: false, defaultSmdpAddress: false })).toThrow(
      RangeError,
    );
  });
});

describe('what is read', () => {
  it('a challenge of 16 bytes', () => {
    expect(bytesToHex(getEuiccChallenge.decode(hexToBytes(`BF2E128010${'5A'.repeat(16)}`)))).toBe('5A'.repeat(16));
    expect(() => getEuiccChallenge.decode(hexToBytes('BF2E0380015A'))).toThrow(malformed);
  });

  it('EUICCInfo1 as its bytes', () => {
    expect(bytesToHex(getEuiccInfo1Bytes.decode(hexToBytes('BF20058203020500')))).toBe('BF20058203020500');
  });

  it('the answer to AuthenticateServer, whole, with the information that the card signed', () => {
    const info2 = 'BF2225810302030182030205008303010000 8407820400010000 8303020202'.replaceAll(' ', '');
    const inner = encodeTlv(0xbf22, hexToBytes('81030203018203020500830301000084068204000100009902 0640'.replaceAll(' ', '')));
    const answer = encodeTlv(0xbf38, encodeTlv(0xa0, encodeTlv(0x30, inner), hexToBytes('5F3701AA')));
    const read = authenticateServer.decode(answer);
    expect(bytesToHex(read.bytes)).toBe(bytesToHex(answer));
    expect(read.info2).toMatchObject({ svn: '2.5.0', freeNonVolatileMemory: 65_536, forbiddenPolicyRules: ['ppr1'] });
    const unreadable = encodeTlv(0xbf38, encodeTlv(0xa0, hexToBytes('3000')));
    expect(authenticateServer.decode(unreadable).info2).toBeNull();
    expect(() => authenticateServer.decode(hexToBytes(info2))).toThrow(malformed);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 127])('AuthenticateServer and PrepareDownload refused with %i', (result) => {
    const error = hexToBytes(`A1068001 01 0201${result.toString(16).padStart(2, '0')}`.replaceAll(' ', ''));
    const failure = (command: string) => expect.objectContaining({ code: 'CARD_REFUSED_SERVER', details: { command, result } });
    expect(() => authenticateServer.decode(encodeTlv(0xbf38, error))).toThrow(failure('AuthenticateServer'));
    expect(() => prepareDownload.decode(encodeTlv(0xbf21, error))).toThrow(failure('PrepareDownload'));
  });

  it('the answers to PrepareDownload and CancelSession, whole', () => {
    expect(bytesToHex(prepareDownload.decode(hexToBytes('BF2104A0023000')))).toBe('BF2104A0023000');
    expect(bytesToHex(cancelSession.decode(hexToBytes('BF4104A0023000')))).toBe('BF4104A0023000');
    expect(() => cancelSession.decode(hexToBytes('BF4103810105'))).toThrow(
      expect.objectContaining({ code: 'EUICC_REFUSED', details: { command: 'CancelSession', result: 5 } }),
    );
  });

  it('the Rules Authorisation Table', () => {
    const row = '3010 80020640 A106 3004 8002'.replaceAll(' ', '');
    expect(() => getRat.decode(hexToBytes(`BF430FA00D${row}`))).toThrow(malformed);
    const good = encodeTlv(
      0x30,
      hexToBytes('80020560'),
      encodeTlv(0xa1, hexToBytes('30058003EEEEEE'), hexToBytes('3009800300F110 810201FF'.replaceAll(' ', ''))),
      hexToBytes('82020780'),
    );
    expect(getRat.decode(encodeTlv(0xbf43, encodeTlv(0xa0, good)))).toEqual([
      {
        rules: ['ppr1', 'ppr2'],
        operators: [
          { mccMnc: 'EEEEEE', gid1: null, gid2: null },
          { mccMnc: '00101', gid1: '01FF', gid2: null },
        ],
        consentRequired: true,
      },
    ]);
    expect(getRat.decode(hexToBytes('BF4302A000'))).toEqual([]);
  });

  it('icons by their own first bytes', () => {
    expect(getProfileIcon.decode(iconAnswer('FFD8FFE0'))?.type).toBe('image/jpeg');
    expect(getProfileIcon.decode(iconAnswer('89504E470D'))?.type).toBe('image/png');
    expect(getProfileIcon.decode(iconAnswer('3C737667'))).toBeNull();
    expect(getProfileIcon.decode(iconAnswer(`FFD8FF${'00'.repeat(5000)}`))).toBeNull();
    expect(getProfileIcon.decode(hexToBytes('BF2D02A000'))).toBeNull();
    expect(() => getProfileIcon.decode(hexToBytes('BF2D03810101'))).toThrow(expect.objectContaining({ code: 'EUICC_REFUSED' }));
  });

  it('results that mean that nothing was to be done', () => {
    expect(removeNotificationFromList.decode(hexToBytes('BF3003800100'))).toBeUndefined();
    expect(removeNotificationFromList.decode(hexToBytes('BF3003800101'))).toBeUndefined();
    expect(removeNotificationFromList.decode(new Uint8Array())).toBeUndefined();
    expect(() => removeNotificationFromList.decode(hexToBytes('BF300380017F'))).toThrow(expect.objectContaining({ code: 'EUICC_REFUSED' }));
    expect(euiccMemoryReset.decode(hexToBytes('BF3403800100'))).toBe(true);
    expect(euiccMemoryReset.decode(hexToBytes('BF3403800101'))).toBe(false);
    expect(() => euiccMemoryReset.decode(hexToBytes('BF3403800105'))).toThrow(expect.objectContaining({ code: 'CAT_BUSY' }));
    expect(() => setDefaultDpAddress.decode(hexToBytes('BF3F0380017F'))).toThrow(expect.objectContaining({ code: 'EUICC_REFUSED' }));
    expect(retrieveNotificationsList.decode(hexToBytes('BF2B03810101'))).toEqual([]);
    expect(() => retrieveNotificationsList.decode(hexToBytes('BF2B0381017F'))).toThrow(expect.objectContaining({ code: 'EUICC_REFUSED' }));
  });
});

/** `BF2F { 80 seqNumber, 81 install, 0C address, 5A iccid }` */
function metadata(seqNumber: string): Uint8Array {
  return encodeTlv(
    0xbf2f,
    encodeTlv(0x80, hexToBytes(seqNumber)),
    hexToBytes('81020780'),
    hexToBytes('0C0D 20 736D64702E6578616D706C65'.replaceAll(' ', '')),
    hexToBytes('5A0A984499000000841206F2'),
  );
}

function installationResult(finalResult: string, seqNumber = '00'): Uint8Array {
  const data = encodeTlv(
    0xbf27,
    hexToBytes('80020A0B'),
    metadata(seqNumber),
    hexToBytes('0603883703'),
    encodeTlv(0xa2, hexToBytes(finalResult)),
  );
  return encodeTlv(0xbf37, data, encodeTlv(0x5f37, new Uint8Array(64)));
}

describe('the result of an installation', () => {
  const pending = { seqNumber: 0, event: 'install', address: 'smdp.example', iccid };

  it('says where the profile is', () => {
    const bytes = installationResult('A01D 4F10A0000005591010FFFFFFFF8900001200 0409 3007A00530038001 00'.replaceAll(' ', ''));
    expect(findInstallationResult(bytes)).toEqual({
      bytes,
      transactionId: '0A0B',
      notification: pending,
      outcome: { kind: 'installed', isdpAid: 'A0000005591010FFFFFFFF8900001200' },
    });
  });

  it('says at which command it failed, and why', () => {
    expect(findInstallationResult(installationResult('A10D 800105 81010C 8205 A003800104'.replaceAll(' ', '')))?.outcome).toEqual({
      kind: 'failed',
      bppCommandId: 5,
      errorReason: 12,
      simaResponse: 'A003800104',
    });
  });

  it('is not there, or cannot be read', () => {
    expect(findInstallationResult(hexToBytes('800100'))).toBeNull();
    expect(() => findInstallationResult(hexToBytes('BF37028000'))).toThrow(malformed);
    expect(() => decodeInstallationResult(readTlv(installationResult('')))).toThrow(malformed);
  });

  it('comes among the other notifications, which are put in order', () => {
    const other = encodeTlv(0x30, metadata('0080'), encodeTlv(0x5f37, new Uint8Array(64)), hexToBytes('3000'), hexToBytes('3000'));
    const result = installationResult('A006 800101 810107'.replaceAll('A006', 'A106').replaceAll(' ', ''), '05');
    const unknown = hexToBytes('8000');
    const read = retrieveNotificationsList.decode(encodeTlv(0xbf2b, encodeTlv(0xa0, concatBytes(other, unknown, result))));
    expect(read.map(({ seqNumber, bytes }) => [seqNumber, bytesToHex(bytes)])).toEqual([
      [5, bytesToHex(result)],
      [128, bytesToHex(other)],
    ]);
  });
});
