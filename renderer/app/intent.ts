import { useState } from 'react';
import { z } from 'zod';
import { period } from '#contract/common.ts';

/** What another screen asked of this one; it travels in the state of the history entry, so that "back" brings it again. */
const intent = z.object({
  promotionCode: z.string().optional(),
  period: period.optional(),
  subject: z.enum(['plan', 'payment', 'device', 'other']).optional(),
  orderId: z.string().optional(),
  /** The payment page could not be opened: its address has to be shown. */
  unopened: z.boolean().optional(),
});
export type Intent = z.infer<typeof intent>;

/** The intent with which this screen was opened; empty where there is none. */
export function useIntent(): Intent {
  return useState((): Intent => {
    const parsed = intent.safeParse(history.state);
    return parsed.success ? parsed.data : {};
  })[0];
}
