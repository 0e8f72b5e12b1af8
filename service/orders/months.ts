/**
 * Adds calendar months in UTC; the time of day stays, a day that the month does not have becomes its last one (31 January and one month:
 * 28 February). Milliseconds in, milliseconds out.
 */
export function addMonths(fromMs: number, months: number): number {
  const from = new Date(fromMs);
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0)).getUTCDate();
  return Date.UTC(
    from.getUTCFullYear(),
    from.getUTCMonth() + months,
    Math.min(from.getUTCDate(), lastDay),
    from.getUTCHours(),
    from.getUTCMinutes(),
    from.getUTCSeconds(),
    from.getUTCMilliseconds(),
  );
}

/** A renewal starts where the plan ends, or now if it has ended. */
export function renewedUntil(currentEndMs: number | null, months: number, nowMs: number): number {
  return addMonths(currentEndMs === null || currentEndMs < nowMs ? nowMs : currentEndMs, months);
}
