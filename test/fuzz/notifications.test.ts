import { array, assert, constantFrom, nat, oneof, property, record, tuple, uint8Array } from 'fast-check';
import { expect, it } from 'vitest';
import { createReaderAccess } from '#native/apdu/reader-access.ts';
import { isDeviceError } from '#native/errors.ts';
import { findInstallationResult } from '#native/euicc/es10/profile-installation-result.ts';
import { retrieveNotificationsList } from '#native/euicc/es10/retrieve-notifications-list.ts';
import { readMep } from '#native/euicc/mep.ts';
import { openEuicc } from '#native/euicc/open-euicc.ts';
import { bytesToHex, concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { installationError } from '#native/rsp/download/installation-error.ts';
import { signedContentOf } from '#native/rsp/pending-notifications.ts';
import { virtualReaderName } from '#simulator/hardware.ts';
import { loadPki } from '#simulator/pki/load-pki.ts';
import { meadowPersonal } from '#simulator/sample.ts';
import { openLpaReader } from '../support/lpa-stage.ts';

const runs = { numRuns: 10_000 };
const timeoutMs = 60_000;

/** As the simulated card signs them, and the result of an installation as SGP.22 v2.5 §2.5.6 has it. */
const signed = await makeNotifications();
const metadata = concatBytes(hexToBytes('80010781020780'), encodeTlv(0x0c, new TextEncoder().encode('smdp.example')));
const result = hexToBytes('A20E A00C 4F05A000000559 0403301234'.replaceAll(' ', ''));
const installed = encodeTlv(
  0xbf37,
  encodeTlv(0xbf27, hexToBytes('80020A0B'), encodeTlv(0xbf2f, metadata), hexToBytes('0603883703'), result),
  encodeTlv(0x5f37, new Uint8Array(64)),
);

async function makeNotifications(): Promise<readonly Uint8Array[]> {
  const reader = openLpaReader({ smdpAddress: 'smdp.example', pki: loadPki(null) });
  const access = createReaderAccess(await reader.transport.connect(virtualReaderName));
  try {
    const euicc = await openEuicc(access);
    await euicc.enableProfile({ iccid: meadowPersonal.iccid }, false);
    return (await euicc.signedNotifications()).map(({ bytes }) => bytes);
  } finally {
    await access.close();
    reader.close();
  }
}

const changed = tuple(
  constantFrom(...signed, installed),
  array(record({ octet: nat(), value: nat(255) }), { maxLength: 3 }),
  oneof({ weight: 3, arbitrary: constantFrom(null) }, { weight: 1, arbitrary: nat() }),
).map(([original, changes, cut]) => {
  const bytes = original.slice(0, cut === null ? original.length : cut % original.length);
  // The beginning is where the structure is.
  for (const { octet, value } of changes) bytes[octet % Math.max(1, Math.min(bytes.length, 120))] = value;
  return bytes;
});

function holds(read: () => unknown, ...codes: readonly string[]): void {
  try {
    read();
  } catch (error) {
    expect(isDeviceError(error) ? error.code : error).toBeOneOf([...codes]);
  }
}

it(
  'a notification that was changed is known by a part of it, or is an answer that cannot be read',
  () => {
    expect(signed).toHaveLength(2);
    assert(
      property(oneof(changed, uint8Array({ maxLength: 80 })), (bytes) => {
        holds(() => {
          expect(Buffer.from(bytes).includes(Buffer.from(signedContentOf(bytes)))).toBe(true);
        }, 'CARD_ANSWER');
        holds(() => findInstallationResult(bytes), 'CARD_ANSWER');
        holds(() => retrieveNotificationsList.decode(encodeTlv(0xbf2b, encodeTlv(0xa0, bytes))), 'CARD_ANSWER', 'EUICC_REFUSED');
      }),
      runs,
    );
  },
  timeoutMs,
);

it(
  'what a card says of a failed installation never hides the failure',
  () => {
    const response = oneof(
      uint8Array({ maxLength: 40 }),
      array(tuple(constantFrom(0x80, 0x30, 0xa0, 0x81), uint8Array({ maxLength: 12 })), { maxLength: 4 }).map((parts) =>
        encodeTlv(0x30, encodeTlv(0xa0, encodeTlv(0x30, ...parts.map(([tag, value]) => encodeTlv(tag, value))))),
      ),
    );
    assert(
      property(response, nat(20), (bytes, errorReason) => {
        const error = installationError({ kind: 'failed', bppCommandId: 5, errorReason, simaResponse: bytesToHex(bytes) });
        expect(error.details).toMatchObject({ bppCommandId: 5, errorReason });
        expect(error.details['peStatus'] ?? 1).not.toBe(0);
      }),
      runs,
    );
  },
  timeoutMs,
);

it(
  'any answer to reset comes to an end',
  () => {
    assert(
      property(oneof(uint8Array({ maxLength: 33 }), array(constantFrom(0x3b, 0xff, 0xf0, 0x80, 0x8f), { maxLength: 33 })), (atr) => {
        expect(readMep(Uint8Array.from(atr), [])).toBeOneOf([null, { mode: null }]);
      }),
      runs,
    );
  },
  timeoutMs,
);
