import { z } from 'zod';
import { period as periodName, type Period } from '#contract/common.ts';
import type { Plan, Promotion } from '#contract/account/index.ts';
import { LebError } from '#contract/errors.ts';
import { toInstantOrNull } from '../clock.ts';
import type { Queryable, Row } from '../database/database.ts';
import type { PriceList } from '../orders/pricing.ts';

type PlanRow = Row & {
  readonly id: string;
  readonly name: string;
  readonly data_bytes: number | null;
  readonly voice_minutes: number | null;
  readonly sms_count: number | null;
};

export function toPlan(row: PlanRow): Plan {
  return { planId: row.id, name: row.name, dataBytes: row.data_bytes, voiceMinutes: row.voice_minutes, smsCount: row.sms_count };
}

/** Plans, those no longer sold included: a line may still have one. */
export async function readPlans(database: Queryable): Promise<readonly (Plan & { readonly active: boolean })[]> {
  const rows = await database.query<PlanRow & { readonly active: number }>('select * from plan order by position');
  return rows.map((row) => ({ ...toPlan(row), active: row.active === 1 }));
}

export type PriceRow = PlanRow & { readonly period: string; readonly amount_minor: number; readonly currency: string };

/** The prices of one plan, a row each. Throws PLAN_UNAVAILABLE where a period has none. */
export function priceList(rows: readonly PriceRow[], planId: string): PriceList {
  const priceOf = (period: Period): { amountMinor: number; currency: string } => {
    const row = rows.find((each) => each.period === period);
    if (row === undefined) throw new LebError('PLAN_UNAVAILABLE', { planId });
    return { amountMinor: row.amount_minor, currency: row.currency };
  };
  return { month: priceOf('month'), quarter: priceOf('quarter'), year: priceOf('year') };
}

/** Throws PLAN_UNAVAILABLE for a plan that is not sold. */
export async function readPrices(database: Queryable, planId: string): Promise<{ readonly plan: Plan; readonly prices: PriceList }> {
  const rows = await database.query<PriceRow>(
    `select plan.*, price.period, price.amount_minor, price.currency from plan join price on price.plan_id = plan.id
     where plan.id = $1 and plan.active = 1`,
    [planId],
  );
  const [row] = rows;
  if (row === undefined) throw new LebError('PLAN_UNAVAILABLE', { planId });
  return { plan: toPlan(row), prices: priceList(rows, planId) };
}

type PromotionRow = Row & {
  readonly code: string;
  readonly percent_off: number;
  readonly periods: string;
  readonly starts_ms: number;
  readonly ends_ms: number | null;
};
const periodList = z.array(periodName);

/** Promotions that run now. */
export async function readPromotions(database: Queryable, now: number): Promise<readonly (Promotion & { readonly percentOff: number })[]> {
  const rows = await database.query<PromotionRow>(
    'select * from promotion where active = 1 and starts_ms <= $1 and (ends_ms is null or ends_ms > $1) order by code',
    [now],
  );
  return rows.map((row) => ({
    code: row.code,
    percentOff: row.percent_off,
    amountOff: null,
    periods: periodList.parse(JSON.parse(row.periods)),
    endsAt: toInstantOrNull(row.ends_ms),
  }));
}
