import { decodeDecimal, encodeDecimal } from './semi-octets.ts';
import { notEncodable } from './sms-error.ts';

/** Octets that a time takes. */
export const timestampLength = 7;

/**
 * Local time with its distance from GMT in quarters of an hour (TS 23.040 §9.2.3.11) as ISO 8601 with offset. Of the year two digits are
 * sent: 70 to 99 are before 2000. `null`: it is no date.
 * @param octets seven
 */
export function decodeTimestamp(octets: Uint8Array): string | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = [...octets].map(decodeDecimal);
  const zone = octets[timestampLength - 1] ?? 0;
  const full = year < 70 ? 2000 + year : 1900 + year;
  const time = new Date(Date.UTC(full, month - 1, day, hour, minute, second));
  const isDate = time.getUTCMonth() === month - 1 && time.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!isDate) return null;
  // Bit 3, the highest of the digit that comes first, is the sign.
  const minutes = decodeDecimal(zone & 0xf7) * 15;
  const sign = (zone & 0x08) === 0 || minutes === 0 ? '+' : '-';
  return `${time.toISOString().slice(0, 19)}${sign}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

/**
 * The reverse, from ISO 8601 with `Z` or an offset of at most 19:45, which is what the field holds; null as zeros.
 * @throws DeviceError SMS_NOT_ENCODABLE
 */
export function encodeTimestamp(time: string | null): Uint8Array {
  if (time === null) return new Uint8Array(timestampLength);
  const parts = /^\d\d(\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/.exec(time);
  if (parts === null) throw notEncodable('timestamp', time);
  const quarters = (Number(parts[8] ?? 0) * 60 + Number(parts[9] ?? 0)) / 15;
  if (!Number.isInteger(quarters) || quarters > 79) throw notEncodable('timestamp', time);
  const fields = parts.slice(1, 7).map((digits) => encodeDecimal(Number(digits)));
  return Uint8Array.of(...fields, encodeDecimal(quarters) | (parts[7] === '-' ? 0x08 : 0));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
