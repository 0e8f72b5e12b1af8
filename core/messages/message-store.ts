import { createHash, randomUUID } from 'node:crypto';
import { problem as problemSchema, type Problem } from '#contract/common.ts';
import type { SubmitPart } from '#native/sms/encode-submit.ts';
import type { DeliveryOutcome } from '#native/sms/delivery-outcome.ts';
import type { Store, StoreRow } from '../store/store.ts';

/** Whose modem a part came through, or goes through. */
export type PartOrigin = { readonly deviceId: string; readonly imei: string | null; readonly iccid: string | null };

export type PartState = 'received' | 'draft' | 'waiting' | 'sent' | 'failed';

/** One PDU as it lies in the database. */
export type StoredPart = PartOrigin & {
  readonly partId: string;
  /** Of what was sent from here. */
  readonly messageId: string | null;
  readonly direction: 'received' | 'sent';
  readonly state: PartState;
  readonly pdu: string;
  readonly storage: string | null;
  readonly place: number | null;
  readonly at: string;
  readonly unread: boolean;
  readonly removed: boolean;
  readonly reference: number | null;
  readonly report: DeliveryOutcome | null;
  readonly problem: Problem | null;
};

export type Place = { readonly storage: string; readonly index: number };

/** Every write is one statement and on the disk when it returns. */
export type MessageStore = {
  /** In the order in which they came or went. */
  all(): readonly StoredPart[];
  /** What was read from a modem; known parts only get their place. */
  take(
    part: PartOrigin & {
      readonly pdu: string;
      readonly direction: StoredPart['direction'];
      readonly state: PartState;
      readonly at: string;
      readonly unread: boolean;
      readonly place: Place | null;
    },
  ): void;
  /** Forgets the places in this modem, before they are read anew. */
  forgetPlaces(imei: string | null): void;
  forgetPlace(partId: string): void;
  /** A message that is about to be sent. @returns its id */
  write(origin: PartOrigin, parts: readonly SubmitPart[], at: string): string;
  setSent(partId: string, reference: number): void;
  setFailed(messageId: string, problem: Problem): void;
  setWaiting(messageId: string): void;
  setReport(partId: string, report: DeliveryOutcome): void;
  setRead(partIds: readonly string[]): void;
  /** Marks what still lies somewhere, drops the rest. */
  remove(partIds: readonly string[]): void;
};

export function createMessageStore(store: Store): MessageStore {
  return {
    all: () => store.all('select * from message_part order by at, message_id, part_number, part_id').map(fromRow),
    take({ place, ...part }) {
      store.run(
        `insert into message_part (part_id, direction, state, pdu, device_id, imei, iccid, storage, place, at, unread)
         values ($partId, $direction, $state, $pdu, $deviceId, $imei, $iccid, $storage, $place, $at, $unread)
         on conflict (part_id) do update set device_id = $deviceId, imei = $imei, storage = coalesce($storage, storage), place = coalesce($place, place)`,
        {
          ...part,
          partId: createHash('sha256').update(part.pdu).digest('hex'),
          unread: part.unread ? 1 : 0,
          storage: place?.storage ?? null,
          place: place?.index ?? null,
        },
      );
    },
    forgetPlaces: (imei) => void store.run('update message_part set storage = null, place = null where imei is $imei', { imei }),
    forgetPlace: (partId) => void store.run('update message_part set storage = null, place = null where part_id = $partId', { partId }),
    write(origin, parts, at) {
      const messageId = randomUUID();
      const rows = parts.map(({ hex }, index) => ({ partId: randomUUID(), partNumber: index + 1, pdu: hex }));
      store.run(
        `insert into message_part (part_id, message_id, part_number, direction, state, pdu, device_id, imei, iccid, at)
         select value ->> 'partId', $messageId, value ->> 'partNumber', 'sent', 'waiting', value ->> 'pdu', $deviceId, $imei, $iccid, $at
         from json_each($rows)`,
        { ...origin, messageId, at, rows: JSON.stringify(rows) },
      );
      return messageId;
    },
    setSent: (partId, reference) =>
      void store.run(`update message_part set state = 'sent', reference = $reference, problem = null where part_id = $partId`, {
        partId,
        reference,
      }),
    setFailed: (messageId, problem) =>
      void store.run(`update message_part set state = 'failed', problem = $problem where message_id = $messageId and state = 'waiting'`, {
        messageId,
        problem: JSON.stringify(problem),
      }),
    setWaiting: (messageId) =>
      void store.run(`update message_part set state = 'waiting', problem = null where message_id = $messageId and state = 'failed'`, {
        messageId,
      }),
    setReport: (partId, report) => void store.run('update message_part set report = $report where part_id = $partId', { partId, report }),
    setRead: (partIds) =>
      void store.run('update message_part set unread = 0 where part_id in (select value from json_each($partIds))', each(partIds)),
    remove(partIds) {
      store.run(
        `update message_part set removed = 1 where place is not null and part_id in (select value from json_each($partIds))`,
        each(partIds),
      );
      store.run(`delete from message_part where place is null and part_id in (select value from json_each($partIds))`, each(partIds));
    },
  };
}

function each(partIds: readonly string[]): { readonly partIds: string } {
  return { partIds: JSON.stringify(partIds) };
}

function fromRow(row: StoreRow): StoredPart {
  const text = (name: string): string => String(row[name]);
  const orNull = (name: string): string | null => (row[name] === null ? null : text(name));
  const number = (name: string): number | null => (row[name] === null ? null : Number(row[name]));
  return {
    partId: text('part_id'),
    messageId: orNull('message_id'),
    direction: row['direction'] === 'sent' ? 'sent' : 'received',
    state: text('state') as PartState,
    pdu: text('pdu'),
    deviceId: text('device_id'),
    imei: orNull('imei'),
    iccid: orNull('iccid'),
    storage: orNull('storage'),
    place: number('place'),
    at: text('at'),
    unread: row['unread'] === 1,
    removed: row['removed'] === 1,
    reference: number('reference'),
    report: orNull('report') as DeliveryOutcome | null,
    problem: problemSchema.safeParse(JSON.parse(orNull('problem') ?? 'null')).data ?? null,
  };
}
