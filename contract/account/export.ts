import { z } from 'zod';
import { iccid, instant, money } from '../common.ts';
import { account, sessionEntry } from './account.ts';
import { line } from './lines.ts';
import { order } from './renewals.ts';

/** Everything that is stored about a person, but for what secures the account. */
export const accountExport = z.object({
  exportedAt: instant,
  account,
  sessions: z.array(sessionEntry),
  lines: z.array(
    z.object({
      lineId: z.string(),
      msisdn: z.string(),
      iccid,
      nickname: z.string().nullable(),
      addedAt: instant,
      /** As the carrier last told them. */
      figures: line.nullable(),
    }),
  ),
  orders: z.array(order),
  bookings: z.array(z.object({ orderId: z.string(), kind: z.enum(['payment', 'refund']), amount: money, at: instant })),
  supportRequests: z.array(
    z.object({
      number: z.string(),
      subject: z.string(),
      text: z.string(),
      lineId: z.string().nullable(),
      orderId: z.string().nullable(),
      createdAt: instant,
    }),
  ),
});

export type AccountExport = z.infer<typeof accountExport>;
