import { createHash, randomUUID } from 'node:crypto';
import { problem as problemSchema, type Problem } from '#contract/common.ts';
import { outboxEntry, type OutboxEntry } from '#contract/desk/devices.ts';
import type { SignedNotification } from '#native/euicc/euicc.ts';
import { signedContentOf } from '#native/rsp/pending-notifications.ts';
import type { Store, StoreRow } from '../store/store.ts';

/** A notification as it lies in the database. Instants are ISO 8601 text, which sorts as it is. */
export type StoredNotification = SignedNotification & {
  readonly entryId: string;
  readonly eid: string;
  readonly contentHash: string;
  /** The address without its case: one queue for each eUICC and server. */
  readonly server: string;
  /** The card's own, so that its server can be trusted when the card is not there. */
  readonly ciKeyIds: readonly string[];
  readonly state: 'waiting' | 'delivered';
  readonly attempts: number;
  readonly nextAttemptAt: string;
  readonly claimedUntil: string | null;
  /** Of the last attempt; of a delivered one: what its server had against it. */
  readonly problem: Problem | null;
  readonly takenAt: string;
};

/** Every write is on the disk when it returns, and each is one statement: another program may work on the same file. */
export type OutboxStore = {
  /** What is known already stays as it is. */
  take(eid: string, ciKeyIds: readonly string[], notifications: readonly SignedNotification[], now: string): void;
  /** In the order in which they are to be delivered. */
  all(): readonly StoredNotification[];
  /** False where somebody else has it, it has gone, or an earlier one of its queue still waits. */
  claim(entryId: string, now: string, until: string): boolean;
  /** Ends a claim without a result. */
  release(entryId: string, until: string): void;
  fail(entryId: string, until: string, problem: Problem, nextAttemptAt: string): void;
  /** Its server has it; a late result of a claim that ran out is as good. */
  deliver(entryId: string, problem: Problem | null): void;
  /** A server that cannot be reached is left alone until then. */
  postpone(server: string, nextAttemptAt: string): void;
  /** Everything is due. */
  hurry(now: string): void;
  drop(entryId: string): void;
  /** @returns whether there was something to forget */
  forget(eid: string, seqNumbers: readonly number[]): boolean;
};

export function createOutboxStore(store: Store): OutboxStore {
  return {
    take(eid, ciKeyIds, notifications, now) {
      const entries = notifications.map(({ bytes, ...rest }) => ({
        ...rest,
        entryId: randomUUID(),
        contentHash: contentHashOf(bytes),
        bytes: Buffer.from(bytes).toString('base64'),
        server: rest.address.toLowerCase(),
      }));
      store.run(
        `insert into notification (entry_id, eid, seq_number, content_hash, event, address, server, iccid, bytes, ci_key_ids, state,
           next_attempt_at, taken_at)
         select value ->> 'entryId', $eid, value ->> 'seqNumber', value ->> 'contentHash', value ->> 'event', value ->> 'address',
           value ->> 'server', value ->> 'iccid', value ->> 'bytes', $ciKeyIds, 'waiting', $now, $now
         from json_each($entries) where true
         on conflict (eid, seq_number, content_hash) do nothing`,
        { eid, ciKeyIds: JSON.stringify(ciKeyIds), now, entries: JSON.stringify(entries) },
      );
    },
    all: () => store.all('select * from notification order by eid, server, seq_number, taken_at').map(fromRow),
    claim: (entryId, now, until) =>
      store.run(
        `update notification set claimed_until = $until
         where entry_id = $entryId and state = 'waiting' and (claimed_until is null or claimed_until <= $now) and not exists (
           select 1 from notification earlier where earlier.eid = notification.eid and earlier.server = notification.server
             and earlier.state = 'waiting' and earlier.seq_number < notification.seq_number)`,
        { entryId, now, until },
      ) === 1,
    release: (entryId, until) =>
      void store.run('update notification set claimed_until = null where entry_id = $entryId and claimed_until = $until', {
        entryId,
        until,
      }),
    fail: (entryId, until, problem, nextAttemptAt) =>
      void store.run(
        `update notification set claimed_until = null, attempts = attempts + 1, problem = $problem, next_attempt_at = $nextAttemptAt
         where entry_id = $entryId and claimed_until = $until`,
        { entryId, until, problem: JSON.stringify(problem), nextAttemptAt },
      ),
    deliver: (entryId, problem) =>
      void store.run(
        `update notification set state = 'delivered', claimed_until = null, attempts = attempts + 1, problem = $problem
         where entry_id = $entryId and state = 'waiting'`,
        { entryId, problem: problem === null ? null : JSON.stringify(problem) },
      ),
    postpone: (server, nextAttemptAt) =>
      void store.run(
        `update notification set next_attempt_at = $nextAttemptAt
         where server = $server and state = 'waiting' and next_attempt_at < $nextAttemptAt`,
        { server, nextAttemptAt },
      ),
    hurry: (now) => void store.run("update notification set next_attempt_at = $now where state = 'waiting'", { now }),
    drop: (entryId) => void store.run('delete from notification where entry_id = $entryId', { entryId }),
    forget: (eid, seqNumbers) =>
      store.run('delete from notification where eid = $eid and seq_number in (select value from json_each($seqNumbers))', {
        eid,
        seqNumbers: JSON.stringify(seqNumbers),
      }) > 0,
  };
}

/** By what a notification is known again, together with its number: the card begins to count anew after some resets. */
export function contentHashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(signedContentOf(bytes)).digest('hex');
}

/** As people see them. `isHead`: no earlier one of its queue waits. */
export function toOutboxEntry(stored: StoredNotification, isHead: boolean, now: string): OutboxEntry {
  const { entryId, eid, seqNumber, event, address, iccid, attempts, problem, takenAt } = stored;
  const sending = stored.claimedUntil !== null && stored.claimedUntil > now;
  return {
    entryId,
    eid,
    seqNumber,
    event,
    address,
    iccid,
    attempts,
    problem,
    takenAt,
    state: stored.state === 'waiting' && sending ? 'sending' : stored.state,
    nextAttemptAt: stored.state === 'waiting' && isHead ? stored.nextAttemptAt : null,
  };
}

function fromRow(row: StoreRow): StoredNotification {
  const text = (name: string): string => String(row[name]);
  const orNull = (name: string): string | null => (row[name] === null ? null : text(name));
  const problem = problemSchema.safeParse(JSON.parse(orNull('problem') ?? 'null'));
  return {
    entryId: text('entry_id'),
    eid: text('eid'),
    seqNumber: Number(row['seq_number']),
    contentHash: text('content_hash'),
    event: outboxEntry.shape.event.parse(row['event']),
    address: text('address'),
    server: text('server'),
    iccid: orNull('iccid'),
    bytes: new Uint8Array(Buffer.from(text('bytes'), 'base64')),
    ciKeyIds: JSON.parse(text('ci_key_ids')) as readonly string[],
    state: row['state'] === 'delivered' ? 'delivered' : 'waiting',
    attempts: Number(row['attempts']),
    nextAttemptAt: text('next_attempt_at'),
    claimedUntil: orNull('claimed_until'),
    problem: problem.data ?? null,
    takenAt: text('taken_at'),
  };
}
