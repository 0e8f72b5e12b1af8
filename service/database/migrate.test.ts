import { expect, test } from 'vitest';
import { authenticate, listSessions } from '../accounts/sessions.ts';
import { hashSecret } from '../ids.ts';
import { claimJobs } from '../jobs/jobs.ts';
import { migrate } from './migrate.ts';
import { migration as first } from './migrations/0001-accounts-and-orders.ts';
import { openSqlite } from './sqlite.ts';

test('a database of the first release keeps its sessions and its lines', async () => {
  const database = openSqlite(':memory:');
  await database.query('create table migration (name text primary key, applied_ms bigint not null)');
  for (const statement of first.statements) await database.query(statement);
  await database.query("insert into migration (name, applied_ms) values ('0001-accounts-and-orders', 1)");
  const token = 'a-token-of-the-first-release';
  await database.query(
    "insert into account (id, email, password_hash, language, created_ms) values ('acc_1', 'sam@leb.example', 'x', 'en', 1)",
  );
  await database.query("insert into session (token_hash, account_id, created_ms, expires_ms) values ($1, 'acc_1', 1000, $2)", [
    hashSecret(token),
    Date.now() + 60_000,
  ]);
  await database.query(
    "insert into line (id, account_id, iccid, msisdn, created_ms) values ('lin_1', 'acc_1', '8944990000004821602', '+447700900482', 1)",
  );
  // An order whose page waits for payment, and one that waits for nothing.
  await database.query(
    `insert into ord (id, number, account_id, line_id, idempotency_key, state, quote, amount_minor, currency, attempt, before_figures,
       created_ms, expires_ms)
     values ('ord_1', 'LEB-26-000001', 'acc_1', 'lin_1', 'k1', 'open', '{}', 1490, 'EUR', 1, '{}', 1, 2),
       ('ord_2', 'LEB-26-000002', 'acc_1', 'lin_1', 'k2', 'verified', '{}', 1490, 'EUR', 1, '{}', 1, 2)`,
  );
  await database.query(
    "insert into payment (session_id, ord_id, attempt, url, expires_ms, state) values ('cs_1', 'ord_1', 1, 'https://pay.example', 2, 'open')",
  );
  await database.query("insert into job (id, kind, body, dedupe, run_ms, tries) values ('job_1', 'poll', '{}', 'poll:ord_1', 5, 3)");

  expect(await migrate(database)).not.toContain(first.name);
  expect(await migrate(database)).toEqual([]);
  const { account, tokenHash } = await authenticate(database, `Bearer ${token}`, Date.now());
  expect(account.id).toBe('acc_1');
  expect(await listSessions(database, 'acc_1', tokenHash, Date.now())).toMatchObject([
    { sessionId: `ses_${hashSecret(token).slice(0, 32)}`, shell: null, createdAt: '1970-01-01T00:00:01.000Z', current: true },
  ]);
  expect(await database.query('select holder from line')).toEqual([{ holder: 'sam@leb.example' }]);
  expect(await database.query('select id, session_id from ord order by id')).toEqual([
    { id: 'ord_1', session_id: 'cs_1' },
    { id: 'ord_2', session_id: null },
  ]);
  expect(await claimJobs(database, 'worker', 10, 10, 9)).toMatchObject([{ kind: 'renewal', body: { orderId: 'ord_1' }, tries: 1 }]);
  await database.close();
});
