import { describe, expect, test } from 'vitest';
import type { Line } from '#contract/account/index.ts';
import { calendarDays, dailyPace, dataLeftPerDay, forecastData } from './forecast.ts';
import { shareLeft, timeLeft, toneOfShare } from './plan-figures.ts';

// Local times without a zone: the calendar is that of the computer, wherever the test runs.
const now = new Date('2026-05-14T12:00:00');
const line: Line = {
  lineId: 'l1',
  msisdn: '+447700900482',
  iccid: '8944990000004821602',
  nickname: null,
  plan: { planId: 'p1', name: 'Europe 20', dataBytes: 20e9, voiceMinutes: 100, smsCount: null },
  state: 'active',
  validFrom: new Date('2026-05-06T00:00:00').toISOString(),
  validUntil: new Date('2026-06-06T23:00:00').toISOString(),
  data: { total: 20e9, left: 13.8e9, unlimited: false },
  voice: { total: 100, left: 87, unlimited: false },
  sms: { total: null, left: null, unlimited: false },
  usagePerDay: [
    { date: '2026-05-12', bytes: 1e9 },
    { date: '2026-05-13', bytes: 0.5e9 },
    { date: '2026-05-14', bytes: 0.75e9 },
  ],
  asOf: null,
};

describe('forecast', () => {
  test.each<[string, Partial<Line>, string]>([
    ['no figures', { usagePerDay: [] }, 'unknown'],
    ['nothing used', { usagePerDay: [{ date: '2026-05-13', bytes: 0 }] }, 'unknown'],
    ['unlimited', { data: { total: null, left: null, unlimited: true } }, 'unlimited'],
    ['not known', { data: { total: null, left: null, unlimited: false } }, 'unknown'],
    ['used up', { data: { total: 20e9, left: 0, unlimited: false } }, 'usedUp'],
    ['lasts', { data: { total: 20e9, left: 19e9, unlimited: false } }, 'lasts'],
    ['runs out', {}, 'runsOut'],
  ])('%s', (_, change, kind) => {
    expect(forecastData({ ...line, ...change }, now).kind).toBe(kind);
  });

  test('13.8 GB at 0.75 GB a day run out on 1 June, 5 days before 6 June', () => {
    expect(dailyPace(line)).toBe(0.75e9);
    const forecast = forecastData(line, now);
    if (forecast.kind !== 'runsOut') throw new Error(forecast.kind);
    expect([forecast.on.getMonth(), forecast.on.getDate()]).toEqual([5, 1]);
    expect(forecast.daysBefore).toBe(5);
  });

  test('the pace is that of the last two weeks only', () => {
    const days = Array.from({ length: 20 }, (_, index) => ({
      date: `2026-04-${String(index + 1).padStart(2, '0')}`,
      bytes: index < 6 ? 9e9 : 1e9,
    }));
    expect(dailyPace({ ...line, usagePerDay: days })).toBe(1e9);
  });
});

describe('what was left each day', () => {
  test('adds up backwards from what is left now, and ends at the present', () => {
    const points = dataLeftPerDay(line, now);
    expect(points.map(({ left }) => left / 1e9)).toEqual([16.05, 15.05, 14.55, 13.8]);
    expect(points.at(-1)?.at).toEqual(now);
    expect(points[0]?.at).toEqual(new Date('2026-05-12T00:00:00'));
  });

  test('leaves out what was used before this period', () => {
    expect(dataLeftPerDay({ ...line, validFrom: new Date('2026-05-13T08:00:00').toISOString() }, now)).toHaveLength(3);
  });

  test('is empty without figures', () => {
    expect(dataLeftPerDay({ ...line, usagePerDay: [] }, now)).toEqual([]);
  });
});

test('days are counted by the calendar, not by the hour', () => {
  expect(calendarDays(new Date('2026-05-14T23:59:00'), new Date('2026-05-15T00:01:00'))).toBe(1);
  expect(calendarDays(now, new Date('2026-06-06T01:00:00'))).toBe(23);
  expect(calendarDays(now, new Date('2026-05-12T23:00:00'))).toBe(-2);
});

test('time left', () => {
  expect(timeLeft(line, now)).toMatchObject({ days: 23, total: 31, tone: 'normal', ended: false });
  expect(timeLeft(line, new Date('2026-06-02T08:00:00'))).toMatchObject({ days: 4, tone: 'warning' });
  expect(timeLeft(line, new Date('2026-06-08T08:00:00'))).toMatchObject({ days: -2, tone: 'danger', ended: true, share: 0 });
  expect(timeLeft({ ...line, validUntil: null }, now)).toBeNull();
});

test('warning from 80 % used, danger from 95 %', () => {
  expect([null, 1, 0.21, 0.2, 0.06, 0.05, 0].map(toneOfShare)).toEqual([
    'normal',
    'normal',
    'normal',
    'warning',
    'warning',
    'danger',
    'danger',
  ]);
  expect(shareLeft({ total: 20, left: 5, unlimited: false })).toBe(0.25);
  expect(shareLeft({ total: null, left: null, unlimited: true })).toBe(1);
  expect(shareLeft({ total: null, left: 5, unlimited: false })).toBeNull();
});
