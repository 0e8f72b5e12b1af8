import type { Period } from '#contract/common.ts';
import type { Plan, Quote, RenewalOption } from '#contract/account/index.ts';
import { monthsOf, taxPercent } from '../catalogue/catalogue.ts';
import { toInstant, toInstantOrNull } from '../clock.ts';
import { renewedUntil } from './months.ts';

export type PriceList = Readonly<Record<Period, { readonly amountMinor: number; readonly currency: string }>>;

function timesMonths(monthly: number | null, months: number): number | null {
  return monthly === null ? null : monthly * months;
}

/** Rounded half up, like an invoice. */
export function percentOf(amountMinor: number, percent: number): number {
  return Math.floor((amountMinor * percent + 50) / 100);
}

/** The tax that a price with tax contains. */
export function taxContained(amountMinor: number): number {
  return Math.floor((amountMinor * taxPercent * 2 + 100 + taxPercent) / (2 * (100 + taxPercent)));
}

/** One period of a plan at its list price, from the line's present end date. */
export function priceOption(plan: Plan, prices: PriceList, period: Period, currentEndMs: number | null, nowMs: number): RenewalOption {
  const months = monthsOf[period];
  const { amountMinor, currency } = prices[period];
  const singly = prices.month.amountMinor * months;
  return {
    planId: plan.planId,
    period,
    months,
    total: { amountMinor, currency },
    perMonth: { amountMinor: Math.round(amountMinor / months), currency },
    savingPercent: Math.max(0, Math.floor(((singly - amountMinor) * 100) / singly)),
    currentEnd: toInstantOrNull(currentEndMs),
    newEnd: toInstant(renewedUntil(currentEndMs, months, nowMs)),
    added: {
      dataBytes: timesMonths(plan.dataBytes, months),
      voiceMinutes: timesMonths(plan.voiceMinutes, months),
      smsCount: timesMonths(plan.smsCount, months),
    },
  };
}

/** The option with its promotion taken off. `promotion` has been found applicable already. */
export function quoteOf(
  option: RenewalOption,
  lineId: string,
  promotion: { readonly code: string; readonly percentOff: number } | null,
  monthlyMinor: number,
): Quote {
  const { currency } = option.total;
  const discountMinor = promotion === null ? 0 : percentOf(option.total.amountMinor, promotion.percentOff);
  const totalMinor = option.total.amountMinor - discountMinor;
  const singly = monthlyMinor * option.months;
  return {
    ...option,
    lineId,
    listPrice: option.total,
    total: { amountMinor: totalMinor, currency },
    perMonth: { amountMinor: Math.round(totalMinor / option.months), currency },
    savingPercent: Math.max(0, Math.floor(((singly - totalMinor) * 100) / singly)),
    promotion: promotion === null ? null : { code: promotion.code, discount: { amountMinor: discountMinor, currency } },
    taxIncluded: { amountMinor: taxContained(totalMinor), currency },
    taxPercent,
  };
}
