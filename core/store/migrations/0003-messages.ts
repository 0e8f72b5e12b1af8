/**
 * Text messages, one row for each part as it came or goes. `part_id` of what came is the hash of its PDU: the same part is read again and again.
 * `message_id` joins the parts of what was sent from here; what came is put together by its own headers. `storage` and `place`: where the part lies in
 * the modem of this IMEI, null where it does not. `removed`: deleted while its modem was not there, so that it goes from there when it is seen again.
 */
export const textMessages = `
create table message_part (
  part_id text primary key,
  message_id text,
  part_number integer not null default 1,
  direction text not null,
  state text not null,
  pdu text not null,
  device_id text not null,
  imei text,
  iccid text,
  storage text,
  place integer,
  at text not null,
  unread integer not null default 0,
  removed integer not null default 0,
  reference integer,
  report text,
  problem text
) without rowid;
create index message_part_of_message on message_part (message_id);
`;
