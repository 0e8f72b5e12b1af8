import type { Stripe } from 'stripe';
import { openPeerState, type PeerState } from '#simulator/bench/peer-state.ts';
import { missingResource } from './api-error.ts';

/** Line items carry a decimal price, which is a string on the wire and an object in the SDK's types. */
export type WireLineItem = Omit<Stripe.LineItem, 'price'> & {
  readonly price: Omit<Stripe.Price, 'unit_amount_decimal'> & { readonly unit_amount_decimal: string };
};

/** Every kind of object that is kept, in the shape in which the API shows it. */
export type StoredObject = {
  customer: Stripe.Customer;
  'checkout.session': Stripe.Checkout.Session;
  payment_intent: Stripe.PaymentIntent;
  payment_method: Stripe.PaymentMethod;
  charge: Stripe.Charge;
  refund: Stripe.Refund;
  event: Stripe.EventBase & { object: 'event' };
};
export type ObjectKind = keyof StoredObject;
type AnyStored = { readonly id: string; readonly object: ObjectKind; readonly created: number };

/** What a session holds beside its public face. */
export type SessionBackground = {
  readonly lineItems: readonly WireLineItem[];
  /** Of the products, in the order of the line items; shown on the page. */
  readonly descriptions: readonly (string | null)[];
  readonly paymentIntentData: {
    readonly description: string | null;
    readonly metadata: Readonly<Record<string, string>>;
    readonly receiptEmail: string | null;
    readonly statementDescriptor: string | null;
    readonly statementDescriptorSuffix: string | null;
  };
};

export type Page = { readonly limit: number; readonly startingAfter: string | null; readonly endingBefore: string | null };
export type Filter = {
  readonly path: string;
  readonly comparison: 'in' | '<' | '<=' | '>' | '>=';
  readonly values: readonly (string | number)[];
};

const schema = `
  create table if not exists object (
    sequence integer primary key autoincrement,
    id text not null unique,
    kind text not null,
    body text not null,
    background text
  ) strict;
  create index if not exists object_kind on object (kind, sequence);
  -- Asked before every request: without it, each one would read all sessions that ever were.
  create index if not exists open_session on object (json_extract(body, '$.expires_at'))
    where kind = 'checkout.session' and json_extract(body, '$.status') = 'open';
  create table if not exists idempotency (
    key text primary key, path text not null, fingerprint text not null, status integer not null, body text not null, created_ms integer not null
  ) strict;
  create table if not exists delivery (
    sequence integer primary key autoincrement,
    event_id text not null, due_ms integer not null, tries integer not null default 0,
    state text not null check (state in ('pending', 'delivered', 'dropped', 'failed')), last_error text
  ) strict;
  create index if not exists delivery_due on delivery (state, due_ms);
`;

export type StripeStore = ReturnType<typeof openStripeStore>;

/** The stand-in's database: API objects as JSON documents in the order in which they were made. */
export function openStripeStore(stateDir: string | null) {
  const state: PeerState = openPeerState(stateDir, 'stripe', schema);
  const { database } = state;
  const insert = database.prepare<[string, string, string, string | null]>(
    'insert into object (id, kind, body, background) values (?, ?, ?, ?)',
  );
  const update = database.prepare<[string, string]>('update object set body = ? where id = ?');
  const select = database.prepare<[string, string], { body: string }>('select body from object where id = ? and kind = ?');
  const selectBackground = database.prepare<[string], { background: string | null }>('select background from object where id = ?');
  const selectSequence = database.prepare<[string, string], { sequence: number }>('select sequence from object where id = ? and kind = ?');

  function find<Kind extends ObjectKind>(kind: Kind, id: string): StoredObject[Kind] | null {
    const row = select.get(id, kind);
    return row === undefined ? null : (JSON.parse(row.body) as StoredObject[Kind]);
  }

  return {
    state,

    /** Everything inside happens or nothing does. */
    transact<Result>(body: () => Result): Result {
      return database.transaction(body).immediate();
    },

    insert(object: AnyStored, background: SessionBackground | null = null): void {
      insert.run(object.id, object.object, JSON.stringify(object), background === null ? null : JSON.stringify(background));
    },

    update(object: AnyStored): void {
      update.run(JSON.stringify(object), object.id);
    },

    find,

    /** Throws Stripe's `resource_missing`: a 404, or a 400 that names the parameter that held the id. */
    get<Kind extends ObjectKind>(kind: Kind, id: string, param?: string): StoredObject[Kind] {
      const object = find(kind, id);
      if (object === null) throw missingResource(kind, id, param);
      return object;
    },

    background(sessionId: string): SessionBackground {
      const text = selectBackground.get(sessionId)?.background;
      if (text === null || text === undefined) throw missingResource('checkout.session', sessionId);
      return JSON.parse(text) as SessionBackground;
    },

    /** Newest first. `ending_before` takes what directly follows its cursor in time, as Stripe does: so a sweep forward misses nothing. */
    list<Kind extends ObjectKind>(
      kind: Kind,
      page: Page,
      filters: readonly Filter[] = [],
    ): { data: StoredObject[Kind][]; has_more: boolean } {
      const conditions = ['kind = ?'];
      const values: (string | number)[] = [kind];
      for (const filter of filters) {
        conditions.push(`json_extract(body, ?) ${filter.comparison} (${filter.values.map(() => '?').join(', ')})`);
        values.push(`$.${filter.path}`, ...filter.values);
      }
      const forward = page.endingBefore !== null;
      const cursor = page.endingBefore ?? page.startingAfter;
      if (cursor !== null) {
        const row = selectSequence.get(cursor, kind);
        if (row === undefined) throw missingResource(kind, cursor, forward ? 'ending_before' : 'starting_after');
        conditions.push(forward ? 'sequence > ?' : 'sequence < ?');
        values.push(row.sequence);
      }
      const rows = database
        .prepare<(string | number)[], { body: string }>(
          `select body from object where ${conditions.join(' and ')} order by sequence ${forward ? 'asc' : 'desc'} limit ?`,
        )
        .all(...values, page.limit + 1)
        .map((row) => JSON.parse(row.body) as StoredObject[Kind]);
      const data = rows.slice(0, page.limit);
      return { data: forward ? data.reverse() : data, has_more: rows.length > page.limit };
    },

    /** Open sessions whose time is over. */
    overdueSessions(nowSeconds: number): Stripe.Checkout.Session[] {
      return database
        .prepare<[number], { body: string }>(
          `select body from object indexed by open_session where kind = 'checkout.session' and json_extract(body, '$.status') = 'open' and json_extract(body, '$.expires_at') <= ?`,
        )
        .all(nowSeconds)
        .map((row) => JSON.parse(row.body) as Stripe.Checkout.Session);
    },

    close(): void {
      state.close();
    },
  };
}
