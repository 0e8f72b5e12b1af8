/** Orders in the database and in the contract's shape. */
import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import { order as orderShape, paymentMethod, quote as quoteShape, type Order, type Quote } from '#contract/account/index.ts';
import { LebError } from '#contract/errors.ts';
import { maskRecipient } from '../accounts/login.ts';
import { toInstant, toInstantOrNull } from '../clock.ts';
import type { Queryable, Row, Statement, Value } from '../database/database.ts';
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
  /** The page that can be paid now. */
  readonly session_id: string | null;
  readonly plan_name: string | null;
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

type StepColumn = 'paid_ms' | 'fulfilled_ms' | 'verified_ms' | 'payment_method' | 'after_figures' | 'session_id';

/**
 * The one way to change an order's state: from exactly `from`, with the columns that belong to the step. No row: somebody else has made a
 * step meanwhile, and nothing is changed. `only`: a further condition.
 */
export function stepStatement(
  orderId: string,
  from: OrderState,
  to: OrderState,
  columns: Readonly<Partial<Record<StepColumn, Value>>> = {},
  only = '1 = 1',
): Statement {
  if (!canStep(from, to)) throw new Error(`an order cannot go from ${from} to ${to}`);
  const assignments = Object.keys(columns).map((name, index) => `, ${name} = $${index + 4}`);
  return {
    sql: `update ord set state = $3${assignments.join('')} where id = $1 and state = $2 and ${only} returning *`,
    parameters: [orderId, from, to, ...Object.values(columns)],
  };
}

/** Makes a step by itself. */
export async function stepOrder(database: Queryable, ...step: Parameters<typeof stepStatement>): Promise<OrderRow | null> {
  const { sql, parameters } = stepStatement(...step);
  const [row] = await database.query<OrderRow>(sql, parameters);
  return row ?? null;
}

/** The number of an order for people, `LEB-26-481207935`. Drawn, not counted: no instance waits for another, and nobody reads the sales off it. */
export function orderNumber(now: number): string {
  return `LEB-${yearOf(now)}-${String(randomInt(1_000_000_000)).padStart(9, '0')}`;
}

function yearOf(now: number): string {
  return String(new Date(now).getUTCFullYear()).slice(2);
}

/** The next number of a kind for people: `SUP-26-000001`. Numbers may have gaps, never doubles. */
export async function nextNumber(transaction: Queryable, prefix: string, now: number): Promise<string> {
  const year = yearOf(now);
  const [row] = await transaction.query<{ value: number }>(
    `insert into counter (name, value) values ($1, 1) on conflict (name) do update set value = counter.value + 1 returning value`,
    [`${prefix}-${year}`],
  );
  return `${prefix}-${year}-${String(row?.value ?? 1).padStart(6, '0')}`;
}
