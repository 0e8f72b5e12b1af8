import type { Migration } from '../migration.ts';

/** Sessions get a name that may be shown, and what a person recognises them by. */
export const migration: Migration = {
  name: '0002-sessions',
  statements: [
    'alter table session add column id text',
    "alter table session add column client text not null default ''",
    'alter table session add column used_ms bigint not null default 0',
    // The start of a hash tells nothing of the token, and no two sessions share it.
    "update session set id = 'ses_' || substr(token_hash, 1, 32), used_ms = created_ms",
    'create unique index session_id on session (id)',
  ],
};
