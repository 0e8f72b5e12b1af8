import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { accountExport, type Line } from '#contract/account/index.ts';
import { type ServiceClient } from '#core/account/service-client.ts';
import { tables } from '#service/database/tables.ts';
import { claimCodes, lebAsia } from '#simulator/sample.ts';
import {
  eventually,
  ledger,
  mails,
  onPostgres,
  openStage,
  payByCard,
  registered,
  sampleClient,
  signedIn,
  untilState,
  untilTold,
  type ServiceStage,
} from './service-stage.ts';
import { dataOf, errorOf, runLeb } from './support/run-leb.ts';

/** What is stored about a person: all of it as one file, and its end. */
const password = 'quiet river stone';
let stage: ServiceStage;
let url = '';

beforeAll(async () => {
  stage = await openStage({ webhooks: true });
  ({ url } = stage.service);
});
afterAll(async () => {
  await stage.close();
});

const refused = (code: string) => expect.objectContaining({ code });

function claimAsia(client: ServiceClient): Promise<Line> {
  return client.lines.claim({ iccid: lebAsia.iccid, claimCode: claimCodes[lebAsia.iccid] ?? '' });
}

async function order(client: ServiceClient, line: Line) {
  const choice = { lineId: line.lineId, planId: line.plan.planId, period: 'month' as const, promotionCode: null };
  const { total } = await client.quotes.create(choice);
  return client.orders.create({ ...choice, idempotencyKey: crypto.randomUUID(), expectedTotal: total });
}

/** Every value of every table, as the database has it. */
function everythingStored(): Promise<string> {
  return stage.withDatabase(async (database) => {
    const rows = [];
    for (const table of tables) rows.push(await database.query(`select * from ${table}`));
    return JSON.stringify(rows);
  });
}

describe('an account with a history', () => {
  const login = 'history@leb.example';
  let client: ServiceClient;
  let line: Line;

  it('is exported whole, without secrets and without anything of others', async () => {
    const opened = await registered(url, login, password);
    ({ client } = opened);
    line = await claimAsia(client);
    await client.lines.rename({ lineId: line.lineId, nickname: 'Tokyo' });
    const made = await order(client, line);
    await payByCard((await client.orders.pay({ orderId: made.orderId, fresh: false })).url, '4242424242424242');
    await untilTold(client, made.orderId);
    const { number } = await client.support.create({ subject: 'plan', text: 'My own words.', lineId: line.lineId, orderId: null });

    const data = await client.accounts.export();
    expect(data).toMatchObject({
      account: { email: login },
      sessions: [{ current: true }],
      lines: [{ iccid: lebAsia.iccid, msisdn: lebAsia.msisdn, nickname: 'Tokyo', figures: { lineId: line.lineId } }],
      orders: [{ orderId: made.orderId, state: 'verified' }],
      bookings: [{ orderId: made.orderId, kind: 'payment', amount: made.quote.total }],
      supportRequests: [{ number, text: 'My own words.' }],
    });
    const text = JSON.stringify(data);
    expect(text).not.toMatch(/argon2|sample@/);
    expect(text).not.toContain(opened.token);
    await expect(Promise.all(Array.from({ length: 10 }, () => client.accounts.export()))).rejects.toEqual(refused('TOO_MANY_ATTEMPTS'));
  });

  it('is not deleted without the password, nor while something paid is not applied', async () => {
    await expect(client.accounts.delete({ password: 'not it' })).rejects.toEqual(refused('PASSWORD_WRONG'));
    const made = await order(client, line);
    await payByCard((await client.orders.pay({ orderId: made.orderId, fresh: false })).url, '4242424242424242');
    await expect(client.accounts.delete({ password })).rejects.toMatchObject({
      code: 'ORDER_IN_PROGRESS',
      details: { number: made.number },
    });
    await untilState(client, made.orderId, 'verified');
    await untilTold(client, made.orderId);
  });

  it('is deleted with everything that names the person; the books keep the orders, and the line is free', async () => {
    const unpaid = await order(client, line);
    const { url: page } = await client.orders.pay({ orderId: unpaid.orderId, fresh: false });
    const elsewhere = await signedIn(url, login, password);
    expect(await client.accounts.delete({ password })).toEqual({ ordersKept: 3, linesReleased: 1 });
    await payByCard(page, '4242424242424242');
    expect((await ledger(stage.bench)).charges.filter(({ status }) => status === 'succeeded')).toHaveLength(2);
    await expect(client.accounts.show()).rejects.toEqual(refused('SIGN_IN_REQUIRED'));
    await expect(elsewhere.accounts.show()).rejects.toEqual(refused('SIGN_IN_REQUIRED'));
    await expect(signedIn(url, login, password)).rejects.toEqual(refused('CREDENTIALS_WRONG'));
    await eventually(
      'the last letter',
      async () => (await mails(stage.bench)).find(({ to, subject }) => to.includes(login) && /was deleted/.test(subject)) ?? null,
    );
    const next = await registered(url, 'next@leb.example', password);
    const claimed = await eventually('the line is free', () => claimAsia(next.client).catch(() => null));
    expect([claimed.iccid, claimed.nickname]).toEqual([lebAsia.iccid, null]);
    expect(await next.client.orders.list()).toEqual([]);
    await eventually('nothing left', async () => ((await everythingStored()).includes(login) ? null : true));
    expect(await everythingStored()).not.toContain('My own words.');
    expect(await everythingStored()).toContain(unpaid.number);
    expect((await registered(url, login, password)).account.email).toBe(login);
  });

  it('is another than the sample account, which stays', async () => {
    await expect((await sampleClient(url)).accounts.delete({ password: 'harbour-lantern-26' })).rejects.toEqual(refused('SAMPLE_ACCOUNT'));
  });
});

// The terminal does not see which database the service has.
describe.skipIf(onPostgres)('leb account', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'leb-cli-data-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  const leb = (argv: readonly string[], input = '') =>
    runLeb(['--json', 'account', ...argv], { dataDir, environment: { LEB_ACCOUNT_SERVICE_URL: url }, input });

  it('saves what is stored, and deletes the account once it is told the word', async () => {
    dataOf(await leb(['register', 'leaves@leb.example', '--password-stdin'], password), z.object({ state: z.literal('signedIn') }));
    expect((await leb(['export'])).status).toBe(2);
    const file = join(dataDir, 'mine.json');
    dataOf(await leb(['export', '--out', file]), z.object({ file: z.literal(file) }));
    expect(accountExport.parse(JSON.parse(readFileSync(file, 'utf8'))).account.email).toBe('leaves@leb.example');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect((await leb(['export', '--out', join(dataDir, 'no', 'such', 'folder')])).status).toBe(2);
    const unconfirmed = await leb(['delete', '--password-stdin'], password);
    expect([unconfirmed.status, errorOf(unconfirmed).code]).toEqual([4, 'DELETION_NOT_CONFIRMED']);
    expect(dataOf(await leb(['delete', '--confirm', 'delete', '--password-stdin'], password), z.unknown())).toEqual({
      ordersKept: 0,
      linesReleased: 0,
    });
    const afterwards = await leb(['sessions']);
    expect([afterwards.status, errorOf(afterwards).code]).toEqual([4, 'SIGN_IN_REQUIRED']);
  });
});
