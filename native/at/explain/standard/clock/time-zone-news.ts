import { splitFields } from '../../../line-fields.ts';
import type { ExplainedFields } from '../../explanation.ts';
import { whole } from '../../readers.ts';
import { networkTime } from './network-time.ts';

/** `<tz>[,"<time>"]`: the time is UTC, the zone in quarters of an hour (3GPP TS 27.007 §8.41). */
export function timeZoneNews(rest: string): ExplainedFields | null {
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
