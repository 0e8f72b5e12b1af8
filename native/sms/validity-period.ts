import type { OctetReader } from './octet-reader.ts';
import { decodeDecimal, encodeDecimal } from './semi-octets.ts';
import { notEncodable, pduInvalid } from './sms-error.ts';
import { decodeTimestamp, encodeTimestamp, timestampLength } from './timestamp.ts';

/** For how long the service centre tries (TS 23.040 §9.2.3.12). */
export type ValidityPeriod =
  | { readonly format: 'relative'; readonly seconds: number }
  /** ISO 8601 with offset; null: it is no date. */
  | { readonly format: 'absolute'; readonly time: string | null }
  | EnhancedValidity;

export type EnhancedValidity = {
  readonly format: 'enhanced';
  /** 0 none, 1 as in the relative format, 2 seconds, 3 hours, minutes and seconds. */
  readonly functionalityIndicator: number;
  readonly seconds: number;
  /** The service centre may try only once. */
  readonly singleShot: boolean;
};

/** TP-VPF by its two bits (§9.2.3.3). */
export const validityFormats = ['none', 'enhanced', 'relative', 'absolute'] as const;
export type ValidityFormat = (typeof validityFormats)[number];

/** @throws DeviceError SMS_PDU_INVALID */
export function readValidityPeriod(reader: OctetReader, format: ValidityFormat): ValidityPeriod | null {
  switch (format) {
    case 'none':
      return null;
    case 'relative':
      return { format, seconds: relativeSeconds(reader.octet('validityPeriod')) };
    case 'absolute':
      return { format, time: decodeTimestamp(reader.take(timestampLength, 'validityPeriod')) };
    default:
      return readEnhanced(reader);
  }
}

/** @throws DeviceError SMS_NOT_ENCODABLE */
export function encodeValidityPeriod(validity: ValidityPeriod | null): Uint8Array {
  if (validity === null) return new Uint8Array(0);
  switch (validity.format) {
    case 'relative':
      return Uint8Array.of(relativeOctet(validity.seconds));
    case 'absolute':
      return encodeTimestamp(validity.time);
    default:
      return encodeEnhanced(validity);
  }
}

const minute = 60;
const day = 24 * 60 * minute;

/** @param octet TP-VP in the relative format (§9.2.3.12.1) */
export function relativeSeconds(octet: number): number {
  if (octet < 144) return (octet + 1) * 5 * minute;
  if (octet < 168) return day / 2 + (octet - 143) * 30 * minute;
  if (octet < 197) return (octet - 166) * day;
  return (octet - 192) * 7 * day;
}

/** The octet of the shortest period that is not shorter than `seconds`; the longest, 63 weeks, where none is. */
export function relativeOctet(seconds: number): number {
  for (let octet = 0; octet < 255; octet += 1) if (relativeSeconds(octet) >= seconds) return octet;
  return 255;
}

const indicatorBits = 0x07;
const singleShotBit = 0x40;

/** §9.2.3.12.3: seven octets whatever of them is used, and the others are zero. */
function readEnhanced(reader: OctetReader): EnhancedValidity {
  const start = reader.at;
  const [first = 0, ...rest] = reader.take(timestampLength, 'validityPeriod');
  const functionalityIndicator = first & indicatorBits;
  const used = [0, 1, 1, 3][functionalityIndicator];
  const reserved = (first & ~(indicatorBits | singleShotBit)) !== 0 || used === undefined || rest.slice(used).some((octet) => octet !== 0);
  if (reserved) throw pduInvalid('validityPeriod', start);
  const [value = 0, minutes = 0, seconds = 0] = rest;
  const asTime = decodeDecimal(value) * 60 * minute + decodeDecimal(minutes) * minute + decodeDecimal(seconds);
  return {
    format: 'enhanced',
    functionalityIndicator,
    seconds: [0, relativeSeconds(value), value, asTime][functionalityIndicator] ?? 0,
    singleShot: (first & singleShotBit) !== 0,
  };
}

function encodeEnhanced({ functionalityIndicator, seconds, singleShot }: EnhancedValidity): Uint8Array {
  const octets = new Uint8Array(timestampLength);
  octets[0] = functionalityIndicator | (singleShot ? singleShotBit : 0);
  const wrong = notEncodable('validityPeriod', `${functionalityIndicator}:${seconds}`);
  switch (functionalityIndicator) {
    case 0:
      return octets;
    case 1:
      octets[1] = relativeOctet(seconds);
      return octets;
    case 2:
      if (seconds > 255) throw wrong;
      octets[1] = seconds;
      return octets;
    case 3:
      if (seconds >= 100 * 60 * minute) throw wrong;
      octets.set(
        [seconds / (60 * minute), (seconds / minute) % 60, seconds % 60].map((value) => encodeDecimal(Math.floor(value))),
        1,
      );
      return octets;
    default:
      throw wrong;
  }
}
