import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemorySecretStore } from '#core/secrets/login-session-secret-store.ts';
import type { ChildProcess, Shell } from '#core/ports.ts';
import type { AccountSnapshot, Renewal } from '#contract/desk/account.ts';
import { createStartProcess } from '#headless/embedded-process.ts';
import { createVirtualHardware, type VirtualHardware } from '#simulator/hardware.ts';
import { lebAsia, lebEurope, lebGlobal } from '#simulator/sample.ts';
import { makeFolder, openApplication, removeFolder, until, type Desk, type OpenApplication } from './core-stage.ts';

/** One data folder and one set of children for the whole file: what follows happens to one customer, in this order. */
describe('an account and its renewals, with the service and the peers as processes', () => {
  let folder = '';
  let hardware: VirtualHardware;
  let application: OpenApplication;
  let desk: Desk;
  const opened: string[] = [];
  const children: { program: string; process: ChildProcess }[] = [];
  const secrets = createMemorySecretStore();

  async function open(change: Partial<Shell> = {}): Promise<OpenApplication> {
    const start = createStartProcess(folder);
    return openApplication({
      kind: 'web',
      dataDir: folder,
      secrets,
      cardTransports: [hardware.cardTransport],
      serialTransports: [hardware.serialTransport],
      startProcess(program, environment) {
        const process = start(program, environment);
        children.push({ program, process });
        return process;
      },
      openExternal(url) {
        opened.push(url);
        return Promise.resolve(true);
      },
      ...change,
    });
  }

  beforeAll(async () => {
    folder = await makeFolder();
    hardware = createVirtualHardware({ stateDir: null, timeScale: 0.05 });
    application = await open();
    ({ desk } = application);
  });
  afterAll(async () => {
    await application.close();
    hardware.close();
    await removeFolder(folder);
  });

  const signedIn = (fits: (snapshot: AccountSnapshot) => boolean = () => true) =>
    until(desk.account.watch(), (snapshot) => snapshot.state === 'signedIn' && snapshot.asOf !== null && fits(snapshot));
  const renewalIn = (orderId: string, fits: (renewal: Renewal) => boolean) => until(desk.renewal.watch({ orderId }), fits);

  async function lineOf(iccid: string) {
    const { lines } = await signedIn();
    const line = lines.find((candidate) => candidate.iccid === iccid);
    if (line === undefined) throw new Error('the sample line is not there');
    return line;
  }

  async function startRenewal(iccid: string, period: 'month' | 'quarter') {
    const line = await lineOf(iccid);
    const quote = await desk.renewal.quote({ lineId: line.lineId, planId: line.plan.planId, period, promotionCode: null });
    const started = await desk.renewal.start({ quote });
    return { line, quote, renewal: started.renewal, opened: started.opened, url: opened.at(-1) ?? '' };
  }

  async function charges(): Promise<number> {
    const { bench } = JSON.parse(await readFile(join(folder, 'embedded.json'), 'utf8')) as { bench: { stripeUrl: string } };
    const ledger = (await (await fetch(`${bench.stripeUrl}/_bench/ledger`)).json()) as { charges: { paid?: boolean; status?: string }[] };
    return ledger.charges.filter(({ status }) => status === 'succeeded').length;
  }

  it('starts the embedded service and offers its sample account', async () => {
    const snapshot = await until(desk.account.watch(), ({ state }) => state !== 'starting');
    expect(snapshot).toMatchObject({ state: 'signedOut', problem: null, service: { trial: true } });
    await expect(desk.renewal.options({ lineId: 'any' })).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED', defined: true });
    await expect(desk.account.signIn({ login: 'sample@leb.example', password: 'wrong' })).rejects.toMatchObject({
      code: 'CREDENTIALS_WRONG',
    });
    const sample = snapshot.service?.sample;
    if (sample === null || sample === undefined) throw new Error('a trial has a sample account');
    const account = await desk.account.signIn(sample);
    expect(account.email).toBe(sample.login);
    const { lines } = await signedIn(({ lines: all }) => all.length >= 2);
    expect(lines.map(({ iccid }) => iccid).toSorted()).toEqual([lebEurope.iccid, lebGlobal.iccid].toSorted());
  });

  it('lets the service write in the language of the window', async () => {
    await desk.settings.update({ language: 'zh-CN' });
    await signedIn(({ account }) => account?.language === 'zh-CN');
    await desk.settings.update({ language: 'system' });
    await signedIn(({ account }) => account?.language === 'en');
  });

  it('takes a line into the account by its code', async () => {
    await expect(desk.account.claimLine({ iccid: lebAsia.iccid, claimCode: 'WRONG-1' })).rejects.toMatchObject({
      code: 'LINE_CLAIM_REFUSED',
    });
    const line = await desk.account.claimLine({ iccid: lebAsia.iccid, claimCode: 'ASIA-2748' });
    expect(line.iccid).toBe(lebAsia.iccid);
    await signedIn(({ lines }) => lines.some(({ lineId }) => lineId === line.lineId));
  });

  it('renews the line in the modem: declined first, then paid, verified in four proofs, charged once', async () => {
    const before = await charges();
    const { line, quote, renewal, opened: wasOpened, url } = await startRenewal(lebEurope.iccid, 'quarter');
    expect(wasOpened).toBe(true);
    expect(renewal).toMatchObject({ phase: 'waiting', pageUrl: url, order: { state: 'open' } });
    const { orderId } = renewal.order;

    await payByCard(url, '4000000000000002');
    await desk.renewal.check({ orderId });
    const failed = await renewalIn(orderId, ({ phase }) => phase === 'failed');
    expect(failed).toMatchObject({
      order: { state: 'open', lastFailure: { reason: 'declined' } },
      chain: { account: { state: 'failed' } },
    });

    const again = await desk.renewal.openPage({ orderId, fresh: true });
    expect(opened.at(-1)).toBe(again.url);
    await renewalIn(orderId, ({ phase, pageUrl }) => phase === 'waiting' && pageUrl === again.url);
    await payByCard(again.url, '4242424242424242');
    const verified = await renewalIn(
      orderId,
      ({ phase, chain }) => phase === 'verified' && Object.values(chain).every(({ state }) => state === 'proven'),
    );
    expect(verified.order.after?.validUntil).toBe(quote.newEnd);
    expect(verified.chain.account.evidence).toMatchObject({ validUntil: quote.newEnd });
    expect(verified.chain.network.evidence).toMatchObject({ operator: lebEurope.network.name, registration: 'roaming' });
    expect(verified.device).toMatchObject({ iccid: lebEurope.iccid });
    expect(await charges()).toBe(before + 1);
    await signedIn(({ lines }) => lines.find(({ lineId }) => lineId === line.lineId)?.validUntil === quote.newEnd);
  });

  it('ends the watch of a renewal that is over', async () => {
    const { orders } = await signedIn();
    const orderId = orders.find(({ state }) => state === 'verified')?.orderId ?? '';
    const seen: string[] = [];
    for await (const renewal of await desk.renewal.watch({ orderId })) seen.push(renewal.phase);
    expect(seen).toEqual(['verified']);
  });

  it('survives the end of the application between payment and verification, and opens nothing by itself', async () => {
    const { renewal, url } = await startRenewal(lebGlobal.iccid, 'month');
    const { orderId } = renewal.order;
    await payByCard(url, '5555555555554444');
    await application.close();
    const pagesBefore = opened.length;
    application = await open();
    ({ desk } = application);
    const verified = await renewalIn(orderId, ({ phase }) => phase === 'verified');
    // The line lies in the reader, where there is no network to be on.
    expect(verified.chain).toMatchObject({
      account: { state: 'proven' },
      carrier: { state: 'proven' },
      network: { state: 'notApplicable' },
    });
    await renewalIn(orderId, ({ chain }) => chain.chip.state === 'proven');
    expect(opened.length).toBe(pagesBefore);
    // The page of the payment led to this service: it is still where it was.
    expect((await signedIn()).orders.filter(({ state }) => state === 'open')).toEqual([]);
  });

  it('offers an unpaid order again after a restart, and cancels it', async () => {
    const { renewal } = await startRenewal(lebAsia.iccid, 'month');
    const { orderId, lineId } = renewal.order;
    const second = await desk.renewal.quote({ lineId, planId: renewal.order.quote.planId, period: 'quarter', promotionCode: null });
    await expect(desk.renewal.start({ quote: second })).rejects.toMatchObject({ code: 'ORDER_OPEN', data: { orderId } });
    await application.close();
    const pagesBefore = opened.length;
    application = await open();
    ({ desk } = application);
    const { orders } = await signedIn(({ orders: all }) => all.some((order) => order.orderId === orderId));
    expect(orders.find((order) => order.orderId === orderId)?.state).toBe('open');
    expect(opened.length).toBe(pagesBefore);
    expect(await desk.renewal.cancel({ orderId })).toMatchObject({ phase: 'cancelled' });
  });

  it('shares the service with a second program, and takes over when the first ends', async () => {
    const started = children.length;
    const second = await open({ kind: 'cli', cardTransports: [], serialTransports: [] });
    const snapshot = await until(second.desk.account.watch(), ({ state, asOf }) => state === 'signedIn' && asOf !== null);
    expect(snapshot.lines.length).toBeGreaterThan(0);
    expect(children.length).toBe(started);
    await application.close();
    application = second;
    ({ desk } = application);
    await until(
      (async function* () {
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 300));
          await desk.account.refresh();
          yield children.length;
        }
      })(),
      (count) => count >= started + 2,
    );
    await desk.account.refresh();
    await signedIn(({ problem }) => problem === null);
  });

  it('starts the service again when it ends', async () => {
    const service = children.findLast(({ program }) => program === 'service');
    await service?.process.stop();
    const started = children.length;
    await until(
      (async function* () {
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 300));
          yield children.length;
        }
      })(),
      (count) => count > started,
    );
    await desk.account.refresh();
    await signedIn(({ problem }) => problem === null);
  });

  it('ends the session on sign-out', async () => {
    await desk.account.signOut();
    const snapshot = await until(desk.account.watch(), ({ state }) => state === 'signedOut');
    expect(snapshot).toMatchObject({ account: null, lines: [], orders: [] });
    expect(await secrets.read('session:embedded')).toBeNull();
  });
});

/** As the person's browser does on the hosted page. */
async function payByCard(pageUrl: string, cardNumber: string): Promise<Response> {
  const form = new URLSearchParams({ number: cardNumber, expiry: '12 / 34', cvc: '123', name: 'Sample Person' });
  return fetch(`${pageUrl.replace(/[#?].*$/, '')}/card`, { method: 'POST', body: form, redirect: 'manual' });
}
