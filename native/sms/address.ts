import { decodeSeptets, encodeSeptets } from './alphabet/gsm7.ts';
import { packSeptets, unpackSeptets } from './alphabet/septets.ts';
import type { OctetReader } from './octet-reader.ts';
import { decodeDigits, encodeDigits } from './semi-octets.ts';
import { notEncodable, pduInvalid } from './sms-error.ts';

/** The type of number of an address (TS 23.040 §9.1.2.5), in the order of its values. */
export const numberTypes = [
  'unknown',
  'international',
  'national',
  'networkSpecific',
  'subscriber',
  'alphanumeric',
  'abbreviated',
  'reserved',
] as const;
export type NumberType = (typeof numberTypes)[number];

export type SmsAddress = {
  /** Digits with `*#abc`, a plus sign before an international number, or the name of an alphanumeric sender. */
  readonly number: string;
  readonly type: NumberType;
  /** Type-of-Address as it stands on the wire: the numbering plan is in it. */
  readonly typeOfAddress: number;
};

const maxDigits = 20;

export function numberTypeOf(typeOfAddress: number): NumberType {
  return numberTypes[(typeOfAddress >> 4) & 7] ?? 'reserved';
}

/**
 * The address that a number stands for as people write it: a plus sign for an international one, else unknown, which the network reads
 * as it is dialled; what is no number is a name. Blanks, hyphens, dots and brackets are left out of numbers.
 */
export function toAddress(written: string, type?: NumberType): SmsAddress {
  const dialled = written.replaceAll(/[\s().\-/]/g, '');
  const isNumber = /^\+?[\d*#]+$/.test(dialled);
  const chosen = type ?? (isNumber ? (dialled.startsWith('+') ? 'international' : 'unknown') : 'alphanumeric');
  // The numbering plan is ISDN; a name has none (§9.1.2.5).
  const plan = chosen === 'alphanumeric' ? 0 : 1;
  return {
    number: chosen === 'alphanumeric' ? written : dialled,
    type: chosen,
    typeOfAddress: 0x80 | (numberTypes.indexOf(chosen) << 4) | plan,
  };
}

/** TP-OA, TP-DA, TP-RA (TS 23.040 §9.1.2.5): the length counts semi-octets. @throws DeviceError SMS_PDU_INVALID */
export function readAddress(reader: OctetReader, field: string): SmsAddress {
  const start = reader.at;
  const length = reader.octet(field);
  if (length > maxDigits) throw pduInvalid('address', start, field);
  const typeOfAddress = reader.octet(field);
  const octets = reader.take(Math.ceil(length / 2), field);
  const type = numberTypeOf(typeOfAddress);
  if (type === 'alphanumeric') {
    const name = decodeSeptets(unpackSeptets(octets, 0, Math.floor((length * 4) / 7)));
    return { number: name, type, typeOfAddress };
  }
  return { number: withPlus(decodeDigits(octets).slice(0, length), type), type, typeOfAddress };
}

/** @throws DeviceError SMS_NOT_ENCODABLE where it is neither a number of twenty digits nor a name of eleven characters */
export function encodeAddress(address: SmsAddress): Uint8Array {
  if (address.type === 'alphanumeric') {
    const septets = encodeSeptets(address.number);
    const name = septets === null ? null : packSeptets(septets);
    if (septets === null || name === null || name.length > maxDigits / 2) throw notEncodable('name', address.number);
    return Uint8Array.of(Math.ceil((septets.length * 7) / 4), address.typeOfAddress, ...name);
  }
  const digits = withoutPlus(address.number);
  return Uint8Array.of(digits.length, address.typeOfAddress, ...encodeNumber(digits, address.number));
}

/**
 * The address of the service centre in front of a TPDU (TS 27.005 §3.1, coded as in TS 24.011 §8.2.5.1): its length counts octets, and it
 * is always digits. `null`: the one that the SIM or the network holds.
 * @throws DeviceError SMS_PDU_INVALID
 */
export function readServiceCentre(reader: OctetReader): SmsAddress | null {
  const start = reader.at;
  const length = reader.octet('serviceCentre');
  if (length === 0) return null;
  if (length > 1 + maxDigits / 2 + 1) throw pduInvalid('serviceCentre', start);
  const typeOfAddress = reader.octet('serviceCentre');
  const type = numberTypeOf(typeOfAddress);
  const digits = decodeDigits(reader.take(length - 1, 'serviceCentre'));
  return digits === '' ? null : { number: withPlus(digits, type), type, typeOfAddress };
}

/** @throws DeviceError SMS_NOT_ENCODABLE */
export function encodeServiceCentre(address: SmsAddress | null): Uint8Array {
  if (address === null) return Uint8Array.of(0);
  const digits = encodeNumber(withoutPlus(address.number), address.number);
  return Uint8Array.of(digits.length + 1, address.typeOfAddress, ...digits);
}

function encodeNumber(digits: string, written: string): Uint8Array {
  const octets = digits.length > maxDigits ? null : encodeDigits(digits);
  if (octets === null) throw notEncodable('number', written);
  return octets;
}

function withPlus(digits: string, type: NumberType): string {
  return type === 'international' && digits !== '' ? `+${digits}` : digits;
}

function withoutPlus(number: string): string {
  return number.startsWith('+') ? number.slice(1) : number;
}
