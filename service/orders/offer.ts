/** What a renewal would cost, read in one query: the line, the plan with its prices, the promotion, and what was ordered under the same key. */
import { z } from 'zod';
import { period as periodName, type Period } from '#contract/common.ts';
import type { Plan } from '#contract/account/index.ts';
import { LebError } from '#contract/errors.ts';
import { priceList, toPlan, type PriceRow } from '../catalogue/prices.ts';
import type { Queryable } from '../database/database.ts';
import type { PriceList } from './pricing.ts';

export type Choice = {
  readonly lineId: string;
  readonly planId: string;
  readonly period: Period;
  readonly promotionCode: string | null;
};

export type Offer = {
  readonly iccid: string;
  /** Throws PLAN_UNAVAILABLE, PROMOTION_UNKNOWN, PROMOTION_NOT_APPLICABLE: what was ordered before is answered for all the same. */
  price(): {
    readonly plan: Plan;
    readonly prices: PriceList;
    readonly promotion: { readonly code: string; readonly percentOff: number } | null;
  };
  /** The order that was made with this key, if there is one. */
  readonly earlierId: string | null;
};

type OfferRow = PriceRow & {
  readonly iccid: string;
  readonly promotion_code: string | null;
  readonly percent_off: number;
  readonly promotion_periods: string;
  readonly earlier_id: string | null;
};

const periodList = z.array(periodName);

/** The code of a promotion is taken as a person types it. Throws LINE_UNKNOWN. */
export async function readOffer(
  database: Queryable,
  accountId: string,
  choice: Choice,
  idempotencyKey: string | null,
  now: number,
): Promise<Offer> {
  const code = choice.promotionCode?.normalize('NFKC').trim().toUpperCase() ?? '';
  const rows = await database.query<OfferRow>(
    `select line.iccid, plan.*, price.period, price.amount_minor, price.currency, promotion.code as promotion_code, promotion.percent_off,
       promotion.periods as promotion_periods, earlier.id as earlier_id
     from line left join plan on plan.id = $3 and plan.active = 1 left join price on price.plan_id = plan.id
       left join promotion on promotion.code = $4 and promotion.active = 1 and promotion.starts_ms <= $5
         and (promotion.ends_ms is null or promotion.ends_ms > $5)
       left join ord as earlier on earlier.account_id = line.account_id and earlier.idempotency_key = $6
     where line.id = $1 and line.account_id = $2`,
    [choice.lineId, accountId, choice.planId, code, now, idempotencyKey],
  );
  const [row] = rows;
  if (row === undefined) throw new LebError('LINE_UNKNOWN', { lineId: choice.lineId });
  return {
    iccid: row.iccid,
    earlierId: row.earlier_id,
    price: () => {
      const prices = priceList(rows, choice.planId);
      if (code === '') return { plan: toPlan(row), prices, promotion: null };
      if (row.promotion_code === null) throw new LebError('PROMOTION_UNKNOWN', { code });
      if (!periodList.parse(JSON.parse(row.promotion_periods)).includes(choice.period)) {
        throw new LebError('PROMOTION_NOT_APPLICABLE', { code, period: choice.period });
      }
      return { plan: toPlan(row), prices, promotion: { code, percentOff: row.percent_off } };
    },
  };
}
