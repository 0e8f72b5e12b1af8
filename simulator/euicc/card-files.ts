import { concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { encodeIccid, encodeSwappedDigits } from '#native/euicc/tlv/digits.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import type { ChipProfile } from './chip-state.ts';

export const usimAid = hexToBytes('A0000000871002FF44FFFF8907090000');

export type CardDirectory = 'mf' | 'usim';
/** A transparent file has one content, a linear one has records of equal length. */
export type CardFile =
  | { readonly kind: 'transparent'; readonly id: number; readonly content: Uint8Array }
  | { readonly kind: 'linear'; readonly id: number; readonly records: readonly Uint8Array[] };

/**
 * The files of an enabled profile that a terminal reads to learn whose card it is (ETSI TS 102 221 §13, 3GPP TS 31.102 §4.2).
 * Without an enabled profile the card has no file system but its root.
 */
export function findFile(profile: ChipProfile | null, directory: CardDirectory, id: number): CardFile | null {
  if (profile === null) return null;
  if (id === 0x2f00) return { kind: 'linear', id, records: [directoryRecord()] };
  if (id === 0x2fe2) return { kind: 'transparent', id, content: encodeIccid(profile.iccid) };
  if (directory !== 'usim') return null;
  switch (id) {
    case 0x6f07:
      return { kind: 'transparent', id, content: encodeImsi(profile.imsi) };
    case 0x6fad: // The last octet is the number of digits of the MNC (3GPP TS 31.102 §4.2.18).
      return { kind: 'transparent', id, content: Uint8Array.of(0, 0, 0, (profile.ownerMccMnc ?? profile.imsi.slice(0, 5)).length - 3) };
    case 0x6f46:
      return { kind: 'transparent', id, content: serviceProviderName(profile.serviceProviderName) };
    default:
      return null;
  }
}

/** EF IMSI: a length octet, then parity and the digits in swapped nibbles (3GPP TS 31.102 §4.2.2). */
function encodeImsi(imsi: string): Uint8Array {
  const parity = imsi.length % 2 === 1 ? '9' : '1';
  const digits = encodeSwappedDigits(`${parity}${imsi}`, 8);
  return concatBytes(Uint8Array.of(Math.ceil((imsi.length + 1) / 2)), digits);
}

/** EF SPN: a display condition and 16 octets (3GPP TS 31.102 §4.2.12). */
function serviceProviderName(name: string): Uint8Array {
  const content = new Uint8Array(17).fill(0xff);
  content[0] = 0x01;
  content.set(encodeText(name).subarray(0, 16), 1);
  return content;
}

/** EF DIR names the applications (ETSI TS 102 221 §13.1). */
function directoryRecord(): Uint8Array {
  const record = new Uint8Array(0x26).fill(0xff);
  record.set(encodeTlv(0x61, encodeTlv(0x4f, usimAid), encodeTlv(0x50, encodeText('USIM'))));
  return record;
}

/** File control parameters of a file (ETSI TS 102 221 §11.1.1.3). */
export function fileControlParameters(file: CardFile): Uint8Array {
  const size = file.kind === 'transparent' ? file.content.length : file.records.reduce((sum, record) => sum + record.length, 0);
  const descriptor =
    file.kind === 'transparent'
      ? Uint8Array.of(0x41, 0x21)
      : Uint8Array.of(0x42, 0x21, 0, file.records[0]?.length ?? 0, file.records.length);
  return encodeTlv(
    0x62,
    encodeTlv(0x82, descriptor),
    encodeTlv(0x83, Uint8Array.of(file.id >> 8, file.id & 0xff)),
    encodeTlv(0x8a, Uint8Array.of(0x05)),
    encodeTlv(0x80, Uint8Array.of(size >> 8, size & 0xff)),
  );
}

/** File control parameters of a directory or an application. */
export function directoryControlParameters(directory: CardDirectory): Uint8Array {
  const name = directory === 'mf' ? encodeTlv(0x83, Uint8Array.of(0x3f, 0)) : encodeTlv(0x84, usimAid);
  return encodeTlv(0x62, encodeTlv(0x82, Uint8Array.of(0x78, 0x21)), name, encodeTlv(0x8a, Uint8Array.of(0x05)));
}
