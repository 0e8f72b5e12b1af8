import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields, LineDecoder } from '../../explanation.ts';
import { decimal } from '../../readers.ts';
import { degreesOf, utcOf } from '../position.ts';

function gnssPosition(rest: string): ExplainedFields | null {
  const [lat = '', north = '', lon = '', east = '', first = '', second = '', altitude = '', speed = '', course = ''] = splitFields(rest);
  if (lat === '' && lon === '') return { fix: false, latitude: null, longitude: null };
  const [latitude, longitude] = [degreesOf(lat, north), degreesOf(lon, east)];
  if (latitude === null || longitude === null) return null;
  // The manual has the date in front of the time, some firmwares have it behind.
  const utc = /\./.test(first) ? utcOf(first, second) : utcOf(second, first);
  return { fix: true, latitude, longitude, utc, altitude: decimal(altitude), speed: decimal(speed), course: decimal(course) };
}

export const cgpsinfo: readonly LineDecoder[] = [
  { kind: 'cgpsinfo', names: ['+CGPSINFO'], specification: 'SIMCom AT commands manuals, +CGPSINFO', decode: gnssPosition },
];
