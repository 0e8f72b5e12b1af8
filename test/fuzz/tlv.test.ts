import {
  type Arbitrary,
  array,
  assert,
  boolean,
  constantFrom,
  integer,
  nat,
  oneof,
  property,
  tuple,
  uint8Array,
  uniqueArray,
} from 'fast-check';
import { expect, it } from 'vitest';
import { DeviceError } from '#native/errors.ts';
import { deleteProfile } from '#native/euicc/es10/delete-profile.ts';
import { disableProfile } from '#native/euicc/es10/disable-profile.ts';
import { enableProfile } from '#native/euicc/es10/enable-profile.ts';
import { getEid } from '#native/euicc/es10/get-eid.ts';
import { getEuiccConfiguredAddresses } from '#native/euicc/es10/get-euicc-configured-addresses.ts';
import { getEuiccInfo1 } from '#native/euicc/es10/get-euicc-info1.ts';
import { getEuiccInfo2 } from '#native/euicc/es10/get-euicc-info2.ts';
import { getProfilesInfo } from '#native/euicc/es10/get-profiles-info.ts';
import { listNotification } from '#native/euicc/es10/list-notification.ts';
import { setNickname } from '#native/euicc/es10/set-nickname.ts';
import { decodeBitString, encodeBitString } from '#native/euicc/tlv/bit-string.ts';
import { decodeIccid, encodeIccid } from '#native/euicc/tlv/digits.ts';
import { bytesToHex, concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { decodeInteger, encodeInteger } from '#native/euicc/tlv/integer.ts';
import { decodeText } from '#native/euicc/tlv/text.ts';
import { type Tlv, childrenOf, readTlv, readTlvs } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';

const runs = { numRuns: 10_000 };
/** Ten thousand cases take a second; a machine that is busy with other things may need many. */
const timeoutMs = 60_000;

/** A value or an error of the table: nothing else may come out of a decoder. */
function holds(decode: () => unknown): void {
  try {
    decode();
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
  }
}

const tags = [0x04, 0x0c, 0x4f, 0x5a, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x88, 0x8b, 0x90, 0x91, 0x92, 0x95, 0x99, 0x9f70, 0xb7];
const constructed = [0xa0, 0xa9, 0xaa, 0xb7, 0xe3, 0xbf2f];

/** Objects as cards send them, with contents that may be anything. */
const leaf = tuple(constantFrom(...tags), uint8Array({ maxLength: 20 })).map(([tag, value]) => encodeTlv(tag, value));
function nested(depth: number): Arbitrary<Uint8Array> {
  if (depth === 0) return leaf;
  return oneof(
    leaf,
    tuple(constantFrom(...constructed), array(nested(depth - 1), { maxLength: 5 })).map(([tag, parts]) => encodeTlv(tag, ...parts)),
  );
}
const wellFormed = array(nested(3), { maxLength: 8 });

/** One byte of it changed, left out or cut off at. */
function mutated(bytes: Uint8Array, at: number, value: number, how: 'change' | 'drop' | 'cut' | 'keep'): Uint8Array {
  const index = bytes.length === 0 ? 0 : at % bytes.length;
  switch (how) {
    case 'keep':
      return bytes;
    case 'cut':
      return bytes.subarray(0, index);
    case 'drop':
      return Uint8Array.from([...bytes.subarray(0, index), ...bytes.subarray(index + 1)]);
    case 'change':
      return bytes.map((byte, position) => (position === index ? value : byte));
    default:
      throw how satisfies never;
  }
}
const how = constantFrom('change', 'drop', 'cut', 'keep');

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

/** Goes down the whole tree; false where an object's content is not the end of its raw slice. */
function soundTree(objects: readonly Tlv[]): boolean {
  return objects.every(({ raw, value }) => sameBytes(raw.subarray(raw.length - value.length), value)) && objects.every(soundChildren);
}

function soundChildren(object: Tlv): boolean {
  try {
    return soundTree(childrenOf(object));
  } catch (error) {
    return error instanceof DeviceError;
  }
}

it(
  'the TLV reader gives objects that fill the bytes, or CARD_ANSWER',
  () => {
    assert(
      property(
        oneof(
          uint8Array({ maxLength: 200 }),
          wellFormed.map((parts) => concatBytes(...parts)),
        ),
        (bytes) => {
          let objects: readonly Tlv[];
          try {
            objects = readTlvs(bytes);
          } catch (error) {
            return error instanceof DeviceError;
          }
          return sameBytes(concatBytes(...objects.map(({ raw }) => raw)), bytes) && soundTree(objects);
        },
      ),
      runs,
    );
  },
  timeoutMs,
);

it.each([0, 1, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x1_0000])('an object of %i bytes is read back', (length) => {
  for (const tag of [...tags, ...constructed, 0xbf2d]) {
    const read = readTlv(encodeTlv(tag, new Uint8Array(length).fill(0x5a)));
    expect([read.tag, read.value.length, read.value.every((byte) => byte === 0x5a)]).toEqual([tag, length, true]);
  }
});

it(
  'integers, bit strings, digits and hex are read back',
  () => {
    assert(
      property(integer({ min: 0, max: 2 ** 47 - 1 }), (value) => decodeInteger(encodeInteger(value)) === value),
      runs,
    );
    assert(
      property(uniqueArray(nat(40), { maxLength: 12 }), (bits) => {
        const set = [...bits].sort((one, other) => one - other);
        return decodeBitString(encodeBitString(bits)).join() === set.join();
      }),
      runs,
    );
    assert(
      property(array(nat(9), { minLength: 18, maxLength: 20 }), (digits) => decodeIccid(encodeIccid(digits.join(''))) === digits.join('')),
      runs,
    );
    assert(
      property(uint8Array({ maxLength: 64 }), (bytes) => sameBytes(hexToBytes(bytesToHex(bytes)), bytes)),
      runs,
    );
  },
  timeoutMs,
);

it(
  'text for people has no control character and none that turns the direction',
  () => {
    assert(
      property(uint8Array({ maxLength: 80 }), (bytes) => !/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(decodeText(bytes))),
      runs,
    );
  },
  timeoutMs,
);

const functions: readonly (readonly [string, number, (response: Uint8Array) => unknown])[] = [
  ['GetEID', 0xbf3e, getEid.decode],
  ['GetEUICCInfo1', 0xbf20, getEuiccInfo1.decode],
  ['GetEUICCInfo2', 0xbf22, getEuiccInfo2.decode],
  ['GetEuiccConfiguredAddresses', 0xbf3c, getEuiccConfiguredAddresses.decode],
  ['GetProfilesInfo', 0xbf2d, getProfilesInfo.decode],
  ['ListNotification', 0xbf28, listNotification.decode],
  ['EnableProfile', 0xbf31, enableProfile.decode],
  ['DisableProfile', 0xbf32, disableProfile.decode],
  ['DeleteProfile', 0xbf33, deleteProfile.decode],
  ['SetNickname', 0xbf29, setNickname.decode],
];

it.each(functions)(
  '%s reads any answer, or gives an error of the table',
  (_name, tag, decode) => {
    const answer = oneof(
      { weight: 1, arbitrary: uint8Array({ maxLength: 120 }) },
      {
        weight: 4,
        arbitrary: tuple(wellFormed, boolean(), nat(300), nat(255), how).map(([parts, inList, at, value, change]) =>
          mutated(inList ? encodeTlv(tag, encodeTlv(0xa0, ...parts)) : encodeTlv(tag, ...parts), at, value, change),
        ),
      },
    );
    assert(
      property(answer, (bytes) => {
        holds(() => decode(bytes));
      }),
      runs,
    );
  },
  timeoutMs,
);
