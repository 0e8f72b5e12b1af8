import type { Migration } from '../migration.ts';

/** An account can end while its orders stay in the books; a line goes back to the carrier under the name it was claimed with. */
export const migration: Migration = {
  name: '0003-account-deletion',
  statements: [
    'alter table account add column deleted_ms bigint',
    'alter table line add column holder text',
    'update line set holder = (select coalesce(account.email, account.phone) from account where account.id = line.account_id)',
  ],
};
