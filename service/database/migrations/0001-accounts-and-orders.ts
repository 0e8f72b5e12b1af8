import type { Migration } from '../migration.ts';

export const migration: Migration = {
  name: '0001-accounts-and-orders',
  statements: [
    `create table account (
      id text primary key,
      email text unique,
      phone text unique,
      password_hash text not null,
      language text not null,
      created_ms bigint not null,
      check (email is not null or phone is not null)
    )`,
    `create table session (
      token_hash text primary key,
      account_id text not null references account (id),
      created_ms bigint not null,
      expires_ms bigint not null
    )`,
    'create index session_account on session (account_id)',
    // One live link per account: a new request replaces the former.
    `create table password_reset (
      account_id text primary key references account (id),
      token_hash text not null unique,
      expires_ms bigint not null
    )`,
    `create table attempt_count (
      key text primary key,
      window_ends_ms bigint not null,
      count int not null
    )`,
    `create table plan (
      id text primary key,
      name text not null,
      data_bytes bigint,
      voice_minutes int,
      sms_count int,
      position int not null,
      active smallint not null
    )`,
    `create table price (
      plan_id text not null references plan (id),
      period text not null check (period in ('month', 'quarter', 'year')),
      amount_minor bigint not null check (amount_minor > 0),
      currency text not null,
      primary key (plan_id, period)
    )`,
    `create table promotion (
      code text primary key,
      percent_off int not null check (percent_off between 1 and 99),
      periods text not null,
      starts_ms bigint not null,
      ends_ms bigint,
      active smallint not null
    )`,
    `create table line (
      id text primary key,
      account_id text not null references account (id),
      iccid text not null unique,
      msisdn text not null,
      nickname text,
      snapshot text,
      created_ms bigint not null
    )`,
    'create index line_account on line (account_id)',
    `create table counter (name text primary key, value bigint not null)`,
    `create table ord (
      id text primary key,
      number text not null unique,
      account_id text not null references account (id),
      line_id text not null references line (id),
      idempotency_key text not null,
      state text not null check (state in ('open', 'paid', 'fulfilled', 'verified', 'cancelled', 'expired', 'refunded')),
      quote text not null,
      amount_minor bigint not null,
      currency text not null,
      attempt int not null,
      failure_reason text,
      failure_ref text,
      failure_ms bigint,
      payment_method text,
      before_figures text not null,
      after_figures text,
      created_ms bigint not null,
      expires_ms bigint not null,
      paid_ms bigint,
      fulfilled_ms bigint,
      verified_ms bigint,
      unique (account_id, idempotency_key)
    )`,
    // Nobody can have two payment pages for the same line open by accident.
    "create unique index ord_open on ord (line_id) where state = 'open'",
    'create index ord_account on ord (account_id, created_ms)',
    // Every hosted page that was ever made for an order, and what became of it.
    `create table payment (
      session_id text primary key,
      ord_id text not null references ord (id),
      attempt int not null,
      url text,
      expires_ms bigint not null,
      state text not null check (state in ('open', 'paid', 'expired', 'surplus', 'refunded', 'mismatch')),
      payment_intent text
    )`,
    'create index payment_ord on payment (ord_id)',
    // Append-only: what was taken and what was given back.
    `create table ledger (
      id text primary key,
      ord_id text not null references ord (id),
      kind text not null check (kind in ('payment', 'refund')),
      reference text not null,
      amount_minor bigint not null,
      currency text not null,
      created_ms bigint not null,
      unique (kind, reference)
    )`,
    'create table event (id text primary key, type text not null, seen_ms bigint not null)',
    `create table job (
      id text primary key,
      kind text not null,
      body text not null,
      dedupe text not null unique,
      run_ms bigint not null,
      tries int not null,
      lease_ms bigint,
      done_ms bigint,
      failure text
    )`,
    'create index job_due on job (run_ms) where done_ms is null',
    `create table message (
      ord_id text not null references ord (id),
      channel text not null check (channel in ('mail', 'sms')),
      recipient text not null,
      state text not null check (state in ('queued', 'sent', 'failed')),
      at_ms bigint,
      primary key (ord_id, channel)
    )`,
    `create table support_request (
      id text primary key,
      number text not null unique,
      account_id text not null references account (id),
      subject text not null,
      body text not null,
      line_id text,
      ord_id text,
      created_ms bigint not null
    )`,
  ],
};
