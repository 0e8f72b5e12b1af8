/** A renewal as its job and its requests see it: the order, whose it is, its pages and what was told, in one query. */
import type { Queryable } from '../database/database.ts';
import type { NewJob } from '../jobs/jobs.ts';
import { newId } from '../ids.ts';
import type { MessageRow, OrderRow } from './order-store.ts';

export type PaymentRow = {
  readonly session_id: string;
  readonly attempt: number;
  readonly url: string | null;
  readonly expires_ms: number;
  readonly state: 'open' | 'paid' | 'expired' | 'surplus' | 'refunded' | 'mismatch';
  readonly payment_intent: string | null;
};

export type Renewal = {
  readonly order: OrderRow;
  readonly iccid: string;
  readonly msisdn: string;
  readonly email: string | null;
  readonly language: string;
  /** The account is gone: nobody is told anything. */
  readonly deleted: boolean;
  readonly payments: readonly PaymentRow[];
  readonly told: Readonly<Record<MessageRow['channel'], MessageRow['state'] | null>>;
};

type RenewalRow = OrderRow & {
  readonly iccid: string;
  readonly msisdn: string;
  readonly email: string | null;
  readonly language: string;
  readonly deleted_ms: number | null;
  readonly page_session: string | null;
  readonly page_attempt: number;
  readonly page_url: string | null;
  readonly page_expires_ms: number;
  readonly page_state: PaymentRow['state'];
  readonly page_intent: string | null;
  readonly mail_state: MessageRow['state'] | null;
  readonly sms_state: MessageRow['state'] | null;
};

export async function readRenewal(database: Queryable, orderId: string): Promise<Renewal | null> {
  const rows = await database.query<RenewalRow>(
    `select ord.*, line.iccid, line.msisdn, account.email, account.language, account.deleted_ms,
       payment.session_id as page_session, payment.attempt as page_attempt, payment.url as page_url, payment.expires_ms as page_expires_ms,
       payment.state as page_state, payment.payment_intent as page_intent,
       (select state from message where message.ord_id = ord.id and channel = 'mail') as mail_state,
       (select state from message where message.ord_id = ord.id and channel = 'sms') as sms_state
     from ord join line on line.id = ord.line_id join account on account.id = ord.account_id left join payment on payment.ord_id = ord.id
     where ord.id = $1 order by payment.attempt`,
    [orderId],
  );
  const [order] = rows;
  if (order === undefined) return null;
  return {
    order,
    iccid: order.iccid,
    msisdn: order.msisdn,
    email: order.email,
    language: order.language,
    deleted: order.deleted_ms !== null,
    payments: rows.flatMap((row): readonly PaymentRow[] =>
      row.page_session === null
        ? []
        : [
            {
              session_id: row.page_session,
              attempt: row.page_attempt,
              url: row.page_url,
              expires_ms: row.page_expires_ms,
              state: row.page_state,
              payment_intent: row.page_intent,
            },
          ],
    ),
    told: { mail: order.mail_state, sms: order.sms_state },
  };
}

/** The same renewal with one of its pages changed. */
export function withPayment(renewal: Renewal, sessionId: string, change: Partial<PaymentRow>): Renewal {
  return {
    ...renewal,
    payments: renewal.payments.map((payment) => (payment.session_id === sessionId ? { ...payment, ...change } : payment)),
  };
}

/** Pages whose fate is not known yet. */
export function openPages({ payments }: Renewal): readonly PaymentRow[] {
  return payments.filter(({ state }) => state === 'open');
}

/** The job that walks an order from its first page to its confirmations. */
export function renewalJobOf(orderId: string, runMs: number): NewJob {
  return { kind: 'renewal', body: { orderId }, dedupe: `renewal:${orderId}`, runMs };
}

/**
 * Makes the job of an order due at `runMs` at the latest, whatever it is doing now. `sessionId`: the page that an event named. Nothing happens
 * for an order that is not there. One query, so that a webhook is answered at once.
 */
export async function wakeRenewal(database: Queryable, orderId: string, sessionId: string | null, runMs: number): Promise<void> {
  const { kind, body, dedupe } = renewalJobOf(orderId, runMs);
  await database.query(
    `insert into job (id, kind, body, dedupe, run_ms, tries, hints)
     select $1, $2, $3, $4, cast($5 as bigint), 0, $6 from ord where ord.id = $7
     on conflict (dedupe) do update set wakes = job.wakes + 1, tries = 0, done_ms = null, body = excluded.body,
       run_ms = case when job.done_ms is null and job.run_ms < excluded.run_ms then job.run_ms else excluded.run_ms end,
       hints = case when job.hints like '%' || excluded.hints || '%' then job.hints else job.hints || excluded.hints end`,
    [newId('job'), kind, JSON.stringify(body), dedupe, runMs, sessionId === null ? '' : `${sessionId} `, orderId],
  );
}
