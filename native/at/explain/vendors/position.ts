import { splitFields } from '../../line-fields.ts';
import type { ExplainedFields } from '../explanation.ts';
import { decimal, whole } from '../readers.ts';

/** Degrees from NMEA's `ddmm.mmmm` and the letter of the half of the globe; null where it is no such thing. */
export function degreesOf(text: string, half: string): number | null {
  const match = /^(\d{1,3})(\d\d(?:\.\d{1,9})?)$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const degrees = Number(match[1]) + Number(match[2]) / 60;
  return /^[SW]$/i.test(half) ? -degrees : degrees;
}

/** `hhmmss` and `ddmmyy` as ISO 8601; null where one is missing. */
export function utcOf(time: string, date: string): string | null {
  const [, hour, minute, second] = /^(\d\d)(\d\d)(\d\d)/.exec(time) ?? [];
  const [, day, month, year] = /^(\d\d)(\d\d)(\d\d)$/.exec(date) ?? [];
  return hour === undefined || day === undefined ? null : `20${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

function coordinate(text: string): number | null {
  const inDegrees = decimal(text);
  if (inDegrees !== null) return inDegrees;
  const match = /^([\d.]{3,16})([NSEW])$/i.exec(text);
  return match?.[1] === undefined ? null : degreesOf(match[1], match[2] ?? '');
}

/** `+QGPSLOC: <time>,<latitude>,<longitude>,<HDOP>,<altitude>,<fix>,<course>,<km/h>,<knots>,<date>[,<satellites>]` */
export function position(rest: string): ExplainedFields | null {
  const [time = '', lat = '', lon = '', hdop = '', altitude = '', fix = '', course = '', kmh = '', , date = '', satellites = ''] =
    splitFields(rest);
  const [latitude, longitude] = [coordinate(lat), coordinate(lon)];
  if (latitude === null || longitude === null || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null;
  return {
    latitude,
    longitude,
    hdop: decimal(hdop),
    altitude: decimal(altitude),
    fix: fix === '2' ? '2d' : fix === '3' ? '3d' : null,
    course: decimal(course),
    speedKmh: decimal(kmh),
    utc: utcOf(time, date),
    satellites: whole(satellites),
  };
}
