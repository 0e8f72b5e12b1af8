import { z } from 'zod';
import { procedure } from '../common.ts';

export const supportRequest = z.object({
  subject: z.enum(['plan', 'payment', 'device', 'other']),
  text: z.string().trim().min(1).max(4000),
  lineId: z.string().nullable(),
  orderId: z.string().nullable(),
});
/** The number to ask by, and where the answer goes. */
export const supportReceipt = z.object({ number: z.string(), answerTo: z.string() });

export const supportProcedures = {
  create: procedure
    .route({ method: 'POST', path: '/v1/support-requests', successStatus: 201 })
    .input(supportRequest)
    .output(supportReceipt),
};
