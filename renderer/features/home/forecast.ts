import type { Line } from '#contract/account/index.ts';

/** At the present pace: when the data runs out, against the end of the plan. */
export type Forecast =
  | { readonly kind: 'unlimited' }
  | { readonly kind: 'usedUp' }
  /** Nothing used yet, or no figures: no pace to go by. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'lasts'; readonly perDay: number }
  /** `daysBefore` whole days before the plan ends; null where the end is not known */
  | { readonly kind: 'runsOut'; readonly perDay: number; readonly on: Date; readonly daysBefore: number | null };

const dayMs = 86_400_000;
/** The pace is that of the last two weeks: long enough to hold a weekend, short enough to follow a journey. */
const paceDays = 14;

/** Bytes a day over the last two weeks with figures, or null without any. */
export function dailyPace(line: Line): number | null {
  const recent = line.usagePerDay.slice(-paceDays);
  if (recent.length === 0) return null;
  return recent.reduce((sum, day) => sum + day.bytes, 0) / recent.length;
}

/** @param now the time from which what is left is counted */
export function forecastData(line: Line, now: Date): Forecast {
  const { left, unlimited } = line.data;
  if (unlimited) return { kind: 'unlimited' };
  if (left === null) return { kind: 'unknown' };
  if (left <= 0) return { kind: 'usedUp' };
  const perDay = dailyPace(line);
  if (perDay === null || perDay <= 0) return { kind: 'unknown' };
  const on = new Date(now.getTime() + (left / perDay) * dayMs);
  if (line.validUntil === null) return { kind: 'runsOut', perDay, on, daysBefore: null };
  const end = new Date(line.validUntil);
  const daysBefore = calendarDays(on, end);
  if (daysBefore <= 0) return { kind: 'lasts', perDay };
  return { kind: 'runsOut', perDay, on, daysBefore };
}

/** The calendar day of this computer as a count of milliseconds without hours. */
function calendarDay(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

/** Days from one date to another as people count them: by the calendar of this computer, whatever the hour. */
export function calendarDays(from: Date, to: Date): number {
  return Math.round((calendarDay(to) - calendarDay(from)) / dayMs);
}

export type CurvePoint = { readonly at: Date; readonly left: number };

/**
 * What was left at the end of each day, from what is left now and what each day used; oldest first, begins with the start of the period
 * or of the figures, whichever is later. Empty where nothing can be drawn.
 */
export function dataLeftPerDay(line: Line, now: Date): readonly CurvePoint[] {
  const { left } = line.data;
  if (left === null || line.usagePerDay.length === 0) return [];
  const from = line.validFrom === null ? null : localDay(new Date(line.validFrom));
  const days = line.usagePerDay.filter(({ date }) => from === null || date >= from);
  const points: CurvePoint[] = [];
  let running = left;
  for (const { date, bytes } of days.toReversed()) {
    const end = endOfDay(date);
    points.push({ at: end.getTime() > now.getTime() ? now : end, left: running });
    running += bytes;
  }
  const first = days[0];
  if (first === undefined) return [];
  points.push({ at: startOfDay(first.date), left: running });
  return points.toReversed();
}

function startOfDay(date: string): Date {
  return new Date(`${date}T00:00:00`);
}

function endOfDay(date: string): Date {
  return new Date(startOfDay(date).getTime() + dayMs);
}

const two = (value: number): string => String(value).padStart(2, '0');

function localDay(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
