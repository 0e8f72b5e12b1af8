import { splitFields } from '../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../explanation.ts';
import { numbersOf, splitGroups } from '../groups.ts';
import { whole } from '../readers.ts';

export type NetworkTime = {
  /** ISO 8601, with the offset where the network told it. */
  readonly iso8601: string;
  readonly offsetMinutes: number | null;
};

const pattern = /^"?(\d{2,4})\/(\d{1,2})\/(\d{1,2})\s*[, ]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{1,2})?/;

/** `yy/MM/dd,hh:mm:ss±zz`, the zone in quarters of an hour (3GPP TS 27.007 §8.15). Null where it is no time of the calendar. */
export function networkTime(text: string): NetworkTime | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, yearText = '', month = '', day = '', hour = '', minute = '', second = '00', zone] = match;
  const year = yearText.length === 4 ? Number(yearText) : 2000 + Number(yearText);
  const digits = [month, day, hour, minute, second].map((part) => part.padStart(2, '0'));
  const local = `${year}-${digits.slice(0, 2).join('-')}T${digits.slice(2).join(':')}`;
  const instant = new Date(`${local}Z`);
  // Dates that do not exist are moved on by some engines and refused by others.
  if (Number.isNaN(instant.getTime()) || instant.getUTCDate() !== Number(day)) return null;
  if (zone === undefined) return { iso8601: local, offsetMinutes: null };
  const offsetMinutes = Number(zone) * 15;
  if (Math.abs(offsetMinutes) > 14 * 60) return null;
  return { iso8601: `${local}${offsetText(offsetMinutes)}`, offsetMinutes };
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const parts = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
  return `${minutes < 0 ? '-' : '+'}${parts.join(':')}`;
}

/** `<tz>[,"<time>"]`: the time is UTC, the zone in quarters of an hour (3GPP TS 27.007 §8.41). */
function timeZoneNews(rest: string): ExplainedFields | null {
  const fields = splitFields(rest);
  const zone = /^[+-]?\d{1,2}$/.test(fields[0] ?? '') ? Number(fields[0]) * 15 : null;
  if (zone === null) return null;
  const time = fields.slice(1).find((field) => field.includes('/')) ?? '';
  const saving = fields
    .slice(1)
    .map(whole)
    .find((number) => number !== null && number <= 2);
  return {
    offsetMinutes: zone,
    dstOffsetMinutes: saving === undefined || saving === null ? null : saving * 60,
    iso8601: networkTime(time)?.iso8601 ?? null,
  };
}

export const clockDecoders: readonly LineDecoder[] = [
  { kind: 'cclk', names: ['+CCLK'], specification: '3GPP TS 27.007 §8.15', decode: networkTime },
  {
    kind: 'ctzu-test',
    names: ['+CTZU'],
    specification: '3GPP TS 27.007 §8.40; 3 is Quectel’s',
    form: 'test',
    decode(rest) {
      const numbers = numbersOf(splitGroups(rest)[0]);
      if (numbers.length === 0) return null;
      return { disable: numbers.includes(0), enable: numbers.includes(1), enableUpdateRtc: numbers.includes(3) };
    },
  },
  { kind: 'ctzv', names: ['+CTZV'], specification: '3GPP TS 27.007 §8.41', decode: timeZoneNews },
  { kind: 'ctze', names: ['+CTZE', '+CTZEU'], specification: '3GPP TS 27.007 §8.41', decode: timeZoneNews },
];
