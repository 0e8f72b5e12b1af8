/** Settings, renewals in progress, and the record of what was done to profiles. Instants are ISO 8601 text. */
export const initial = `
create table setting (
  name text primary key,
  value text not null
) without rowid;

create table renewal (
  idempotency_key text primary key,
  service text not null,
  line_id text not null,
  quote text not null,
  order_id text unique,
  state text not null,
  acknowledged_failure_at text,
  created_at text not null,
  updated_at text not null
) without rowid;

create table profile_task (
  task_id text primary key,
  kind text not null,
  device_id text not null,
  iccid text,
  nickname text,
  state text not null,
  error_code text,
  error_details text,
  started_at text not null,
  finished_at text
) without rowid;
`;
