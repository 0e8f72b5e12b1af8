import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { compose, openPostgres } from '#service/database/postgres.ts';
import type { Database, Queryable, Statement } from '#service/database/database.ts';
import { migrate } from '#service/database/migrate.ts';
import { openDatabase, type DatabasePlace } from '#service/database/open-database.ts';
import { hashSecret } from '#service/ids.ts';
import { startService } from '#service/start-service.ts';
import { postgresDatabase } from '../support/postgres-database.ts';
import { postgresBinaries } from '../support/postgres-server.ts';
import type { Bench, Figure } from './figure.ts';
import { benchConfig, instantPeers } from './support/instant-peers.ts';
import { addPeople, atOnce, renew, type Person } from './support/renewing-people.ts';

const renewals = 400;
const people = 32;
const warmUp = 300;
/** What is made for a request is short-lived: a large young generation only holds memory. */
const youngGeneration = '--max-semi-space-size=2';

type Instance = { readonly url: string; readonly pid: number; readonly startedMs: number; readonly child: ChildProcess };

async function startInstance(place: DatabasePlace): Promise<Instance> {
  const began = performance.now();
  // As `npm run service` starts it.
  const child = spawn(process.execPath, [youngGeneration, 'test/bench/support/service-instance.ts', JSON.stringify(place)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { ...z.object({ url: z.string(), pid: z.int() }).parse(JSON.parse(line)), startedMs: performance.now() - began, child };
}

async function stopInstance({ child }: Instance): Promise<void> {
  child.stdin?.end();
  await once(child, 'exit');
}

/** Resolves when every renewal is verified and told; says what is left where that takes too long. */
async function untilVerified(database: Queryable, count: number): Promise<void> {
  for (const end = Date.now() + 30_000; ;) {
    const [row] = await database.query<{ count: number }>('select count(*) as count from job where done_ms is not null');
    if ((row?.count ?? 0) >= count) return;
    if (Date.now() > end)
      throw new Error(
        `not all are renewed: ${JSON.stringify((await database.query('select * from job where done_ms is null')).slice(0, 3))}`,
      );
    await pause(5);
  }
}

/** Milliseconds of all renewals, from the first order to the last confirmation. */
async function timeRenewals(place: DatabasePlace, persons: readonly Person[], urls: readonly string[]): Promise<number> {
  const watching = await openDatabase(place, () => undefined);
  const began = performance.now();
  await atOnce(persons, people, (person, index) => renew(urls[index % urls.length] ?? '', person));
  await untilVerified(watching, persons.length);
  const took = performance.now() - began;
  await watching.close();
  return took;
}

/** Notes every query that goes to a server, as it goes there. */
function noting(database: Database, notes: Statement[]): Database {
  return {
    ...database,
    query: (sql, parameters = []) => {
      notes.push({ sql, parameters });
      return database.query(sql, parameters);
    },
    change: (guard, follows) => {
      notes.push(compose(guard, follows));
      return database.change(guard, follows);
    },
  };
}

/** The statements of each renewal together, found by the identifiers in their values; those of nobody (the worker's) by themselves. */
function perRenewal(notes: readonly Statement[], persons: readonly Person[]): readonly (readonly Statement[])[] {
  const owner = new Map(
    persons.flatMap((person, index) => [person.accountId, person.lineId, hashSecret(person.token)].map((id) => [id, index] as const)),
  );
  const groups = new Map<number, Statement[]>();
  const nobodys: Statement[][] = [];
  for (const note of notes) {
    const values = note.parameters.filter((value): value is string => typeof value === 'string');
    const index = values.map((value) => owner.get(value)).find((found) => found !== undefined);
    if (index === undefined) {
      nobodys.push([note]);
      continue;
    }
    // An order and its job are the person's from now on.
    for (const value of values) if (/^(ord|job|renewal:ord)_?\w+$/.test(value)) owner.set(value, index);
    groups.set(index, [...(groups.get(index) ?? []), note]);
  }
  return [...groups.values(), ...nobodys];
}

async function timeBare(url: string, groups: readonly (readonly Statement[])[]): Promise<number> {
  const database = openPostgres(url, () => undefined);
  const began = performance.now();
  await atOnce(groups, people, async (group) => {
    for (const { sql, parameters } of group) await database.query(sql, parameters);
  });
  const took = performance.now() - began;
  await database.close();
  return took;
}

/** A new database with people in it who have not renewed yet. */
async function freshDatabase(): Promise<{ readonly url: string; readonly persons: readonly Person[]; readonly drop: () => Promise<void> }> {
  const { url, drop } = await postgresDatabase();
  const database = openPostgres(url, () => undefined);
  await migrate(database);
  const persons = await addPeople(database, warmUp + renewals);
  await database.close();
  return { url, persons, drop };
}

async function onPostgres(): Promise<readonly Figure[]> {
  // What the service sends, noted once on a database of its own; the same statements, with nothing between them, are the measure.
  const noted = await freshDatabase();
  const notes: Statement[] = [];
  const config = benchConfig({ kind: 'postgres', url: noted.url });
  const database = noting(
    openPostgres(noted.url, () => undefined),
    notes,
  );
  const service = await startService(config, { ...instantPeers(config), database });
  notes.length = 0;
  await timeRenewals(config.database, noted.persons.slice(0, renewals), [service.url]);
  const queries = notes.length / renewals;
  await service.close();
  const groups = perRenewal(notes, noted.persons);

  const bare = async (): Promise<number> => {
    // The people and the orders are those of the notes: they go before they come again.
    const again = openPostgres(noted.url, () => undefined);
    for (const table of ['message', 'ledger', 'payment', 'job', 'ord']) await again.query(`delete from ${table}`);
    await again.query('vacuum analyze');
    await again.close();
    return timeBare(noted.url, groups);
  };
  const measured = async (count: number): Promise<number> => {
    const { url, persons, drop } = await freshDatabase();
    const place = { kind: 'postgres', url } as const;
    const instances = await Promise.all(Array.from({ length: count }, () => startInstance(place)));
    // Compiled code and open connections are not what is asked for.
    const urls = instances.map((instance) => instance.url);
    await timeRenewals(place, persons.slice(0, warmUp), urls);
    const rest = persons.slice(warmUp);
    const watch = await openDatabase(place, () => undefined);
    const began = performance.now();
    await atOnce(rest, people, (person, index) => renew(urls[index % urls.length] ?? '', person));
    await untilVerified(watch, persons.length);
    const took = performance.now() - began;
    await watch.close();
    await Promise.all(instances.map(stopInstance));
    await drop();
    return took;
  };
  const first = await bare();
  const one = await measured(1);
  const three = await measured(3);
  const statements = Math.min(first, await bare());
  await noted.drop();
  const rate = (took: number): number => Math.round((renewals * 1000) / took);
  const times = (took: number): number => Math.round((took / statements) * 100) / 100;
  return [
    {
      name: 'queries of a renewal, jobs included (PostgreSQL)',
      value: Math.round(queries * 10) / 10,
      unit: 'queries',
      kind: 'count',
      atMost: 12,
    },
    { name: 'time of a renewal, its bare statements = 1, 1 instance', value: times(one), unit: 'times', kind: 'ratio', atMost: 2 },
    { name: 'the same with 3 instances', value: times(three), unit: 'times', kind: 'ratio', atMost: 2 },
    { name: 'renewals a second: bare statements', value: rate(statements), unit: 'a second', kind: 'time' },
    { name: 'renewals a second: 1 instance', value: rate(one), unit: 'a second', kind: 'time' },
    { name: 'renewals a second: 3 instances', value: rate(three), unit: 'a second', kind: 'time' },
  ];
}

/** Resident memory in megabytes; null where the system does not tell it in this way. */
function residentMegabytes(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
}

async function embedded(): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'leb-bench-'));
  const place = { kind: 'sqlite', path: join(folder, 'account.db') } as const;
  const cold = await startInstance(place);
  await stopInstance(cold);
  const instance = await startInstance(place);
  const database = await openDatabase(place, () => undefined);
  const persons = await addPeople(database, 60);
  const times: number[] = [];
  for (const [index, person] of persons.entries()) {
    const began = performance.now();
    await renew(instance.url, person);
    await untilVerified(database, index + 1);
    times.push(performance.now() - began);
  }
  const memory = residentMegabytes(instance.pid);
  await database.close();
  await stopInstance(instance);
  await rm(folder, { recursive: true, force: true });
  const middle = times.toSorted((fast, slow) => fast - slow)[Math.floor(times.length / 2)] ?? 0;
  return [
    { name: 'embedded: ready on a new file', value: Math.round(cold.startedMs), unit: 'ms', kind: 'time', atMost: 1000 },
    { name: 'embedded: ready again', value: Math.round(instance.startedMs), unit: 'ms', kind: 'time' },
    { name: 'embedded: a renewal besides the provider, median', value: Math.round(middle), unit: 'ms', kind: 'time', atMost: 50 },
    ...(memory === null
      ? []
      : [{ name: 'embedded: resident memory after 60 renewals', value: memory, unit: 'MB', kind: 'count', atMost: 120 } as const]),
  ];
}

export const serviceBench: Bench = {
  name: 'service',
  how: `${renewals} renewals by ${people} people at once, from the order to the confirmations, webhook included, with peers that answer at once; bare: the same statements sent one after the other by one client`,
  async run() {
    const figures = await embedded();
    if (postgresBinaries() === null) return figures;
    return [...(await onPostgres()), ...figures];
  },
};
