import { expect, test } from 'vitest';
import { percentOf, priceOption, quoteOf, taxContained, type PriceList } from './pricing.ts';

const plan = { planId: 'leb-europe-20', name: 'Europe 20', dataBytes: 20_000_000_000, voiceMinutes: 100, smsCount: null };
const euro = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
const prices: PriceList = { month: euro(1490), quarter: euro(3990), year: euro(14_280) };
const now = Date.parse('2026-05-14T10:00:00.000Z');
const end = Date.parse('2026-06-06T00:00:00.000Z');

test.each([
  ['month', 1, 1490, 1490, 0, '2026-07-06T00:00:00.000Z'],
  ['quarter', 3, 3990, 1330, 10, '2026-09-06T00:00:00.000Z'],
  ['year', 12, 14_280, 1190, 20, '2027-06-06T00:00:00.000Z'],
] as const)('a %s', (period, months, total, perMonth, savingPercent, newEnd) => {
  expect(priceOption(plan, prices, period, end, now)).toEqual({
    planId: plan.planId,
    period,
    months,
    total: euro(total),
    perMonth: euro(perMonth),
    savingPercent,
    currentEnd: '2026-06-06T00:00:00.000Z',
    newEnd,
    added: { dataBytes: months * 20_000_000_000, voiceMinutes: months * 100, smsCount: null },
  });
});

test('a promotion takes its percentage off the list price; the tax is contained in what is left', () => {
  const quote = quoteOf(priceOption(plan, prices, 'quarter', end, now), 'line', { code: 'QUARTER10', percentOff: 10 }, 1490);
  expect(quote).toMatchObject({
    listPrice: euro(3990),
    total: euro(3591),
    perMonth: euro(1197),
    promotion: { code: 'QUARTER10', discount: euro(399) },
    taxIncluded: euro(573),
    taxPercent: 19,
    savingPercent: 19,
  });
  expect(quoteOf(priceOption(plan, prices, 'month', null, now), 'line', null, 1490)).toMatchObject({ promotion: null, total: euro(1490) });
});

test.each([
  [1490, 10, 149],
  [1495, 10, 150],
  [1494, 10, 149],
  [1, 10, 0],
  [14_280, 5, 714],
])('%i, %i%% of it: %i', (amount, percent, part) => {
  expect(percentOf(amount, percent)).toBe(part);
});

test.each([
  [11_900, 1900],
  [3591, 573],
  [1490, 238],
  [0, 0],
])('%i contains %i of tax', (amount, tax) => {
  expect(taxContained(amount)).toBe(tax);
});
