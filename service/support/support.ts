import { LebError } from '#contract/errors.ts';
import type { AccountRow } from '../accounts/sessions.ts';
import { newId } from '../ids.ts';
import { enqueue } from '../jobs/jobs.ts';
import { ownLine } from '../lines/lines.ts';
import { nextNumber, ownOrder } from '../orders/order-store.ts';
import type { Parts } from '../parts.ts';

export type SupportRequest = {
  readonly subject: 'plan' | 'payment' | 'device' | 'other';
  readonly text: string;
  readonly lineId: string | null;
  readonly orderId: string | null;
};

/** Keeps the request and mails it to the provider's people. Throws LINE_UNKNOWN, ORDER_UNKNOWN. */
export async function createSupportRequest(
  parts: Parts,
  account: AccountRow,
  request: SupportRequest,
): Promise<{ number: string; answerTo: string }> {
  const now = Date.now();
  if (request.lineId !== null) await ownLine(parts.database, account.id, request.lineId);
  if (request.orderId !== null) await ownOrder(parts.database, account.id, request.orderId);
  const answerTo = account.email ?? account.phone;
  if (answerTo === null) throw new LebError('INTERNAL');
  const number = await parts.database.tx(async (tx) => {
    const next = await nextNumber(tx, 'SUP', now);
    const id = newId('sup');
    await tx.query(
      `insert into support_request (id, number, account_id, subject, body, line_id, ord_id, created_ms)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, next, account.id, request.subject, request.text, request.lineId, request.orderId, now],
    );
    await enqueue(tx, [{ kind: 'mailSupport', body: { supportId: id }, dedupe: `mail:support:${id}`, runMs: now }]);
    return next;
  });
  parts.wake();
  return { number, answerTo };
}
