import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { line, order, serviceDescription } from '#contract/account/index.ts';
import { renewal } from '#contract/desk/account.ts';
import { lebEurope } from '#simulator/sample.ts';
import { anonymous, openStage, payByCard, type ServiceStage } from './service-stage.ts';
import { openWindowBeside } from './support/open-window-beside.ts';
import { dataOf, errorOf, runLeb, startLeb, type LebResult } from './support/run-leb.ts';

/** The command with an account: the service and its peers are real processes or servers, the person pays on the hosted page. */
const dataDir = mkdtempSync(join(tmpdir(), 'leb-cli-account-'));
let stage: ServiceStage;
let environment: Readonly<Record<string, string>>;

const leb = (...argv: readonly string[]): Promise<LebResult> => runLeb(['--json', ...argv], { dataDir, environment });
const lines = async () => dataOf(await leb('line', 'list'), z.array(line));
const renewArguments = ['--json', '--simulate', 'renew', lebEurope.msisdn, '--period', 'month'];

beforeAll(async () => {
  stage = await openStage({ webhooks: true });
  environment = { LEB_ACCOUNT_SERVICE_URL: stage.service.url };
});
afterAll(async () => {
  await stage.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('leb with an account', () => {
  it('needs somebody who is signed in, and a password that is right', async () => {
    const failed = await leb('line', 'list');
    expect([failed.status, errorOf(failed).code]).toEqual([4, 'SIGN_IN_REQUIRED']);
    const wrong = await runLeb(['--json', 'account', 'sign-in', 'sample@leb.example', '--password-stdin'], {
      dataDir,
      environment,
      input: 'not the password\n',
    });
    expect([wrong.status, errorOf(wrong).code]).toEqual([4, 'CREDENTIALS_WRONG']);
  });

  it('signs in with a password from outside its arguments, and stays signed in', async () => {
    const { sample } = await anonymous(stage.service.url).service.describe();
    if (sample === null) throw new Error('the trial has a sample account');
    const signedIn = await runLeb(['--json', 'account', 'sign-in', sample.login], {
      dataDir,
      environment: { ...environment, LEB_PASSWORD: sample.password },
    });
    expect(dataOf(signedIn, z.object({ state: z.string(), service: serviceDescription })).state).toBe('signedIn');
    expect((await lines()).map(({ msisdn }) => msisdn)).toContain(lebEurope.msisdn);
    const plans = dataOf(
      await leb('plan', 'list', lebEurope.msisdn),
      z.array(z.object({ options: z.array(z.object({ period: z.string() })) })),
    );
    expect(plans[0]?.options.map(({ period }) => period)).toEqual(expect.arrayContaining(['month', 'quarter', 'year']));
  });
});

describe('leb renew', () => {
  // With the embedded service, which alone may send the person to a page on this machine; an open window runs it.
  const own = { dataDir: mkdtempSync(join(tmpdir(), 'leb-cli-renew-')) };
  const leb = (...argv: readonly string[]): Promise<LebResult> => runLeb(['--json', ...argv], own);
  const europe = async () => dataOf(await leb('line', 'show', lebEurope.msisdn), line);
  let window: { close(): Promise<void> };
  beforeAll(async () => {
    window = await openWindowBeside(own.dataDir);
    dataOf(await leb('account', 'sign-in', '--sample'), z.object({ state: z.literal('signedIn') }));
  });
  afterAll(async () => {
    await window.close();
    rmSync(own.dataDir, { recursive: true, force: true });
  });

  it('prints the page, tells a refusal, waits for the payment, and shows what is verified', async () => {
    const before = (await europe()).validUntil ?? '';
    const running = startLeb(renewArguments, own);
    const page = addressIn(await running.untilSaid(/Pay on this page/u));
    await payByCard(page, '4000000000000002');
    expect(await running.untilSaid(/declined/u)).toBe('The bank declined the payment. Nothing was charged.');
    await payByCard(page, '4242424242424242');
    const done = dataOf(await running.ended, renewal.pick({ order: true, phase: true, chain: true }));
    expect(done.phase).toBe('verified');
    // The line's profile is enabled in the virtual modem of the bench.
    expect([done.chain.account.state, done.chain.carrier.state, done.chain.chip.state]).toEqual(['proven', 'proven', 'proven']);
    const after = (await europe()).validUntil ?? '';
    expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
    expect(after).toBe(done.order.after?.validUntil);
  });

  it('leaves the order open on Ctrl-C and says so; the order can be cancelled then', async () => {
    const running = startLeb(renewArguments, own);
    await running.untilSaid(/Waiting for your payment/u);
    running.interrupt();
    const interrupted = await running.ended;
    const { code, details } = errorOf(interrupted);
    expect([interrupted.status, code, details['state']]).toEqual([1, 'CANCELLED', 'open']);
    expect(interrupted.stderr).toContain(`Order ${String(details['number'])} stays open`);
    const [newest] = dataOf(await leb('order', 'list'), z.array(order));
    expect([newest?.orderId, newest?.state]).toEqual([details['orderId'], 'open']);
    expect(dataOf(await leb('order', 'cancel', String(details['number'])), order).state).toBe('cancelled');
  });
});

function addressIn(said: string): string {
  const address = /https?:\S+/u.exec(said)?.[0];
  if (address === undefined) throw new Error(`no address in: ${said}`);
  return address;
}
