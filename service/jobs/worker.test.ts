import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { migrate } from '../database/migrate.ts';
import { openSqlite } from '../database/sqlite.ts';
import { enqueue } from './jobs.ts';
import { startWorker, type JobHandlers, type JobOutcome } from './worker.ts';

test('a worker that was woken while all its places were taken goes on when one is free', async () => {
  const database = openSqlite(':memory:');
  await migrate(database);
  const jobs = Array.from({ length: 70 }, (_, index) => ({ kind: 'adoptLines' as const, body: {}, dedupe: `${index}`, runMs: 0 }));
  await enqueue(database, jobs);
  const gate = Promise.withResolvers<JobOutcome>();
  let begun = 0;
  const work = (): Promise<JobOutcome> => {
    begun += 1;
    return gate.promise;
  };
  const handlers: JobHandlers = {
    renewal: work,
    mailReset: work,
    mailPasswordChanged: work,
    mailSupport: work,
    adoptLines: work,
    releaseLine: work,
    mailAccountDeleted: work,
    sendAddressCode: work,
    tellAddressChanged: work,
  };
  const worker = startWorker(database, handlers, pino({ level: 'silent' }));
  await vi.waitFor(() => expect(begun).toBe(32));
  worker.wake();
  worker.wake();
  gate.resolve({ done: true });
  // Sooner than the next tick, which comes after five seconds.
  await vi.waitFor(() => expect(begun).toBe(70), 4000);
  await worker.close();
  expect(await database.query('select id from job where done_ms is null')).toEqual([]);
  await database.close();
});
