import { concatBytes } from '#native/euicc/tlv/hex.ts';
import { decodeSeptets, defaultTables } from './alphabet/gsm7.ts';
import { packSeptets, unpackSeptets } from './alphabet/septets.ts';
import { decodeUcs2 } from './alphabet/ucs2.ts';
import type { DataCoding, SmsAlphabet } from './data-coding.ts';
import type { OctetReader } from './octet-reader.ts';
import { notEncodable, pduInvalid } from './sms-error.ts';
import { describeElements, encodeElements, readElements, type UserDataHeader } from './user-data-header.ts';

export type UserData = {
  readonly alphabet: SmsAlphabet;
  /** As TS 23.042 says, which networks never brought into use: octets, whatever the alphabet. */
  readonly compressed: boolean;
  readonly header: UserDataHeader | null;
  /** Septets, one in a byte, or octets; what stands behind the header. */
  readonly content: Uint8Array;
  /** `null`: data for a program, or compressed. */
  readonly text: string | null;
  /** Less of it came than it says. */
  readonly cut: boolean;
};

const maxOctets = 140;

/**
 * TP-UDL and TP-UD (TS 23.040 §9.2.3.16, §9.2.3.24). A length that no message can have is read as "up to the end"; what follows is left.
 * @param salvage keep what came of user data that is cut off, instead of refusing it
 * @throws DeviceError SMS_PDU_INVALID
 */
export function readUserData(reader: OctetReader, coding: DataCoding, hasHeader: boolean, salvage: boolean): UserData {
  const inSeptets = coding.alphabet === 'gsm7' && !coding.compressed;
  const stated = reader.octet('userDataLength');
  const start = reader.at;
  const needed = inSeptets ? Math.ceil((stated * 7) / 8) : stated;
  const cut = needed > reader.left;
  if (cut && !salvage && needed <= maxOctets) throw pduInvalid('userDataLength', start - 1);
  const octets = reader.take(Math.min(needed, reader.left), 'userData');
  const headerOctets = hasHeader && octets.length > 0 ? (octets[0] ?? 0) + 1 : 0;
  const elements = headerOctets > octets.length ? null : readElements(octets.subarray(1, Math.max(1, headerOctets)));
  if (elements === null) throw pduInvalid('userDataHeader', start);
  const header = headerOctets === 0 ? null : describeElements(elements);
  const fillBits = (7 - ((headerOctets * 8) % 7)) % 7;
  const content = inSeptets
    ? unpackSeptets(octets.subarray(headerOctets), fillBits, Math.max(0, stated - Math.ceil((headerOctets * 8) / 7)))
    : octets.slice(headerOctets);
  const decoded = coding.compressed ? null : decodeContent(coding.alphabet, header, content);
  return { alphabet: coding.alphabet, compressed: coding.compressed, header, content, text: decoded?.toWellFormed() ?? null, cut };
}

/** The text of content, lone surrogates kept: their other half may be in the next part. `null`: it is not text. */
export function decodeContent(alphabet: SmsAlphabet, header: UserDataHeader | null, content: Uint8Array): string | null {
  switch (alphabet) {
    case 'gsm7':
      return decodeSeptets(content, header ?? defaultTables);
    case 'ucs2':
      return decodeUcs2(content);
    default:
      return null;
  }
}

/** TP-UDL and TP-UD. @throws DeviceError SMS_NOT_ENCODABLE where they take more than 140 octets */
export function encodeUserData({ alphabet, compressed, header, content }: UserData): Uint8Array {
  const elements = encodeElements(header?.elements ?? []);
  const headerSeptets = Math.ceil((elements.length * 8) / 7);
  const inSeptets = alphabet === 'gsm7' && !compressed;
  const body = inSeptets ? packSeptets(content, headerSeptets * 7 - elements.length * 8) : content;
  if (elements.length + body.length > maxOctets) throw notEncodable('tooLong');
  return concatBytes(Uint8Array.of(inSeptets ? headerSeptets + content.length : elements.length + content.length), elements, body);
}
