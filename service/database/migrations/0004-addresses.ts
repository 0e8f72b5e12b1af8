import type { Migration } from '../migration.ts';

/** Addresses are verified by a code, and changed only with one; the language of letters can be chosen for itself. */
export const migration: Migration = {
  name: '0004-addresses',
  statements: [
    'alter table account add column email_verified_ms bigint',
    'alter table account add column phone_verified_ms bigint',
    'alter table account add column language_follows smallint not null default 1',
    // One code at a time for an account: a new request replaces the former. The hash is null until the code is on its way.
    `create table address_code (
      account_id text primary key references account (id),
      id text not null unique,
      kind text not null check (kind in ('email', 'phone')),
      address text not null,
      code_hash text,
      tries int not null,
      expires_ms bigint not null
    )`,
  ],
};
