import { afterAll, beforeAll, expect, test } from 'vitest';
import { ifGuarded, type Database } from '#service/database/database.ts';
import { migrate } from '#service/database/migrate.ts';
import { openDatabase } from '#service/database/open-database.ts';
import { tables } from '#service/database/tables.ts';
import { claimJobs, completion, enqueue, enqueueAgain, extendLeases, postponeJob } from '#service/jobs/jobs.ts';
import { newPlace } from './service-stage.ts';

/** What the service relies on, the same on both databases. */
let one: Database;
/** A second instance of the service, where there can be one. */
let other: Database;
let remove: () => Promise<void>;

beforeAll(async () => {
  const made = await newPlace();
  ({ remove } = made);
  one = await openDatabase(made.place, () => undefined);
  other = one.shared ? await openDatabase(made.place, () => undefined) : one;
  const applied = await Promise.all([migrate(one), migrate(other)]);
  // Started at once, one of them makes the tables.
  expect(applied.filter((names) => names.length === 0)).toHaveLength(1);
  await one.query('create table money (id text primary key, cents bigint not null)');
});
afterAll(async () => {
  await one.close();
  if (other !== one) await other.close();
  await remove();
});

test('numbers are numbers, sums too, and every table is known', async () => {
  const cents = 2 ** 45 + 1;
  await one.query('insert into money (id, cents) values ($1, $2), ($3, $2)', ['big', cents, 'again']);
  expect(await one.query('select sum(cents) as sum, count(*) as count from money where cents = $1', [cents])).toEqual([
    { sum: 2 * cents, count: 2 },
  ]);
  for (const table of tables) await one.query(`select * from ${table}`);
});

test('a transaction is whole or not at all, and is alone with what it changes', async () => {
  await one.query("insert into money (id, cents) values ('purse', 0)");
  const spent = one.tx(async (tx) => {
    await tx.query("update money set cents = 100 where id = 'purse'");
    throw new Error('no');
  });
  await expect(spent).rejects.toThrow('no');
  const puts = Array.from({ length: 20 }, (_, index) =>
    (index % 2 === 0 ? one : other).tx((tx) => tx.query("update money set cents = cents + 1 where id = 'purse'")),
  );
  await Promise.all(puts);
  expect(await one.query("select cents from money where id = 'purse'")).toEqual([{ cents: 20 }]);
  await expect(one.tx(() => one.query('select 1 as one'))).rejects.toThrow(/itself/);
});

function spend(database: Database, id: string): Promise<readonly object[]> {
  return database.change<{ id: string }>(
    { sql: 'update money set cents = cents - $2 where id = $1 and cents >= $2 returning id', parameters: ['wallet', 60] },
    [
      { sql: `insert into money (id, cents) select $1, $2 where ${ifGuarded} on conflict do nothing`, parameters: [id, 60] },
      { sql: `update money set cents = cents + $2 where id = $1 and ${ifGuarded}`, parameters: ['till', 60] },
    ],
  );
}

test('a change is one query, and what follows is done only behind its guard', async () => {
  await one.query("insert into money (id, cents) values ('wallet', 100), ('till', 0)");
  const count = () => one.statements() + (other === one ? 0 : other.statements());
  const before = count();
  const results = await Promise.all([spend(one, 'bread'), spend(other, 'wine')]);
  expect(count() - before).toBe(2);
  expect(results.map((rows) => rows.length).toSorted((few, many) => few - many)).toEqual([0, 1]);
  expect(await one.query("select cents from money where id in ('bread', 'wine', 'till', 'wallet') order by cents")).toEqual([
    { cents: 40 },
    { cents: 60 },
    { cents: 60 },
  ]);
});

test('a job is held by one instance, comes back when its lease ends, and is not lost when it is woken while it runs', async () => {
  const now = 1_000_000;
  const jobs = Array.from({ length: 12 }, (_, index) => ({ kind: 'adoptLines' as const, body: {}, dedupe: `job ${index}`, runMs: now }));
  await enqueue(one, jobs);
  await enqueue(other, jobs);
  const taken = (await Promise.all([claimJobs(one, 'one', now, 10, 8), claimJobs(other, 'other', now, 10, 8)])).flat();
  expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length);
  await claimJobs(one, 'one', now, 10, 8);
  expect(await claimJobs(one, 'one', now + 9, 10, 8)).toEqual([]);
  const again = await claimJobs(other, 'heir', now + 10, 10, 20);
  expect(again.map(({ tries }) => tries)).toEqual(Array.from({ length: 12 }, () => 2));

  // Who lost a lease says nothing any more.
  const [first, second, third] = again;
  if (first === undefined || second === undefined || third === undefined) throw new Error('no jobs');
  const end = async (holder: string, job = first) => {
    const { sql, parameters } = completion(job, holder, now + 11);
    return one.query(sql, parameters);
  };
  expect(await end('one')).toEqual([]);
  await extendLeases(one, 'heir', [first.id], now + 100);
  expect(await claimJobs(one, 'one', now + 50, 10, 20)).toHaveLength(11);
  expect(await end('heir')).toEqual([{ due: null }]);

  const woken = { kind: 'adoptLines', body: {}, dedupe: 'job woken', runMs: now } as const;
  await enqueueAgain(one, woken);
  const [running] = await claimJobs(one, 'one', now, 10, 1);
  if (running === undefined) throw new Error('no job');
  await enqueueAgain(other, woken);
  expect(await end('one', running)).toEqual([{ due: now + 11 }]);
  const [once] = await claimJobs(one, 'one', now + 11, 10, 1);
  if (once === undefined) throw new Error('no job');
  expect(await postponeJob(one, once, 'one', { now: now + 12, runMs: now + 500, failure: null, anew: false })).toBe(now + 500);
});
