import { z } from 'zod';
import type { PeerState } from '../bench/peer-state.ts';
import { orderSchema, type Order } from './order.ts';

/** How far an order is (SGP.22 v2.5 §3.1.6); `available` is what `released: false` says. */
const progressSchema = z
  .strictObject({
    state: z.enum(['available', 'released', 'downloaded', 'installed', 'error']),
    /** The chip that has begun to fetch it, or has it. */
    eid: z.string().nullable(),
    downloads: z.int().nonnegative(),
    wrongCodes: z.int().nonnegative(),
    /** Keys of the last package, hex, so that the same chip key gets the same package again. */
    binding: z
      .strictObject({ eid: z.string(), euiccKey: z.string(), serverSecret: z.string(), packageKeys: z.string() })
      .readonly()
      .nullable(),
  })
  .readonly();

export type OrderProgress = z.infer<typeof progressSchema>;
export type PlacedOrder = { readonly order: Order; readonly progress: OrderProgress };

/** A package that was handed out: whose signature its result has to bear. */
const downloadSchema = z
  .strictObject({ matchingId: z.string(), eid: z.string(), curve: z.enum(['p256', 'brainpoolP256r1']), point: z.string() })
  .readonly();
export type Download = z.infer<typeof downloadSchema>;

const notificationSchema = z
  .strictObject({
    kind: z.enum(['installation', 'other']),
    event: z.enum(['install', 'enable', 'disable', 'delete']),
    seqNumber: z.int(),
    address: z.string(),
    iccid: z.string().nullable(),
    eid: z.string().nullable(),
    /** Whether the signature is of the chip that it says; false too where that chip is unknown. */
    verified: z.boolean(),
    /** Of an installation: `success`, or the numbers of bppCommandId and errorReason. */
    result: z.union([z.literal('success'), z.strictObject({ bppCommandId: z.int(), errorReason: z.int() })]).nullable(),
    receivedAt: z.iso.datetime(),
  })
  .readonly();
export type ReceivedNotification = z.infer<typeof notificationSchema>;

export const orderSchemaSql = `
  create table if not exists placed_order (matching_id text primary key, body text not null, progress text not null) strict;
  create table if not exists download (transaction_id text primary key, body text not null) strict;
  create table if not exists notification (id integer primary key, body text not null) strict;
`;

export type OrderStore = {
  /** Places an order, or leaves the one with this matching id as it is. */
  placeOnce(order: Order): void;
  /** Places an order anew, whatever was under this matching id. */
  place(order: Order): PlacedOrder;
  find(matchingId: string): PlacedOrder | null;
  /** An order that waits for this chip and no other. */
  findReserved(eid: string): PlacedOrder | null;
  /** Orders that are reserved for a chip and can be fetched. */
  waiting(): readonly { readonly order: Order & { readonly eid: string } }[];
  all(): readonly PlacedOrder[];
  advance(matchingId: string, change: Partial<OrderProgress>): void;
  keepDownload(transactionId: string, download: Download): void;
  findDownload(transactionId: string): Download | null;
  keepNotification(notification: ReceivedNotification): void;
  notifications(): readonly ReceivedNotification[];
};

type Row = { readonly body: string; readonly progress: string };

export function makeOrderStore({ database }: PeerState): OrderStore {
  const insert = 'insert into placed_order (matching_id, body, progress) values (?, ?, ?)';
  const placeOnce = database.prepare<[string, string, string]>(`${insert} on conflict do nothing`);
  const placeAnew = database.prepare<[string, string, string]>(
    `${insert} on conflict (matching_id) do update set body = excluded.body, progress = excluded.progress`,
  );
  const findOne = database.prepare<[string], Row>('select body, progress from placed_order where matching_id = ?');
  const findAll = database.prepare<[], Row>('select body, progress from placed_order order by rowid');
  const setProgress = database.prepare<[string, string]>('update placed_order set progress = ? where matching_id = ?');
  const insertDownload = database.prepare<[string, string]>('insert or replace into download (transaction_id, body) values (?, ?)');
  const oneDownload = database.prepare<[string], { body: string }>('select body from download where transaction_id = ?');
  const insertNotification = database.prepare<[string]>('insert into notification (body) values (?)');
  const allNotifications = database.prepare<[], { body: string }>('select body from notification order by id');

  const read = (row: Row): PlacedOrder => ({
    order: orderSchema.parse(JSON.parse(row.body)),
    progress: progressSchema.parse(JSON.parse(row.progress)),
  });
  const find = (matchingId: string): PlacedOrder | null => {
    const row = findOne.get(matchingId);
    return row === undefined ? null : read(row);
  };
  const all = (): readonly PlacedOrder[] => findAll.all().map(read);

  return {
    placeOnce(order) {
      placeOnce.run(order.matchingId, JSON.stringify(order), JSON.stringify(startOf(order)));
    },
    place(order) {
      const progress = startOf(order);
      placeAnew.run(order.matchingId, JSON.stringify(order), JSON.stringify(progress));
      return { order, progress };
    },
    find,
    findReserved: (eid) => all().find((placed) => placed.order.eid === eid && isOpen(placed)) ?? null,
    waiting: () =>
      all().flatMap((placed) => {
        const { eid } = placed.order;
        return eid !== null && isOpen(placed) ? [{ order: { ...placed.order, eid } }] : [];
      }),
    all,
    advance(matchingId, change) {
      const placed = find(matchingId);
      if (placed !== null) setProgress.run(JSON.stringify({ ...placed.progress, ...change }), matchingId);
    },
    keepDownload(transactionId, download) {
      insertDownload.run(transactionId, JSON.stringify(download));
    },
    findDownload(transactionId) {
      const row = oneDownload.get(transactionId);
      return row === undefined ? null : downloadSchema.parse(JSON.parse(row.body));
    },
    keepNotification(notification) {
      insertNotification.run(JSON.stringify(notification));
    },
    notifications: () => allNotifications.all().map(({ body }) => notificationSchema.parse(JSON.parse(body))),
  };
}

function startOf(order: Order): OrderProgress {
  return { state: order.released ? 'released' : 'available', eid: null, downloads: 0, wrongCodes: 0, binding: null };
}

/** Whether it can still be fetched. */
function isOpen({ progress }: PlacedOrder): boolean {
  return progress.state === 'released' || progress.state === 'downloaded';
}
