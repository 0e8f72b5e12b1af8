import {
  type Arbitrary,
  array,
  assert,
  constant,
  constantFrom,
  dictionary,
  jsonValue,
  nat,
  oneof,
  property,
  record,
  string,
  tuple,
  uint8Array,
} from 'fast-check';
import { expect, it } from 'vitest';
import { DeviceError } from '#native/errors.ts';
import { authenticateServer } from '#native/euicc/es10/authenticate-server.ts';
import { cancelSession } from '#native/euicc/es10/cancel-session.ts';
import { euiccMemoryReset } from '#native/euicc/es10/euicc-memory-reset.ts';
import { getEuiccChallenge } from '#native/euicc/es10/get-euicc-challenge.ts';
import { getEuiccInfo1Bytes } from '#native/euicc/es10/get-euicc-info1-bytes.ts';
import { getProfileIcon } from '#native/euicc/es10/get-profile-icon.ts';
import { getRat } from '#native/euicc/es10/get-rat.ts';
import { prepareDownload } from '#native/euicc/es10/prepare-download.ts';
import { findInstallationResult } from '#native/euicc/es10/profile-installation-result.ts';
import { removeNotificationFromList } from '#native/euicc/es10/remove-notification-from-list.ts';
import { retrieveNotificationsList } from '#native/euicc/es10/retrieve-notifications-list.ts';
import { setDefaultDpAddress } from '#native/euicc/es10/set-default-dp-address.ts';
import { concatBytes } from '#native/euicc/tlv/hex.ts';
import { decodeObjectIdentifier } from '#native/euicc/tlv/object-identifier.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { type ActivationCode, formatActivationCode, parseActivationCode } from '#native/rsp/activation-code.ts';
import { readCertificate } from '#native/rsp/certificate.ts';
import { readBoundProfilePackage } from '#native/rsp/download/bound-profile-package.ts';
import { decodeProfileMetadata } from '#native/rsp/download/profile-metadata.ts';
import { authenticateClient } from '#native/rsp/messages/authenticate-client.ts';
import { cancelSession as cancelAtServer } from '#native/rsp/messages/cancel-session.ts';
import { getBoundProfilePackage } from '#native/rsp/messages/get-bound-profile-package.ts';
import { handleNotification } from '#native/rsp/messages/handle-notification.ts';
import { initiateAuthentication } from '#native/rsp/messages/initiate-authentication.ts';
import type { JsonObject } from '#native/rsp/messages/rsp-function.ts';
import { parseServerAddress } from '#native/rsp/server-address.ts';
import { cpuTime } from '../support/cpu-time.ts';

const runs = { numRuns: 10_000 };
const timeoutMs = 60_000;

/** A value, or one of these errors: nothing else may come out. */
function holds(read: () => unknown, ...codes: readonly string[]): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof DeviceError) || (codes.length > 0 && !codes.includes(error.code))) throw error;
  }
}

const primitive = [0x01, 0x02, 0x04, 0x06, 0x0c, 0x4f, 0x5a, 0x5f37, 0x80, 0x81, 0x82, 0x86, 0x87, 0x88, 0x91, 0x92, 0x94, 0x95, 0x99];
const constructed = [0x30, 0xa0, 0xa1, 0xa2, 0xa3, 0xa6, 0xb7, 0xe3, 0xbf22, 0xbf23, 0xbf27, 0xbf2f, 0xbf37];
const leaf = tuple(constantFrom(...primitive), uint8Array({ maxLength: 24 })).map(([tag, value]) => encodeTlv(tag, value));

function nested(depth: number): Arbitrary<Uint8Array> {
  if (depth === 0) return leaf;
  const inner = array(nested(depth - 1), { maxLength: 5 });
  return oneof(
    leaf,
    tuple(constantFrom(...constructed), inner).map(([tag, parts]) => encodeTlv(tag, ...parts)),
  );
}

/** What a decoder of this tag may meet: noise, or sound objects with one octet changed, or cut off. */
function answerOf(tag: number): Arbitrary<Uint8Array> {
  const sound = array(nested(4), { maxLength: 6 }).map((parts) => encodeTlv(tag, ...parts));
  const changed = tuple(sound, nat(400), nat(255), constantFrom('keep', 'change', 'cut')).map(([bytes, at, value, how]) => {
    if (how === 'keep' || bytes.length === 0) return bytes;
    const index = at % bytes.length;
    return how === 'cut' ? bytes.subarray(0, index) : bytes.map((octet, position) => (position === index ? value : octet));
  });
  return oneof({ weight: 1, arbitrary: uint8Array({ maxLength: 120 }) }, { weight: 4, arbitrary: changed });
}

const cardFunctions: readonly (readonly [string, number, (response: Uint8Array) => unknown])[] = [
  ['GetEUICCChallenge', 0xbf2e, getEuiccChallenge.decode],
  ['GetEUICCInfo1 as bytes', 0xbf20, getEuiccInfo1Bytes.decode],
  ['AuthenticateServer', 0xbf38, authenticateServer.decode],
  ['PrepareDownload', 0xbf21, prepareDownload.decode],
  ['CancelSession', 0xbf41, cancelSession.decode],
  ['RetrieveNotificationsList', 0xbf2b, retrieveNotificationsList.decode],
  ['RemoveNotificationFromList', 0xbf30, removeNotificationFromList.decode],
  ['ProfileInstallationResult', 0xbf37, findInstallationResult],
  ['SetDefaultDpAddress', 0xbf3f, setDefaultDpAddress.decode],
  ['GetRAT', 0xbf43, getRat.decode],
  ['the icon of a profile', 0xbf2d, getProfileIcon.decode],
  ['eUICCMemoryReset', 0xbf34, euiccMemoryReset.decode],
  ['metadata of a profile', 0xbf25, decodeProfileMetadata],
  ['a certificate', 0x30, readCertificate],
];

it.each(cardFunctions)(
  '%s: any answer is read, or is an error of the table',
  (_name, tag, decode) => {
    assert(
      property(answerOf(tag), (bytes) => holds(() => decode(bytes))),
      runs,
    );
  },
  timeoutMs,
);

/** A sequence of protected objects. */
function sequenceOf(tag: number, inner: number): Arbitrary<Uint8Array> {
  const object = uint8Array({ minLength: 6, maxLength: 40 }).map((value) => encodeTlv(inner, value));
  return array(object, { maxLength: 3 }).map((parts) => encodeTlv(tag, ...parts));
}

it(
  'a package is taken apart without losing a byte, or refused as a whole',
  () => {
    const channel = constant(encodeTlv(0xbf23, encodeTlv(0x80, Uint8Array.of(1))));
    const sound = tuple(
      channel,
      sequenceOf(0xa0, 0x87),
      sequenceOf(0xa1, 0x88),
      oneof(constant(new Uint8Array()), sequenceOf(0xa2, 0x87)),
      sequenceOf(0xa3, 0x86),
    ).map((parts) => encodeTlv(0xbf36, ...parts));
    assert(
      property(oneof(sound, answerOf(0xbf36)), (bytes) => {
        holds(() => {
          const { segments } = readBoundProfilePackage(bytes);
          expect(Buffer.compare(concatBytes(...segments), bytes)).toBe(0);
        }, 'PROFILE_PACKAGE_INVALID');
      }),
      runs,
    );
  },
  timeoutMs,
);

const encoded = oneof(
  string({ maxLength: 40 }),
  uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  constantFrom(0x30, 0x5f37, 0x04, 0xbf25, 0xbf36).chain((tag) => answerOf(tag).map((bytes) => Buffer.from(bytes).toString('base64'))),
  jsonValue({ maxDepth: 1 }),
);
const fields = [
  'transactionId',
  'serverSigned1',
  'serverSignature1',
  'euiccCiPKIdToBeUsed',
  'serverCertificate',
  'profileMetadata',
  'smdpSigned2',
  'smdpSignature2',
  'smdpCertificate',
  'boundProfilePackage',
  'eventEntries',
];
const header = oneof(
  jsonValue({ maxDepth: 1 }),
  record({
    functionExecutionStatus: oneof(
      jsonValue({ maxDepth: 1 }),
      record(
        {
          status: oneof(constantFrom('Executed-Success', 'Executed-WithWarning', 'Failed', 'Expired'), jsonValue({ maxDepth: 1 })),
          statusCodeData: oneof(
            jsonValue(),
            record({
              subjectCode: oneof(string(), jsonValue({ maxDepth: 1 })),
              reasonCode: jsonValue({ maxDepth: 1 }),
              message: jsonValue({ maxDepth: 1 }),
            }),
          ),
        },
        { requiredKeys: [] },
      ),
    ),
  }),
);
const body: Arbitrary<JsonObject> = tuple(
  dictionary(constantFrom(...fields), encoded),
  oneof(constant({}), record({ header })),
  oneof(constant({}), constant({ transactionId: '0A0B' })),
).map(([known, first, last]) => ({ ...known, ...first, ...last }));

it(
  'messages of servers: any JSON is read, or is an error of the table',
  () => {
    const messages = [initiateAuthentication, authenticateClient, getBoundProfilePackage, handleNotification, cancelAtServer];
    assert(
      property(body, (json) => {
        for (const { decode } of messages) holds(() => decode(json));
      }),
      runs,
    );
  },
  timeoutMs,
);

const host = array(constantFrom('smdp', 'a', 'x-1', '127'), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
const code: Arbitrary<ActivationCode> = record({
  smdpAddress: tuple(
    host,
    oneof(
      constant(''),
      nat(65_534).map((port) => `:${port + 1}`),
    ),
  ).map((parts) => parts.join('')),
  matchingId: array(constantFrom('A', '7', '-', 'b'), { maxLength: 20 }).map((parts) => parts.join('')),
  smdpOid: oneof(
    constant(null),
    array(nat(99_999), { minLength: 1, maxLength: 6 }).map((arcs) => `1.${arcs.join('.')}`),
  ),
  confirmationCodeRequired: constantFrom(true, false),
});

it(
  'an activation code is read back as it was written, in other dress as well',
  () => {
    const dress = constantFrom<(text: string) => string>(
      (text) => text,
      (text) => text.replace('LPA', 'lpa'),
      (text) => text.slice('LPA:'.length),
      (text) => ` ${text}\r\n`,
      (text) => text.replaceAll('$', '＄').replace(':1', '：1'),
      (text) => encodeURIComponent(text),
      (text) => `https://setup.example/?carddata=${encodeURIComponent(text)}&v=1`,
      (text) => `Your code: ${text} Have fun`,
      (text) => text.split('').join('\u200B'),
    );
    assert(
      property(code, dress, (given, wear) => {
        expect(parseActivationCode(wear(formatActivationCode(given)))).toEqual(given);
      }),
      runs,
    );
  },
  timeoutMs,
);

it(
  'any text is an activation code or a failure that says where',
  () => {
    const pieces = array(
      oneof(
        constantFrom('LPA:', '1', '$', 'smdp.example', 'carddata=', '%24', ' ', '\n', '.', ':', '2.999'),
        string({ unit: 'binary', maxLength: 6 }),
      ),
      {
        maxLength: 14,
      },
    ).map((parts) => parts.join(''));
    assert(
      property(pieces, (text) => {
        holds(() => {
          expect(parseServerAddress(parseActivationCode(text).smdpAddress)).not.toBeNull();
        }, 'ACTIVATION_CODE_INVALID');
      }),
      runs,
    );
  },
  timeoutMs,
);

it('a hostile text of full length takes no time', () => {
  const texts = [
    'lpa:'.repeat(2048),
    '1$'.repeat(4096),
    ' '.repeat(8192),
    `lpa:${' '.repeat(8000)}`,
    'carddata='.repeat(900),
    '%24'.repeat(2700),
  ];
  const begin = cpuTime();
  for (const text of texts) holds(() => parseActivationCode(text), 'ACTIVATION_CODE_INVALID');
  expect(cpuTime() - begin).toBeLessThan(2000);
});

it(
  'any bytes are an OID or CARD_ANSWER',
  () => {
    assert(
      property(uint8Array({ maxLength: 24 }), (bytes) => {
        holds(() => {
          expect(decodeObjectIdentifier(bytes)).toMatch(/^[0-2](?:\.\d+)+$/);
        }, 'CARD_ANSWER');
      }),
      runs,
    );
  },
  timeoutMs,
);
