import type { Migration } from '../migration.ts';

/** One job walks a renewal through all its states, and an order says by itself which page it can be paid on. */
export const migration: Migration = {
  name: '0006-renewal-jobs',
  statements: [
    // Sessions that the provider's events named since the job last ran.
    "alter table job add column hints text not null default ''",
    // The plan as it was called when it was ordered.
    'alter table ord add column plan_name text',
    // The one page that can be paid now.
    'alter table ord add column session_id text',
    `update ord set session_id = (select max(session_id) from payment where payment.ord_id = ord.id and payment.state = 'open')
     where state = 'open'`,
    `delete from job where kind in ('poll', 'settle', 'refund', 'fulfil', 'verify', 'mailRenewed', 'smsRenewed')`,
    `insert into job (id, kind, body, dedupe, run_ms, tries)
     select 'job_' || id, 'renewal', '{"orderId":"' || id || '"}', 'renewal:' || id, 0, 0 from ord
     where state in ('open', 'paid', 'fulfilled')
       or exists (select 1 from payment where payment.ord_id = ord.id and payment.state in ('open', 'surplus'))
       or exists (select 1 from message where message.ord_id = ord.id and message.state = 'queued')`,
    // What an event says is read again from the provider, so that an event which comes twice needs no memory.
    'drop table event',
    // What health looks for, however many orders there are.
    "create index ord_paid on ord (paid_ms) where state = 'paid'",
    'create index attempt_count_ends on attempt_count (window_ends_ms)',
  ],
};
