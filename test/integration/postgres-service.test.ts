import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBench, type Bench } from '#simulator/bench/start-bench.ts';
import { openPostgres } from '#service/database/postgres.ts';
import { startService, type RunningService } from '#service/start-service.ts';
import { startPostgres, type PostgresServer } from '../support/postgres-server.ts';
import {
  anonymous,
  eventually,
  ledger,
  makeOrder,
  payByCard,
  registered,
  sampleClient,
  stageConfig,
  untilTold,
  withToken,
} from './service-stage.ts';

/** What only a server has: it can be moved to, it is shared by instances, and it restarts while they run. */
const good = '4242424242424242';
let folder: string;
let server: PostgresServer;
let bench: Bench;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leb-postgres-service-'));
  [server, bench] = await Promise.all([startPostgres(`${folder}-server`), startBench({ stateDir: null })]);
});
afterAll(async () => {
  await bench.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function moveTo(url: string, path: string): Promise<{ readonly out: string; readonly failed: string | null }> {
  const env = { PATH: process.env['PATH'], DATABASE_PATH: path, DATABASE_URL: url };
  try {
    return { out: (await promisify(execFile)(process.execPath, ['service/index.ts', 'move'], { env })).stdout, failed: null };
  } catch (error) {
    return { out: '', failed: String(error) };
  }
}

test('everything moves from a file to the server, once, and goes on there', async () => {
  const path = join(folder, 'account.db');
  const url = server.url('postgres');
  const before = await startService(stageConfig(bench, { kind: 'sqlite', path }));
  const { token, account } = await registered(before.url, 'mover@leb.example', 'quiet river stone');
  const client = await sampleClient(before.url);
  const done = await makeOrder(client, 'month');
  await payByCard((await client.orders.pay({ orderId: done.orderId, fresh: false })).url, good);
  await untilTold(client, done.orderId);
  const open = await makeOrder(client, 'quarter');
  const page = await client.orders.pay({ orderId: open.orderId, fresh: false });
  await before.close();

  const { out, failed } = await moveTo(url, path);
  expect(failed).toBeNull();
  expect(JSON.parse(out)).toMatchObject({ moved: { account: 2, line: 2, ord: 2, payment: 2, ledger: 1, message: 2 } });
  expect((await moveTo(url, path)).failed).toContain('has accounts already');

  const after = await startService(stageConfig(bench, { kind: 'postgres', url }));
  try {
    expect(await withToken(after.url, token).accounts.show()).toEqual(account);
    const there = await sampleClient(after.url);
    // What was paid after the move, on a page of before it, is applied.
    await payByCard(page.url, good);
    await untilTold(there, open.orderId);
    expect((await there.orders.list()).map(({ orderId, state }) => [orderId, state])).toEqual([
      [open.orderId, 'verified'],
      [done.orderId, 'verified'],
    ]);
    expect(await ledger(bench)).toMatchObject({ charged: 1490 + 3990, refunded: 0 });
  } finally {
    await after.close();
  }
});

test('limits hold over all instances together, and a restart of the server is waited for', async () => {
  const place = { kind: 'postgres', url: server.url('postgres') } as const;
  const instances: RunningService[] = await Promise.all(Array.from({ length: 3 }, () => startService(stageConfig(bench, place))));
  try {
    const [first] = instances;
    if (first === undefined) throw new Error('no instance');
    const { client } = await registered(first.url, 'guessed@leb.example', 'quiet river stone');
    const codes = await Promise.all(
      Array.from({ length: 15 }, (_, index) =>
        anonymous(instances[index % 3]?.url ?? '')
          .sessions.signIn({ login: 'guessed@leb.example', password: `guess ${index}` })
          .then(
            () => 'in',
            (error: { readonly code: string }) => error.code,
          ),
      ),
    );
    expect(codes.filter((code) => code === 'CREDENTIALS_WRONG')).toHaveLength(10);
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(5);

    for (const how of ['order', 'crash'] as const) {
      await server.stop(how);
      // Asked while nobody is there: it waits, and then is answered.
      const asked = client.accounts.show();
      await server.start();
      expect(await asked).toMatchObject({ email: 'guessed@leb.example' });
    }
    // The workers have come back as well: what is asked for now is done.
    await anonymous(first.url).passwordResets.request({ login: 'guessed@leb.example', language: 'en' });
    await eventually('the letter', async () => {
      const database = openPostgres(place.url, () => undefined);
      const [job] = await database.query("select id from job where kind = 'mailReset' and done_ms is not null");
      await database.close();
      return job === undefined ? null : true;
    });
  } finally {
    await Promise.all(instances.map((instance) => instance.close()));
  }
});
