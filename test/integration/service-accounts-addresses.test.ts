import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { account, addressCode } from '#contract/account/index.ts';
import { claimCodes, lebAsia } from '#simulator/sample.ts';
import {
  anonymous,
  eventually,
  mails,
  onPostgres,
  openStage,
  registered,
  sampleClient,
  signedIn,
  texts,
  type ServiceStage,
} from './service-stage.ts';
import { dataOf, errorOf, runLeb } from './support/run-leb.ts';

/** The addresses of an account: verified and changed by a code, without telling who else is registered. */
const password = 'quiet river stone';
let stage: ServiceStage;
let url = '';

beforeAll(async () => {
  stage = await openStage({ webhooks: false });
  ({ url } = stage.service);
});
afterAll(async () => {
  await stage.close();
});

const refused = (code: string) => expect.objectContaining({ code });
const lettersTo = async (address: string) => (await mails(stage.bench)).filter(({ to }) => to.includes(address));
const codeIn = (text: string): string => /\b\d{6}\b/.exec(text)?.[0] ?? '';

/** The code in the letter number `count` to an address. */
function codeOf(address: string, count = 1): Promise<string> {
  return eventually(`code ${count} to ${address}`, async () => {
    const codes = (await lettersTo(address)).filter(({ subject }) => subject === 'Confirm your address').map(({ text }) => codeIn(text));
    return codes[count - 1] ?? null;
  });
}

/** A code that is not this one. */
const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('an address', () => {
  it('is verified after registration by the code that was mailed, within five tries', async () => {
    const { client, account } = await registered(url, 'fresh@leb.example', password);
    expect(account).toMatchObject({ emailVerified: false, phoneVerified: false });
    const code = await codeOf('fresh@leb.example');
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      await expect(client.addresses.confirm({ code: wrong(code) })).rejects.toMatchObject({
        code: 'ADDRESS_CODE_WRONG',
        details: { triesLeft },
      });
    }
    await expect(client.addresses.confirm({ code })).rejects.toEqual(refused('ADDRESS_CODE_WRONG'));
    expect(await client.addresses.verify({ kind: 'email' })).toEqual({ kind: 'email', validMinutes: 10 });
    const second = await codeOf('fresh@leb.example', 2);
    expect(await client.addresses.confirm({ code: second })).toMatchObject({ email: 'fresh@leb.example', emailVerified: true });
    await expect(client.addresses.confirm({ code: second })).rejects.toEqual(refused('ADDRESS_CODE_WRONG'));
    await expect(client.addresses.verify({ kind: 'phone' })).rejects.toEqual(refused('INPUT_INVALID'));
    // The codes of an hour are numbered: two are gone.
    for (let index = 0; index < 4; index++) await client.addresses.verify({ kind: 'email' });
    await expect(client.addresses.verify({ kind: 'email' })).rejects.toEqual(refused('TOO_MANY_ATTEMPTS'));
  });

  it('is changed with the password and the code, not before; the former one is told and opens nothing any more', async () => {
    const { client } = await registered(url, 'before@leb.example', password);
    const other = await registered(url, 'bystander@leb.example', password);
    await expect(client.addresses.change({ address: 'after@leb.example', password: 'not it' })).rejects.toEqual(refused('PASSWORD_WRONG'));
    await expect(client.addresses.change({ address: 'nonsense', password })).rejects.toEqual(refused('LOGIN_INVALID'));
    await client.addresses.change({ address: 'After@leb.example', password });
    const code = await codeOf('after@leb.example');
    expect((await client.accounts.show()).email).toBe('before@leb.example');
    await expect(signedIn(url, 'after@leb.example', password)).rejects.toEqual(refused('CREDENTIALS_WRONG'));
    // The code belongs to the account that asked for it.
    await expect(other.client.addresses.confirm({ code })).rejects.toEqual(refused('ADDRESS_CODE_WRONG'));
    await anonymous(url).passwordResets.request({ login: 'before@leb.example', language: 'en' });
    const link = await eventually('the link', async () => {
      const [letter] = (await lettersTo('before@leb.example')).filter(({ text }) => /token=/.test(text));
      return letter === undefined ? null : (/http:\S+/.exec(letter.text)?.[0] ?? null);
    });
    expect(await client.addresses.confirm({ code })).toMatchObject({ email: 'after@leb.example', emailVerified: true });
    expect((await fetch(link)).status).toBe(410);
    const told = await eventually(
      'the former address is told',
      async () =>
        (await lettersTo('before@leb.example')).find(({ subject }) => /address of your account was changed/.test(subject)) ?? null,
    );
    expect(told.text).toContain('a••••@leb.example');
    await signedIn(url, 'after@leb.example', password);
    await expect(signedIn(url, 'before@leb.example', password)).rejects.toEqual(refused('CREDENTIALS_WRONG'));
  });

  it('of somebody else is answered for alike; its holder reads of it, and no code is told', async () => {
    await registered(url, 'taken@leb.example', password);
    const { client } = await registered(url, 'wants@leb.example', password);
    const free = await client.addresses.change({ address: 'free@leb.example', password });
    expect(await client.addresses.change({ address: 'taken@leb.example', password })).toEqual(free);
    const letter = await eventually(
      'the letter to its holder',
      async () => (await lettersTo('taken@leb.example')).find(({ subject }) => /in use already/.test(subject)) ?? null,
    );
    expect(codeIn(letter.text)).toBe('');
    await expect(client.addresses.confirm({ code: '000000' })).rejects.toMatchObject({
      code: 'ADDRESS_CODE_WRONG',
      details: { triesLeft: 4 },
    });
    expect((await client.accounts.show()).email).toBe('wants@leb.example');
  });

  it('that is a number is one of the lines of the account, and gets the code by message', async () => {
    const { client } = await registered(url, 'number@leb.example', password);
    await expect(client.addresses.change({ address: lebAsia.msisdn, password })).rejects.toEqual(refused('ADDRESS_UNREACHABLE'));
    await client.lines.claim({ iccid: lebAsia.iccid, claimCode: claimCodes[lebAsia.iccid] ?? '' });
    expect(await client.addresses.change({ address: lebAsia.msisdn, password })).toMatchObject({ kind: 'phone' });
    const message = await eventually('the message', async () => (await texts(stage.bench)).find(({ to }) => to === lebAsia.msisdn) ?? null);
    expect(await client.addresses.confirm({ code: codeIn(message.text) })).toMatchObject({
      email: 'number@leb.example',
      phone: lebAsia.msisdn,
      phoneVerified: true,
    });
    await eventually(
      'the mailbox is told',
      async () => (await lettersTo('number@leb.example')).find(({ text }) => /phone number of your LEB account/.test(text)) ?? null,
    );
    await signedIn(url, lebAsia.msisdn, password);
    // Under its own name at the carrier, whatever the account is called now.
    await client.addresses.change({ address: 'renamed@leb.example', password });
    await client.addresses.confirm({ code: await codeOf('renamed@leb.example') });
    await client.lines.claim({ iccid: lebAsia.iccid, claimCode: claimCodes[lebAsia.iccid] ?? '' });
  });

  it('cannot be taken along by somebody whose session the new password ended', async () => {
    const { client } = await registered(url, 'wary@leb.example', password);
    await client.addresses.change({ address: 'thief@leb.example', password });
    const code = await codeOf('thief@leb.example');
    const { token } = await client.accounts.changePassword({ currentPassword: password, newPassword: 'a wide green harbour' });
    expect(token).not.toBe('');
    const again = await signedIn(url, 'wary@leb.example', 'a wide green harbour');
    await expect(again.addresses.confirm({ code })).rejects.toEqual(refused('ADDRESS_CODE_WRONG'));
  });

  it('of the sample account stays', async () => {
    const client = await sampleClient(url);
    expect(await client.accounts.show()).toMatchObject({ emailVerified: true });
    await expect(client.addresses.change({ address: 'mine@leb.example', password })).rejects.toEqual(refused('SAMPLE_ACCOUNT'));
  });
});

it('the language of letters follows the application until the person chooses one', async () => {
  const { client } = await registered(url, 'letters@leb.example', password);
  expect(await client.accounts.update({ language: 'zh-CN' })).toMatchObject({ language: 'zh-CN', languageFollows: true });
  expect(await client.accounts.update({ language: 'en', languageFollows: false })).toMatchObject({
    language: 'en',
    languageFollows: false,
  });
  expect(await client.accounts.update({ language: 'zh-CN' })).toMatchObject({ language: 'en', languageFollows: false });
  expect(await client.accounts.update({ language: 'zh-CN', languageFollows: true })).toMatchObject({ language: 'zh-CN' });
  await client.addresses.verify({ kind: 'email' });
  await eventually(
    'a Chinese letter',
    async () => (await lettersTo('letters@leb.example')).find(({ subject }) => subject === '确认您的地址') ?? null,
  );
});

// The terminal does not see which database the service has.
describe.skipIf(onPostgres)('leb account', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'leb-cli-addresses-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  const leb = (argv: readonly string[], input = '') =>
    runLeb(['--json', 'account', ...argv], { dataDir, environment: { LEB_ACCOUNT_SERVICE_URL: url }, input });
  const changed = z.object({ account });

  it('verifies and changes an address, and keeps a chosen language of letters', async () => {
    dataOf(await leb(['register', 'shell@leb.example', '--password-stdin'], password), z.object({ state: z.literal('signedIn') }));
    const first = await codeOf('shell@leb.example');
    expect(dataOf(await leb(['confirm-address', first]), changed).account.emailVerified).toBe(true);
    const bad = await leb(['confirm-address', first]);
    expect([bad.status, errorOf(bad).code]).toEqual([4, 'ADDRESS_CODE_WRONG']);
    expect((await leb(['verify-address', 'pigeon'])).status).toBe(2);
    const sent = await leb(['change-address', 'console@leb.example', '--password-stdin'], password);
    expect(dataOf(sent, addressCode).kind).toBe('email');
    expect(dataOf(await leb(['confirm-address', await codeOf('console@leb.example')]), changed).account.email).toBe('console@leb.example');
    expect(dataOf(await leb(['mail-language', 'zh-CN']), changed).account).toMatchObject({ language: 'zh-CN', languageFollows: false });
    // The terminal is English, and reading the account leaves the choice alone.
    expect(dataOf(await leb(['show']), changed).account.language).toBe('zh-CN');
  });
});
