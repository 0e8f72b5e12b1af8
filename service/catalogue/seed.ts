import { day } from '../clock.ts';
import type { Database } from '../database/database.ts';
import { currency, periods, plans, promotions } from './catalogue.ts';

/** Brings the tables in line with the catalogue file. What is no longer in it stays for old orders, but is not sold. */
export async function seedCatalogue(database: Database, now: number): Promise<void> {
  await database.exclusively(async (tx) => {
    await tx.query('update plan set active = 0');
    await tx.query('update promotion set active = 0');
    for (const [position, plan] of plans.entries()) {
      await tx.query(
        `insert into plan (id, name, data_bytes, voice_minutes, sms_count, position, active) values ($1, $2, $3, $4, $5, $6, 1)
         on conflict (id) do update set name = excluded.name, data_bytes = excluded.data_bytes, voice_minutes = excluded.voice_minutes,
           sms_count = excluded.sms_count, position = excluded.position, active = 1`,
        [plan.planId, plan.name, plan.dataBytes, plan.voiceMinutes, plan.smsCount, position],
      );
      for (const period of periods) {
        await tx.query(
          `insert into price (plan_id, period, amount_minor, currency) values ($1, $2, $3, $4)
           on conflict (plan_id, period) do update set amount_minor = excluded.amount_minor, currency = excluded.currency`,
          [plan.planId, period, plan.prices[period], currency],
        );
      }
    }
    for (const promotion of promotions) {
      await tx.query(
        `insert into promotion (code, percent_off, periods, starts_ms, ends_ms, active) values ($1, $2, $3, $4, $5, 1)
         on conflict (code) do update set percent_off = excluded.percent_off, periods = excluded.periods, active = 1`,
        [
          promotion.code,
          promotion.percentOff,
          JSON.stringify(promotion.periods),
          now,
          promotion.days === null ? null : now + promotion.days * day,
        ],
      );
    }
  });
}
