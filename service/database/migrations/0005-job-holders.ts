import type { Migration } from '../migration.ts';

/** Several instances take jobs: each says which it holds, and learns whether a job was woken while it ran. */
export const migration: Migration = {
  name: '0005-job-holders',
  statements: ['alter table job add column holder text', 'alter table job add column wakes int not null default 0'],
};
