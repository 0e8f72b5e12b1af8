/** What is sold: plans, prices with tax, promotions. Copied into the tables at every start, so that a change of this file is a change of price. */
import type { Period } from '#contract/common.ts';

export const monthsOf: Readonly<Record<Period, number>> = { month: 1, quarter: 3, year: 12 };
export const periods: readonly Period[] = ['month', 'quarter', 'year'];

/** Value added tax of Germany, contained in every price. */
export const taxPercent = 19;
export const currency = 'EUR';

const gigabyte = 1_000_000_000;

export type CataloguePlan = {
  readonly planId: string;
  readonly name: string;
  readonly dataBytes: number | null; // a month
  readonly voiceMinutes: number | null;
  readonly smsCount: number | null;
  readonly prices: Readonly<Record<Period, number>>; // minor units, tax included
};

export const plans: readonly CataloguePlan[] = [
  {
    planId: 'leb-europe-20',
    name: 'Europe 20',
    dataBytes: 20 * gigabyte,
    voiceMinutes: 100,
    smsCount: 50,
    prices: { month: 1490, quarter: 3990, year: 14_280 },
  },
  {
    planId: 'leb-global-5',
    name: 'Global 5',
    dataBytes: 5 * gigabyte,
    voiceMinutes: 30,
    smsCount: 20,
    prices: { month: 1990, quarter: 5490, year: 19_900 },
  },
  {
    planId: 'leb-asia-10',
    name: 'Asia 10',
    dataBytes: 10 * gigabyte,
    voiceMinutes: 60,
    smsCount: 30,
    prices: { month: 1690, quarter: 4590, year: 16_200 },
  },
];

export type CataloguePromotion = {
  readonly code: string;
  readonly percentOff: number;
  readonly periods: readonly Period[];
  /** Days from the first start; null: until it is taken out of this file. */
  readonly days: number | null;
};

export const promotions: readonly CataloguePromotion[] = [
  { code: 'QUARTER10', percentOff: 10, periods: ['quarter'], days: null },
  { code: 'YEAR5', percentOff: 5, periods: ['year'], days: null },
];
