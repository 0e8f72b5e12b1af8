import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { listenOnAir } from '#simulator/air.ts';
import { claimCodes, lebAsia, lebEurope, lebGlobal, sampleHolder } from '#simulator/sample.ts';
import { startMail } from '#simulator/mail/server.ts';
import { addMonths } from './lines.ts';
import { type CarrierOptions, startCarrier } from './server.ts';

const undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const started = Date.parse('2026-11-24T10:30:40.000Z');

async function start(options: Partial<CarrierOptions> = {}) {
  let now = started;
  const carrier = await startCarrier({ stateDir: null, now: () => now, applyAfter: 1000, ...options });
  undo.push(() => carrier.close());
  return {
    carrier,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    get: async (path: string) => call(`${carrier.url}${path}`),
    post: async (path: string, body: object) => call(`${carrier.url}${path}`, body),
  };
}

type Line = {
  planId: string;
  state: string;
  validFrom: string;
  validUntil: string;
  data: { totalBytes: number; leftBytes: number };
  voice: { leftMinutes: number };
  usagePerDay: { date: string; bytes: number }[];
  asOf: string;
};

async function call(url: string, body?: object): Promise<{ status: number; body: Record<string, unknown> & Line }> {
  const answer = await fetch(url, {
    headers: { 'Content-Type': 'application/json', Connection: 'close' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> & Line };
}

describe('calendar months', () => {
  test.each([
    ['2026-01-31T08:00:00.000Z', 1, '2026-02-28T08:00:00.000Z'],
    ['2028-01-31T08:00:00.000Z', 1, '2028-02-29T08:00:00.000Z'],
    ['2026-11-30T23:59:59.999Z', 3, '2027-02-28T23:59:59.999Z'],
    ['2028-02-29T00:00:00.000Z', 12, '2029-02-28T00:00:00.000Z'],
    ['2026-12-17T16:30:00.000Z', 12, '2027-12-17T16:30:00.000Z'],
  ])('%s plus %i is %s', (from, months, until) => {
    expect(new Date(addMonths(Date.parse(from), months)).toISOString()).toBe(until);
  });
});

test('the sample lines: one in its month, one near its end, one unclaimed', async () => {
  const { get } = await start();
  const { body } = await get(`/v1/lines?holder=${encodeURIComponent(sampleHolder.toUpperCase())}`);
  const [europe, global] = body['lines'] as Line[];
  expect(europe).toMatchObject({
    iccid: lebEurope.iccid,
    msisdn: lebEurope.msisdn,
    holder: sampleHolder,
    planId: 'leb-europe-20',
    state: 'active',
    validFrom: '2026-11-16T16:30:00.000Z',
    validUntil: '2026-12-17T16:30:00.000Z',
    data: { totalBytes: 20_000_000_000, leftBytes: 13_800_000_000 },
    voice: { totalMinutes: 100 },
    asOf: '2026-11-24T10:30:00.000Z',
  });
  expect(europe?.usagePerDay.map((entry) => entry.date)).toEqual([17, 18, 19, 20, 21, 22, 23, 24].map((day) => `2026-11-${day}`));
  expect(europe?.usagePerDay.reduce((sum, entry) => sum + entry.bytes, 0)).toBe(6_200_000_000);
  expect(global).toMatchObject({ iccid: lebGlobal.iccid, planId: 'leb-global-5', validUntil: '2026-11-27T12:30:00.000Z' });
  expect((global?.data.leftBytes ?? 1) / (global?.data.totalBytes ?? 1)).toBeLessThan(0.1);
  expect((await get(`/v1/lines/${lebAsia.iccid}`)).body).toMatchObject({ holder: null, usagePerDay: [] });
  expect((await get('/v1/lines/8900000000000000000')).status).toBe(404);
  expect((await get('/v1/lines')).status).toBe(400);
  expect((await get('/v1/plans')).body['plans']).toHaveLength(3);
});

test('a line is claimed by its code, by one holder, until that one gives it up', async () => {
  const { carrier, get, post } = await start();
  const path = `/v1/lines/${lebAsia.iccid}/claims`;
  const claimCode = claimCodes[lebAsia.iccid] ?? '';
  expect((await post(path, { claimCode: 'ASIA-0000', holder: 'a@leb.example' })).status).toBe(403);
  expect(await post(path, { claimCode, holder: 'a@leb.example' })).toMatchObject({ status: 200, body: { holder: 'a@leb.example' } });
  expect((await post(path, { claimCode, holder: 'A@leb.example' })).status).toBe(200);
  expect((await post(path, { claimCode, holder: 'b@leb.example' })).status).toBe(403);
  expect((await post(`/v1/lines/${lebEurope.iccid}/claims`, { claimCode, holder: 'b@leb.example' })).status).toBe(403);
  expect((await get('/v1/lines?holder=b@leb.example')).body['lines']).toEqual([]);
  const release = async (holder: string) => (await fetch(`${carrier.url}${path}?holder=${holder}`, { method: 'DELETE' })).status;
  expect(await release('b@leb.example')).toBe(204);
  expect((await post(path, { claimCode, holder: 'b@leb.example' })).status).toBe(403);
  expect(await release('A@leb.example')).toBe(204);
  expect(await post(path, { claimCode, holder: 'b@leb.example' })).toMatchObject({ status: 200, body: { holder: 'b@leb.example' } });
});

describe('renewals', () => {
  const renewal = { key: 'ord_1', iccid: lebEurope.iccid, planId: 'leb-europe-20', months: 3 };

  test('accepted, then applied from the present end, with three months of allowances', async () => {
    const { get, post, pass } = await start();
    const accepted = await post('/v1/renewals', renewal);
    expect(accepted).toMatchObject({ status: 201, body: { state: 'accepted', appliedAt: null, validUntil: '2027-03-17T16:30:00.000Z' } });
    expect((await get(`/v1/lines/${lebEurope.iccid}`)).body.validUntil).toBe('2026-12-17T16:30:00.000Z');
    pass(1000);
    expect((await get(`/v1/lines/${lebEurope.iccid}`)).body).toMatchObject({
      validUntil: '2027-03-17T16:30:00.000Z',
      data: { totalBytes: 80_000_000_000, leftBytes: 73_800_000_000 },
      voice: { leftMinutes: 362 },
    });
    expect((await get('/v1/renewals?key=ord_1')).body).toMatchObject({ state: 'applied', appliedAt: '2026-11-24T10:30:41.000Z' });
    expect((await get('/v1/renewals?key=ord_2')).status).toBe(404);
  });

  test('the same key never renews twice; another order with it is refused', async () => {
    const { get, post, pass } = await start();
    const first = await post('/v1/renewals', renewal);
    pass(1000);
    const again = await post('/v1/renewals', renewal);
    expect(again.status).toBe(200);
    expect(again.body['renewalId']).toBe(first.body['renewalId']);
    expect((await post('/v1/renewals', { ...renewal, months: 12 })).status).toBe(409);
    pass(5000);
    expect((await get(`/v1/lines/${lebEurope.iccid}`)).body.validUntil).toBe('2027-03-17T16:30:00.000Z');
  });

  test('two that wait at once add up, each as promised', async () => {
    const { get, post, pass } = await start();
    await post('/v1/renewals', renewal);
    const second = await post('/v1/renewals', { ...renewal, key: 'ord_2', months: 1 });
    expect(second.body.validUntil).toBe('2027-04-17T16:30:00.000Z');
    pass(2000);
    expect((await get(`/v1/lines/${lebEurope.iccid}`)).body.validUntil).toBe('2027-04-17T16:30:00.000Z');
  });

  test('an ended line starts anew, without what was left', async () => {
    const { get, post, pass } = await start();
    pass(4 * 86_400_000);
    expect((await get(`/v1/lines/${lebGlobal.iccid}`)).body.state).toBe('expired');
    await post('/v1/renewals', { key: 'ord_3', iccid: lebGlobal.iccid, planId: 'leb-global-5', months: 1 });
    pass(1000);
    expect((await get(`/v1/lines/${lebGlobal.iccid}`)).body).toMatchObject({
      state: 'active',
      validFrom: '2026-11-28T10:30:41.000Z',
      validUntil: '2026-12-28T10:30:41.000Z',
      data: { totalBytes: 5_000_000_000, leftBytes: 5_000_000_000 },
    });
  });

  test.each([
    [{ iccid: '8900000000000000000' }, 404],
    [{ planId: 'leb-moon-1' }, 422],
    [{ months: 0 }, 400],
    [{ months: 1.5 }, 400],
    [{ surprise: true }, 400],
  ])('%j is refused with %i', async (wrong, status) => {
    const { post } = await start();
    expect((await post('/v1/renewals', { ...renewal, ...wrong })).status).toBe(status);
  });

  test('a suspended line is not renewed', async () => {
    const { post } = await start();
    expect((await post(`/_bench/lines/${lebEurope.iccid}`, { suspended: true })).body.state).toBe('suspended');
    expect((await post('/v1/renewals', renewal)).status).toBe(409);
  });

  test('accepted before a restart, applied after it; the lines are not told anew', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'leb-carrier-'));
    undo.push(() => rmSync(stateDir, { recursive: true, force: true }));
    const before = await startCarrier({ stateDir, now: () => started });
    await call(`${before.url}/v1/renewals`, renewal);
    await before.close();
    const after = await start({ stateDir, now: () => started + 86_400_000 });
    expect(after.carrier.url).toBe(before.url);
    expect((await after.get(`/v1/lines/${lebEurope.iccid}`)).body).toMatchObject({
      validUntil: '2027-03-17T16:30:00.000Z',
      validFrom: '2026-11-16T16:30:00.000Z',
    });
  });
});

test('a text message reaches the inbox and the air once', async () => {
  const mail = await startMail({ stateDir: null });
  undo.push(() => mail.close());
  const airDir = mkdtempSync(join(tmpdir(), 'leb-air-'));
  undo.push(() => rmSync(airDir, { recursive: true }));
  const { post } = await start({ smsUrl: `${mail.inboxUrl}/sms`, airDir });
  const message = { key: 'ord_1:sms', iccid: lebEurope.iccid, text: 'Renewed until 17 March 2027.' };
  expect((await post('/v1/messages', message)).status).toBe(202);
  expect((await post('/v1/messages', message)).status).toBe(202);
  const inbox = async () => (await call(`${mail.inboxUrl}/sms`)).body as unknown as { to: string; text: string }[];
  await expect.poll(inbox, { timeout: 8000 }).toMatchObject([{ to: lebEurope.msisdn, text: message.text }]);
  const heard: unknown[] = [];
  const listener = listenOnAir(airDir, (text) => heard.push(text) > 0);
  await expect.poll(() => heard, { timeout: 8000 }).toEqual([{ from: 'LEB', to: lebEurope.msisdn, text: message.text }]);
  listener.close();
});
