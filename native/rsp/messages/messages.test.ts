import { describe, expect, it } from 'vitest';
import { bytesToHex, hexToBytes } from '../../euicc/tlv/hex.ts';
import { isSameServer, parseServerAddress } from '../server-address.ts';
import { authenticateClient, isNoEvent } from './authenticate-client.ts';
import { cancelSession } from './cancel-session.ts';
import { getBoundProfilePackage } from './get-bound-profile-package.ts';
import { handleNotification } from './handle-notification.ts';
import { initiateAuthentication } from './initiate-authentication.ts';
import { type JsonObject, checkStatus } from './rsp-function.ts';

const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
const success: JsonObject = { header: { functionExecutionStatus: { status: 'Executed-Success' } } };
const transactionId = hexToBytes('0A0B0C');

function failed(subjectCode: string, reasonCode: string, message?: string): JsonObject {
  return { header: { functionExecutionStatus: { status: 'Failed', statusCodeData: { subjectCode, reasonCode, message } } } };
}

describe('what is sent', () => {
  it.each<[string, JsonObject, JsonObject]>([
    [
      'initiateAuthentication',
      initiateAuthentication.encode({ smdpAddress: 'smdp.example', challenge: hexToBytes('00112233'), info1: hexToBytes('BF2000') }),
      { smdpAddress: 'smdp.example', euiccChallenge: 'ABEiMw==', euiccInfo1: 'vyAA' },
    ],
    [
      'authenticateClient',
      authenticateClient.encode({ transactionId, response: hexToBytes('BF3800') }),
      { transactionId: '0A0B0C', authenticateServerResponse: 'vzgA' },
    ],
    [
      'getBoundProfilePackage',
      getBoundProfilePackage.encode({ transactionId, response: hexToBytes('BF2100') }),
      { transactionId: '0A0B0C', prepareDownloadResponse: 'vyEA' },
    ],
    ['handleNotification', handleNotification.encode(hexToBytes('BF3700')), { pendingNotification: 'vzcA' }],
    [
      'cancelSession',
      cancelSession.encode({ transactionId, response: hexToBytes('BF4100') }),
      { transactionId: '0A0B0C', cancelSessionResponse: 'v0EA' },
    ],
  ])('%s', (_name, sent, expected) => {
    expect(sent).toEqual(expected);
  });
});

describe('what is read', () => {
  const initiated = {
    ...success,
    transactionId: '0a0b0c',
    serverSigned1: `${base64('3003800101')}\n`,
    serverSignature1: base64('5F3701AA'),
    euiccCiPKIdToBeUsed: base64('040111'),
    serverCertificate: base64('30020500'),
  };
  const offered = {
    transactionId: '0A0B0C',
    profileMetadata: base64('BF2500'),
    smdpSigned2: base64('3000'),
    smdpSignature2: base64('5F3700'),
    smdpCertificate: base64('3000'),
  };

  it('initiateAuthentication, byte for byte', () => {
    const read = initiateAuthentication.decode(initiated);
    expect(Object.entries(read).map(([field, bytes]) => [field, bytesToHex(bytes)])).toEqual([
      ['transactionId', '0A0B0C'],
      ['serverSigned1', '3003800101'],
      ['serverSignature1', '5F3701AA'],
      ['euiccCiPkIdToBeUsed', '040111'],
      ['serverCertificate', '30020500'],
    ]);
  });

  it.each<[string, unknown, string]>([
    ['serverSigned1', undefined, 'missing'],
    ['serverSigned1', 7, 'missing'],
    ['serverSigned1', '', 'base64'],
    ['serverSigned1', 'MAOA-_E', 'base64'],
    ['serverSigned1', base64('3103800101'), 'tag'],
    ['serverSigned1', base64('300380'), 'structure'],
    ['serverSigned1', base64('300300'), 'structure'],
    ['transactionId', '', 'missing'],
    ['transactionId', 'ABC', 'missing'],
    ['transactionId', '00'.repeat(17), 'missing'],
  ])('refuses %s %o: %s', (field, value, reason) => {
    expect(() => initiateAuthentication.decode({ ...initiated, [field]: value })).toThrow(
      expect.objectContaining({ code: 'PROFILE_SERVER_ANSWER', details: { function: 'initiateAuthentication', field, reason } }),
    );
  });

  it('authenticateClient of an SM-DP+, also without a header', () => {
    expect(authenticateClient.decode(offered)).toMatchObject({ kind: 'profile', profileMetadata: hexToBytes('BF2500') });
  });

  it('authenticateClient of an SM-DS', () => {
    const events = [{ eventId: 'E-1', rspServerAddress: ' smdp.example ' }];
    expect(authenticateClient.decode({ ...success, transactionId: '01', eventEntries: events })).toEqual({
      kind: 'events',
      transactionId: hexToBytes('01'),
      events: [{ eventId: 'E-1', rspServerAddress: 'smdp.example' }],
    });
    expect(authenticateClient.decode({ transactionId: '01', eventEntries: [] })).toMatchObject({ events: [] });
    for (const eventEntries of [
      {},
      [null],
      [{ eventId: 'E' }],
      [{ eventId: '', rspServerAddress: 'a.b' }],
      [{ eventId: 'E', rspServerAddress: 'a/b' }],
    ])
      expect(() => authenticateClient.decode({ transactionId: '01', eventEntries })).toThrow(
        expect.objectContaining({ code: 'PROFILE_SERVER_ANSWER' }),
      );
  });

  it('getBoundProfilePackage, and the functions that say nothing', () => {
    const answer = getBoundProfilePackage.decode({ transactionId: '01', boundProfilePackage: base64('BF3600') });
    expect(bytesToHex(answer.boundProfilePackage)).toBe('BF3600');
    expect(handleNotification.decode({})).toBeUndefined();
    expect(cancelSession.decode(success)).toBeUndefined();
    expect(() => {
      handleNotification.decode(failed('8.8', '3.10'));
    }).toThrow(expect.objectContaining({ code: 'PROFILE_SERVER_REFUSED' }));
  });
});

describe('status codes', () => {
  it.each([
    ['8.1', '4.8', 'EUICC_MEMORY_FULL'],
    ['8.2.6', '3.8', 'ACTIVATION_CODE_REFUSED'],
    ['8.2.7', '2.2', 'CONFIRMATION_CODE_REQUIRED'],
    ['8.2.7', '3.8', 'CONFIRMATION_CODE_REFUSED'],
    ['8.2.7', '6.4', 'PROFILE_SERVER_REFUSED'],
    ['8.8.5', '4.1', 'PROFILE_SERVER_REFUSED'],
    ['8.8.5', '4.10', 'PROFILE_SERVER_REFUSED'],
  ])('%s / %s is %s, and stays text', (subjectCode, reasonCode, code) => {
    expect(() => {
      checkStatus(failed(subjectCode, reasonCode, 'n\u001Bo'), 'f');
    }).toThrow(
      expect.objectContaining({
        code,
        details: { function: 'f', status: 'Failed', subjectCode, reasonCode, subjectIdentifier: null, message: 'no' },
      }),
    );
  });

  it.each([{}, success, { header: null }, { header: { functionExecutionStatus: { status: 'Executed-WithWarning' } } }])(
    '%o is success',
    (body) => {
      expect(() => {
        checkStatus(body, 'f');
      }).not.toThrow();
    },
  );

  it('survives a failure that says nothing', () => {
    expect(() => {
      checkStatus({ header: { functionExecutionStatus: { status: 'Expired', statusCodeData: [] } } }, 'f');
    }).toThrow(expect.objectContaining({ code: 'PROFILE_SERVER_REFUSED' }));
  });

  it('knows the empty list of an SM-DS', () => {
    expect(isNoEvent(null)).toBe(false);
    try {
      checkStatus(failed('8.9.5', '3.9'), 'f');
    } catch (error) {
      expect(isNoEvent(error)).toBe(true);
    }
    expect.assertions(2);
  });
});

it.each([
  ['smdp.example.com', { host: 'smdp.example.com', port: 443 }],
  ['SMDP.Example.com:8443', { host: 'smdp.example.com', port: 8443 }],
  ['127.0.0.1:1', { host: '127.0.0.1', port: 1 }],
  ['', null],
  ['a..b', null],
  ['-a.b', null],
  ['a.b:0', null],
  ['a.b:65536', null],
  ['a.b:1:2', null],
  ['user@a.b', null],
  ['a.b/c', null],
  ['a b', null],
])('the address %s', (text, address) => {
  expect(parseServerAddress(text)).toEqual(address);
});

it('two texts name one server', () => {
  expect(isSameServer('A.b', 'a.B')).toBe(true);
  expect(isSameServer('a.b:8443', 'a.b')).toBe(true);
  expect(isSameServer('a.b:8443', 'a.b:8444')).toBe(false);
  expect(isSameServer('a.b', 'a.c')).toBe(false);
  expect(isSameServer('', '')).toBe(false);
});
