import { expect, test } from 'vitest';
import { writeClock } from './write-clock.ts';

test.each([
  [60, '24 Nov, 17:35, UTC+1'],
  [-210, '24 Nov, 13:05, UTC−3:30'],
  [0, '24 Nov, 16:35, UTC'],
  [null, '24 Nov, 16:35'],
])('offset %s', (offsetMinutes, text) => {
  expect(writeClock({ at: '2026-11-24T16:35:00.000Z', offsetMinutes }, 'en', ', ')).toBe(text);
});
