/**
 * What cards have to say to profile servers, from the moment at which it is taken until it is off the card again. `claimed_until`: a program
 * is sending it, and has it until then at most. `content_hash` covers what the card signs, for a card may sign the same anew at each reading.
 */
export const notificationOutbox = `
create table notification (
  entry_id text primary key,
  eid text not null,
  seq_number integer not null,
  content_hash text not null,
  event text not null,
  address text not null,
  server text not null,
  iccid text,
  bytes text not null,
  ci_key_ids text not null,
  state text not null,
  attempts integer not null default 0,
  next_attempt_at text not null,
  claimed_until text,
  problem text,
  taken_at text not null,
  unique (eid, seq_number, content_hash)
) without rowid;
`;
