import { expect, test } from 'vitest';
import { addMonths, renewedUntil } from './months.ts';

test.each([
  ['2026-06-06T10:15:30.123Z', 1, '2026-07-06T10:15:30.123Z'],
  ['2026-01-31T23:59:59.999Z', 1, '2026-02-28T23:59:59.999Z'],
  ['2028-01-31T00:00:00.000Z', 1, '2028-02-29T00:00:00.000Z'],
  ['2026-11-30T12:00:00.000Z', 3, '2027-02-28T12:00:00.000Z'],
  ['2028-02-29T12:00:00.000Z', 12, '2029-02-28T12:00:00.000Z'],
  ['2026-12-31T12:00:00.000Z', 12, '2027-12-31T12:00:00.000Z'],
  ['2026-12-15T12:00:00.000Z', 1, '2027-01-15T12:00:00.000Z'],
])('%s and %i months: %s', (from, months, to) => {
  expect(new Date(addMonths(Date.parse(from), months)).toISOString()).toBe(to);
});

test('a renewal starts at the end of the plan, or now if that is past', () => {
  const now = Date.parse('2026-05-14T10:00:00.000Z');
  const until = (end: string | null) => new Date(renewedUntil(end === null ? null : Date.parse(end), 3, now)).toISOString();
  expect(until('2026-06-06T00:00:00.000Z')).toBe('2026-09-06T00:00:00.000Z');
  expect(until('2026-05-01T00:00:00.000Z')).toBe('2026-08-14T10:00:00.000Z');
  expect(until(null)).toBe('2026-08-14T10:00:00.000Z');
});
