import { openPeerState } from '#simulator/bench/peer-state.ts';
import type { StoredLine } from './lines.ts';
import { sampleLines } from './sample-lines.ts';

export type StoredRenewal = {
  readonly renewalId: string;
  readonly key: string;
  readonly iccid: string;
  readonly planId: string;
  readonly months: number;
  readonly acceptedMs: number;
  readonly validUntilMs: number;
  readonly appliedMs: number | null;
};

export type StoredMessage = {
  readonly messageId: string;
  readonly key: string;
  readonly iccid: string;
  readonly to: string;
  readonly text: string;
};

const schema = `
  create table if not exists line (iccid text primary key, holder text, body text not null) strict;
  create table if not exists renewal (
    sequence integer primary key autoincrement, key text not null unique, iccid text not null, due_ms integer, body text not null
  ) strict;
  create table if not exists message (
    sequence integer primary key autoincrement, key text not null unique, body text not null, tries integer not null default 0, due_ms integer
  ) strict;
`;

export type CarrierStore = ReturnType<typeof openCarrierStore>;

function readBody(row: { body: string } | undefined): unknown {
  return row === undefined ? null : JSON.parse(row.body);
}

/** Lines, renewals and messages of the carrier. A new state gets the sample lines, told from `nowMs`. */
export function openCarrierStore(stateDir: string | null, nowMs: number) {
  const state = openPeerState(stateDir, 'carrier', schema);
  const { database } = state;
  const putLine = database.prepare<[string, string | null, string]>(
    'insert into line (iccid, holder, body) values (?, ?, ?) on conflict (iccid) do update set holder = excluded.holder, body = excluded.body',
  );
  const saveLine = (line: StoredLine): void => {
    putLine.run(line.iccid, line.holder?.toLowerCase() ?? null, JSON.stringify(line));
  };
  database
    .transaction(() => {
      if (state.setting('firstStart') !== null) return;
      state.set('firstStart', new Date(nowMs).toISOString());
      for (const line of sampleLines(nowMs)) saveLine(line);
    })
    .immediate();

  return {
    state,
    saveLine,
    transact: <Result>(body: () => Result): Result => database.transaction(body).immediate(),
    line: (iccid: string) =>
      readBody(database.prepare<[string], { body: string }>('select body from line where iccid = ?').get(iccid)) as StoredLine | null,
    linesOf: (holder: string): StoredLine[] =>
      database
        .prepare<[string], { body: string }>('select body from line where holder = ? order by iccid')
        .all(holder.toLowerCase())
        .map((row) => JSON.parse(row.body) as StoredLine),

    renewal: (key: string) =>
      readBody(database.prepare<[string], { body: string }>('select body from renewal where key = ?').get(key)) as StoredRenewal | null,
    addRenewal(renewal: StoredRenewal, dueMs: number): void {
      database
        .prepare('insert into renewal (key, iccid, due_ms, body) values (?, ?, ?, ?)')
        .run(renewal.key, renewal.iccid, dueMs, JSON.stringify(renewal));
    },
    /** Accepted and not yet applied, in the order of acceptance. */
    waitingRenewals: (dueBeforeMs: number, iccid: string | null = null): StoredRenewal[] =>
      database
        .prepare<[number, string | null, string | null], { body: string }>(
          'select body from renewal where due_ms <= ? and (? is null or iccid = ?) order by sequence',
        )
        .all(dueBeforeMs, iccid, iccid)
        .map((row) => JSON.parse(row.body) as StoredRenewal),
    markApplied(renewal: StoredRenewal): void {
      database.prepare('update renewal set due_ms = null, body = ? where key = ?').run(JSON.stringify(renewal), renewal.key);
    },

    message: (key: string) =>
      readBody(database.prepare<[string], { body: string }>('select body from message where key = ?').get(key)) as StoredMessage | null,
    addMessage(message: StoredMessage, dueMs: number): void {
      database.prepare('insert into message (key, body, due_ms) values (?, ?, ?)').run(message.key, JSON.stringify(message), dueMs);
    },
    dueMessages: (beforeMs: number): { message: StoredMessage; tries: number }[] =>
      database
        .prepare<[number], { body: string; tries: number }>('select body, tries from message where due_ms <= ? order by sequence limit 50')
        .all(beforeMs)
        .map((row) => ({ message: JSON.parse(row.body) as StoredMessage, tries: row.tries })),
    /** `dueMs` null: forwarded, or given up. */
    settleMessage(key: string, tries: number, dueMs: number | null): void {
      database.prepare('update message set tries = ?, due_ms = ? where key = ?').run(tries, dueMs, key);
    },
    close: () => state.close(),
  };
}
