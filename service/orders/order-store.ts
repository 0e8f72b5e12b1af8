/** Orders in the database and in the contract's shape. */
import type { z } from 'zod';
import { order as orderShape, paymentMethod, quote as quoteShape, type Order, type Quote } from '#contract/account/index.ts';
import { LebError } from '#contract/errors.ts';
import { maskRecipient } from '../accounts/login.ts';
import { toInstant, toInstantOrNull } from '../clock.ts';
import type { Queryable, Row, Value } from '../database/database.ts';
import { canStep, type OrderState } from './order-state.ts';

export type OrderRow = Row & {
  readonly id: string;
  readonly number: string;
  readonly account_id: string;
  readonly line_id: string;
  readonly state: OrderState;
  readonly quote: string;
  readonly amount_minor: number;
  readonly currency: string;
  readonly attempt: number;
  readonly failure_reason: string | null;
  readonly failure_ref: string | null;
  readonly failure_ms: number | null;
  readonly payment_method: string | null;
  readonly before_figures: string;
  readonly after_figures: string | null;
  readonly created_ms: number;
  readonly expires_ms: number;
  readonly paid_ms: number | null;
  readonly fulfilled_ms: number | null;
  readonly verified_ms: number | null;
};

export type MessageRow = Row & {
  readonly ord_id: string;
  readonly channel: 'mail' | 'sms';
  readonly recipient: string;
  readonly state: 'queued' | 'sent' | 'failed';
  readonly at_ms: number | null;
};

const figures = orderShape.shape.before;
export type Figures = z.infer<typeof figures>;

export function readQuote(row: OrderRow): Quote {
  return quoteShape.parse(JSON.parse(row.quote));
}

export function toOrder(row: OrderRow, messages: readonly MessageRow[]): Order {
  return orderShape.parse({
    orderId: row.id,
    number: row.number,
    lineId: row.line_id,
    state: row.state,
    quote: JSON.parse(row.quote) as unknown,
    attempt: row.attempt,
    lastFailure: row.failure_reason === null ? null : { reason: row.failure_reason, at: toInstant(row.failure_ms ?? row.created_ms) },
    paymentMethod: row.payment_method === null ? null : paymentMethod.parse(JSON.parse(row.payment_method)),
    createdAt: toInstant(row.created_ms),
    expiresAt: toInstant(row.expires_ms),
    paidAt: toInstantOrNull(row.paid_ms),
    fulfilledAt: toInstantOrNull(row.fulfilled_ms),
    verifiedAt: toInstantOrNull(row.verified_ms),
    before: figures.parse(JSON.parse(row.before_figures)),
    after: row.after_figures === null ? null : figures.parse(JSON.parse(row.after_figures)),
    messages: messages
      .filter((message) => message.ord_id === row.id)
      .map((message) => ({
        channel: message.channel,
        to: maskRecipient(message.recipient),
        state: message.state,
        at: toInstantOrNull(message.at_ms),
      })),
  });
}

export async function findOrder(database: Queryable, orderId: string): Promise<OrderRow | null> {
  const [row] = await database.query<OrderRow>('select * from ord where id = $1', [orderId]);
  return row ?? null;
}

/** Throws ORDER_UNKNOWN for an order that is not this account's. */
export async function ownOrder(database: Queryable, accountId: string, orderId: string): Promise<OrderRow> {
  const row = await findOrder(database, orderId);
  if (row === null || row.account_id !== accountId) throw new LebError('ORDER_UNKNOWN', { orderId });
  return row;
}

/** The order as it stands now, with its messages. */
export async function showOrder(database: Queryable, accountId: string, orderId: string): Promise<Order> {
  const row = await ownOrder(database, accountId, orderId);
  // Messages exist only after fulfilment: an order that is waited for costs one statement a look.
  const messages =
    row.fulfilled_ms === null
      ? []
      : await database.query<MessageRow>('select * from message where ord_id = $1 order by channel', [orderId]);
  return toOrder(row, messages);
}

/** Newest first. */
export async function listOrders(database: Queryable, accountId: string, limit = 200): Promise<Order[]> {
  const rows = await database.query<OrderRow>('select * from ord where account_id = $1 order by created_ms desc, id desc limit $2', [
    accountId,
    limit,
  ]);
  if (rows.length === 0) return [];
  const messages = await database.query<MessageRow>(
    'select message.* from message join ord on ord.id = message.ord_id where ord.account_id = $1 order by message.channel',
    [accountId],
  );
  return rows.map((row) => toOrder(row, messages));
}

/**
 * The one way to change an order's state: from exactly `from`, with the columns that belong to the step. null: somebody else has made a
 * step meanwhile, and nothing was changed.
 */
export async function stepOrder(
  database: Queryable,
  orderId: string,
  from: OrderState,
  to: OrderState,
  columns: Readonly<Partial<Record<'paid_ms' | 'fulfilled_ms' | 'verified_ms' | 'payment_method' | 'after_figures', Value>>> = {},
): Promise<OrderRow | null> {
  if (!canStep(from, to)) throw new Error(`an order cannot go from ${from} to ${to}`);
  const names = Object.keys(columns);
  const assignments = names.map((name, index) => `, ${name} = $${index + 4}`).join('');
  const [row] = await database.query<OrderRow>(`update ord set state = $3${assignments} where id = $1 and state = $2 returning *`, [
    orderId,
    from,
    to,
    ...Object.values(columns),
  ]);
  return row ?? null;
}

/** The next number of a kind for people: `LEB-26-000001`. Numbers may have gaps, never doubles. */
export async function nextNumber(transaction: Queryable, prefix: string, now: number): Promise<string> {
  const year = String(new Date(now).getUTCFullYear()).slice(2);
  const [row] = await transaction.query<{ value: number }>(
    `insert into counter (name, value) values ($1, 1) on conflict (name) do update set value = counter.value + 1 returning value`,
    [`${prefix}-${year}`],
  );
  return `${prefix}-${year}-${String(row?.value ?? 1).padStart(6, '0')}`;
}
