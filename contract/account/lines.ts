/** Lines, as the carrier counts them, and the plans that they have. */
import { z } from 'zod';
import { iccid, instant, procedure } from '../common.ts';
import { promotion, renewalOption } from './renewals.ts';

/** null: not limited by the plan, or not known: `unlimited` tells which. */
export const allowance = z.object({ total: z.int().nullable(), left: z.int().nullable(), unlimited: z.boolean() });

export const plan = z.object({
  planId: z.string(),
  name: z.string(), // the provider's name of the plan, not translated
  dataBytes: z.int().nullable(), // a month; null: unlimited
  voiceMinutes: z.int().nullable(),
  smsCount: z.int().nullable(),
});

export const line = z.object({
  lineId: z.string(),
  msisdn: z.string(), // E.164
  iccid,
  nickname: z.string().nullable(),
  plan,
  state: z.enum(['active', 'expired', 'suspended', 'unknown']),
  validFrom: instant.nullable(),
  validUntil: instant.nullable(),
  data: allowance, // bytes
  voice: allowance, // minutes
  sms: allowance, // messages
  /** Bytes used per day, oldest first, at most 92 days. */
  usagePerDay: z.array(z.object({ date: z.iso.date(), bytes: z.int() })),
  /** When the carrier counted. */
  asOf: instant.nullable(),
});

export const linesProcedures = {
  list: procedure.route({ method: 'GET', path: '/v1/lines' }).output(z.array(line)),
  /** Takes a line into the account by the code printed with its card. */
  claim: procedure
    .route({ method: 'POST', path: '/v1/lines', successStatus: 201 })
    .input(z.object({ iccid, claimCode: z.string().trim().min(4).max(64) }))
    .output(line),
  rename: procedure
    .route({ method: 'PATCH', path: '/v1/lines/{lineId}' })
    .input(z.object({ lineId: z.string(), nickname: z.string().trim().max(64).nullable() }))
    .output(line),
  options: procedure
    .route({ method: 'GET', path: '/v1/lines/{lineId}/renewal-options' })
    .input(z.object({ lineId: z.string() }))
    .output(z.object({ options: z.array(renewalOption), promotions: z.array(promotion) })),
};

export const plansProcedures = {
  list: procedure.route({ method: 'GET', path: '/v1/plans' }).output(z.array(plan)),
};

export type Plan = z.infer<typeof plan>;
export type Line = z.infer<typeof line>;
export type Allowance = z.infer<typeof allowance>;
