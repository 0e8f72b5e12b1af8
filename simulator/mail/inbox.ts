import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { openPeerState } from '#simulator/bench/peer-state.ts';

/** A mail as it arrived. Addresses without names; `to` is whom the envelope named. */
export type InboxMessage = {
  readonly id: string;
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly headers: { readonly messageId: string | null; readonly date: string | null };
  readonly receivedAt: string; // UTC ISO 8601
};

/** A text message that the carrier sent to a line. */
export const smsInput = z.strictObject({
  key: z.string().min(1).max(200),
  to: z.string().min(1).max(40),
  text: z.string().max(2000),
});
export type InboxSms = z.infer<typeof smsInput> & { readonly id: string; readonly receivedAt: string };

const schema = `
  create table if not exists message (sequence integer primary key autoincrement, id text not null unique, body text not null) strict;
  create table if not exists sms (sequence integer primary key autoincrement, key text not null unique, body text not null) strict;
`;

/** What the sink received, oldest first, in `<stateDir>/mail.sqlite` or in memory. */
export function openInbox(stateDir: string | null) {
  const state = openPeerState(stateDir, 'mail', schema);
  const { database } = state;
  const addMessage = database.prepare<[string, string]>('insert into message (id, body) values (?, ?)');
  const addSms = database.prepare<[string, string]>('insert into sms (key, body) values (?, ?) on conflict (key) do nothing');
  const read = <Entry>(table: 'message' | 'sms'): Entry[] =>
    database
      .prepare<[], { body: string }>(`select body from ${table} order by sequence`)
      .all()
      .map((row) => JSON.parse(row.body) as Entry);

  return {
    state,
    receive(message: Omit<InboxMessage, 'id'>): void {
      const id = randomUUID();
      addMessage.run(id, JSON.stringify({ id, ...message } satisfies InboxMessage));
    },
    /** False: this key was received before. */
    receiveSms(sms: z.infer<typeof smsInput>, receivedAt: string): boolean {
      return addSms.run(sms.key, JSON.stringify({ id: randomUUID(), ...sms, receivedAt } satisfies InboxSms)).changes === 1;
    },
    messages: () => read<InboxMessage>('message'),
    sms: () => read<InboxSms>('sms'),
    clear(): void {
      database.exec('delete from message; delete from sms;');
    },
    close: () => state.close(),
  };
}

export type Inbox = ReturnType<typeof openInbox>;
