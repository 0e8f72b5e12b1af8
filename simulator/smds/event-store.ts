import { z } from 'zod';
import type { PeerState } from '../bench/peer-state.ts';

/** What a server left for a chip: that something waits, and where (SGP.22 v2.5 §3.6.1). */
export const eventSchema = z
  .strictObject({
    /** The matching id with which the LPA asks the server. */
    eventId: z.string().regex(/^[A-Za-z0-9-]{1,255}$/),
    eid: z.string().regex(/^\d{32}$/),
    /** Of the SM-DP+, or of another SM-DS. */
    rspServerAddress: z.string().regex(/^[A-Za-z0-9.-]+(?::\d{1,5})?$/),
  })
  .readonly();

export type DiscoveryEvent = z.infer<typeof eventSchema>;

export const eventSchemaSql = `
  create table if not exists event (event_id text primary key, eid text not null, rsp_server_address text not null) strict;
`;

export type EventStore = {
  /** Leaves an event; one with the same number is replaced. */
  register(event: DiscoveryEvent): void;
  remove(eventId: string): void;
  all(): readonly DiscoveryEvent[];
};

type Row = { readonly event_id: string; readonly eid: string; readonly rsp_server_address: string };

export function makeEventStore({ database }: PeerState): EventStore {
  const put = database.prepare<[string, string, string]>(
    'insert or replace into event (event_id, eid, rsp_server_address) values (?, ?, ?)',
  );
  const remove = database.prepare<[string]>('delete from event where event_id = ?');
  const list = database.prepare<[], Row>('select event_id, eid, rsp_server_address from event order by rowid');
  return {
    register({ eventId, eid, rspServerAddress }) {
      put.run(eventId, eid, rspServerAddress);
    },
    remove(eventId) {
      remove.run(eventId);
    },
    all: () => list.all().map(({ event_id: eventId, eid, rsp_server_address: rspServerAddress }) => ({ eventId, eid, rspServerAddress })),
  };
}
