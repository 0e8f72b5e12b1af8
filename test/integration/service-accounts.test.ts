import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountContract } from '#contract/account/index.ts';
import { claimCodes, lebAsia, lebEurope, lebGlobal } from '#simulator/sample.ts';
import { anonymous, eventually, mails, openStage, sampleClient, signedIn, type ServiceStage } from './service-stage.ts';

let stage: ServiceStage;

beforeAll(async () => {
  stage = await openStage({ webhooks: false });
});
afterAll(async () => {
  await stage.close();
});

test('the trial describes itself and offers an account with the lines of the carrier', async () => {
  const description = await anonymous(stage.service.url).service.describe();
  expect(description).toMatchObject({ trial: true, supportEmail: 'support@leb.example', paymentMethods: ['card', 'paypal'] });
  const client = await sampleClient(stage.service.url);
  const lines = await client.lines.list();
  expect(lines.map((line) => line.iccid).sort()).toEqual([lebEurope.iccid, lebGlobal.iccid].sort());
  expect(lines.find((line) => line.iccid === lebEurope.iccid)).toMatchObject({
    msisdn: lebEurope.msisdn,
    plan: { planId: 'leb-europe-20', name: 'Europe 20' },
    state: 'active',
    data: { total: 20_000_000_000, unlimited: false },
  });
  const [line] = lines;
  const { options, promotions } = await client.lines.options({ lineId: line?.lineId ?? '' });
  expect(options.map((option) => option.period)).toEqual(['month', 'quarter', 'year']);
  expect(promotions.map((promotion) => promotion.code)).toEqual(['QUARTER10', 'YEAR5']);
});

test('register by e-mail or phone, sign in, sign out', async () => {
  const open = anonymous(stage.service.url);
  const opened = await open.accounts.register({ login: 'New@Leb.example', password: 'quiet river stone', language: 'zh-CN' });
  expect(opened.account).toMatchObject({ email: 'new@leb.example', phone: null, language: 'zh-CN' });
  const byPhone = await open.accounts.register({ login: '+44 7700 900555', password: 'quiet river stone', language: 'en' });
  expect(byPhone.account).toMatchObject({ email: null, phone: '+447700900555' });

  const client = await signedIn(stage.service.url, 'new@leb.EXAMPLE', 'quiet river stone');
  expect((await client.accounts.show()).accountId).toBe(opened.account.accountId);
  await client.sessions.signOut();
  await expect(client.accounts.show()).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' });
  await expect(open.accounts.show()).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' });
  await expect(open.accounts.register({ login: 'other@leb.example', password: 'password1', language: 'en' })).rejects.toMatchObject({
    code: 'PASSWORD_WEAK',
    details: { reason: 'common' },
  });
  await expect(open.accounts.register({ login: 'nobody', password: 'quiet river stone', language: 'en' })).rejects.toMatchObject({
    code: 'LOGIN_INVALID',
  });
});

function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'none',
    (error: unknown) => error,
  );
}

test('nobody learns whether an account exists', async () => {
  const open = anonymous(stage.service.url);
  await open.accounts.register({ login: 'known@leb.example', password: 'quiet river stone', language: 'en' });
  const known = await failure(open.sessions.signIn({ login: 'known@leb.example', password: 'wrong' }));
  const unknown = await failure(open.sessions.signIn({ login: 'unknown@leb.example', password: 'wrong' }));
  const taken = await failure(open.accounts.register({ login: 'known@leb.example', password: 'another good one', language: 'en' }));
  for (const error of [known, unknown, taken]) expect(error).toMatchObject({ code: 'CREDENTIALS_WRONG', details: {} });
  // With the right password, registering again is signing in.
  const again = await open.accounts.register({ login: 'known@leb.example', password: 'quiet river stone', language: 'zh-CN' });
  expect(again.account).toMatchObject({ email: 'known@leb.example', language: 'en' });
  expect(await open.passwordResets.request({ login: 'known@leb.example', language: 'en' })).toEqual(
    await open.passwordResets.request({ login: 'unknown@leb.example', language: 'en' }),
  );
});

test('guessing is stopped, for the guesser and not for others', async () => {
  const open = anonymous(stage.service.url);
  await open.accounts.register({ login: 'guessed@leb.example', password: 'quiet river stone', language: 'en' });
  const codes = await Promise.all(
    Array.from({ length: 14 }, (_, index) =>
      open.sessions.signIn({ login: 'guessed@leb.example', password: `guess ${index}` }).then(
        () => 'in',
        (error: { readonly code: string }) => error.code,
      ),
    ),
  );
  expect(codes.filter((code) => code === 'CREDENTIALS_WRONG').length).toBe(10);
  expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS').length).toBe(4);
  await expect(open.sessions.signIn({ login: 'guessed@leb.example', password: 'quiet river stone' })).rejects.toMatchObject({
    code: 'TOO_MANY_ATTEMPTS',
  });
  await expect(sampleClient(stage.service.url)).resolves.toBeDefined();
});

test('a forgotten password: mailed link, page without script, once, and every session ends', async () => {
  const open = anonymous(stage.service.url);
  await open.accounts.register({ login: 'forgetful@leb.example', password: 'quiet river stone', language: 'en' });
  const client = await signedIn(stage.service.url, 'forgetful@leb.example', 'quiet river stone');
  await open.passwordResets.request({ login: 'Forgetful@leb.example', language: 'zh-CN' });
  const letter = await eventually(
    'the letter',
    async () => (await mails(stage.bench)).find(({ to, text }) => to.includes('forgetful@leb.example') && /token=/.test(text)) ?? null,
  );
  expect(letter.subject).toBe('设置新密码');
  const link = /http:\S+/.exec(letter.text)?.[0] ?? '';
  const token = new URL(link).searchParams.get('token') ?? '';

  for (let look = 0; look < 2; look++) {
    const page = await fetch(link, { headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' } });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    const html = await page.text();
    expect(html).toContain('lang="zh-CN"');
    expect(html).not.toMatch(/<script|style=|onclick/);
  }
  const post = (password: string): Promise<Response> =>
    fetch(`${stage.service.url}/reset-password`, { method: 'POST', body: new URLSearchParams({ token, password }) });
  expect((await post('short')).status).toBe(422);
  expect((await post('a new quiet river')).status).toBe(200);
  expect((await post('a new quiet river')).status).toBe(410);
  expect((await fetch(link)).status).toBe(410);
  await expect(client.accounts.show()).rejects.toMatchObject({ code: 'SIGN_IN_REQUIRED' });
  await expect(open.passwordResets.redeem({ token, password: 'a new quiet river' })).rejects.toMatchObject({ code: 'RESET_LINK_INVALID' });
  await signedIn(stage.service.url, 'forgetful@leb.example', 'a new quiet river');
  await eventually(
    'the notice',
    async () => (await mails(stage.bench)).find((mail) => mail.subject === 'Your password was changed') ?? null,
  );
});

test('a line is claimed by its code, and belongs to one account', async () => {
  const open = anonymous(stage.service.url);
  await open.accounts.register({ login: 'asia@leb.example', password: 'quiet river stone', language: 'en' });
  const client = await signedIn(stage.service.url, 'asia@leb.example', 'quiet river stone');
  await expect(client.lines.claim({ iccid: lebAsia.iccid, claimCode: 'WRONG-1' })).rejects.toMatchObject({ code: 'LINE_CLAIM_REFUSED' });
  const line = await client.lines.claim({ iccid: lebAsia.iccid, claimCode: claimCodes[lebAsia.iccid] ?? '' });
  expect(line).toMatchObject({ iccid: lebAsia.iccid, nickname: null, plan: { planId: 'leb-asia-10' } });
  expect((await client.lines.rename({ lineId: line.lineId, nickname: 'Tokyo' })).nickname).toBe('Tokyo');
  const other = await sampleClient(stage.service.url);
  await expect(other.lines.claim({ iccid: lebAsia.iccid, claimCode: claimCodes[lebAsia.iccid] ?? '' })).rejects.toMatchObject({
    code: 'LINE_CLAIM_REFUSED',
  });
  await expect(other.lines.options({ lineId: line.lineId })).rejects.toMatchObject({ code: 'LINE_UNKNOWN' });
});

test('a request for help reaches the provider, with whom to answer', async () => {
  const client = await sampleClient(stage.service.url);
  const [line] = await client.lines.list();
  const request = await client.support.create({ subject: 'plan', text: 'No plan fits <me>.', lineId: line?.lineId ?? null, orderId: null });
  expect(request).toMatchObject({ answerTo: 'sample@leb.example' });
  const letter = await eventually(
    'the letter',
    async () => (await mails(stage.bench)).find((mail) => mail.subject.includes(request.number)) ?? null,
  );
  expect(letter.to).toEqual(['support@leb.example']);
  expect(letter.text).toContain('No plan fits <me>.');
  expect(letter.html).not.toContain('<me>');
  await expect(client.support.create({ subject: 'plan', text: 'x', lineId: 'lin_of_another', orderId: null })).rejects.toMatchObject({
    code: 'LINE_UNKNOWN',
  });
});

test('the OpenAPI document names every procedure; strange requests get an answer of the table', async () => {
  const document = (await (await fetch(`${stage.service.url}/openapi.json`)).json()) as { paths: Record<string, object> };
  const operations = Object.values(document.paths).flatMap((path) => Object.keys(path));
  expect(operations).toHaveLength(Object.values(accountContract).flatMap((group) => Object.keys(group)).length);

  const ask = async (path: string, init: RequestInit = {}): Promise<{ status: number; code: unknown }> => {
    const response = await fetch(`${stage.service.url}${path}`, init);
    const body = (await response.json()) as { code?: unknown };
    return { status: response.status, code: body.code };
  };
  const json = { 'content-type': 'application/json' };
  expect(await ask('/v1/nothing')).toEqual({ status: 404, code: 'INPUT_INVALID' });
  expect(await ask('/v1/sessions', { method: 'POST', headers: json, body: '{' })).toEqual({ status: 400, code: 'INPUT_INVALID' });
  expect(await ask('/v1/sessions', { method: 'POST', headers: json, body: '{"login":1}' })).toEqual({ status: 400, code: 'INPUT_INVALID' });
  expect(await ask('/v1/sessions', { method: 'POST', headers: json, body: `"${'x'.repeat(70_000)}"` })).toMatchObject({
    code: 'INPUT_INVALID',
  });
  expect(await ask('/v1/sessions', { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<a/>' })).toMatchObject({
    code: 'INPUT_INVALID',
  });
  expect(await ask('/readyz')).toMatchObject({ status: 200 });
});

test('half a configuration is refused with one line for each problem', async () => {
  const child = spawn(process.execPath, ['service/index.ts'], { env: { PATH: process.env['PATH'], LEB_TRIAL: '1' }, stdio: 'pipe' });
  let errors = '';
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  expect((await once(child, 'close'))[0]).toBe(2);
  expect(output).toBe('');
  expect(errors.trim().split('\n')).toHaveLength(6);
});
