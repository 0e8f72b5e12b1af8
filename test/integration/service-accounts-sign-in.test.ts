import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sessionEntry } from '#contract/account/index.ts';
import { createMemorySecretStore } from '#core/secrets/login-session-secret-store.ts';
import { makeFolder, openApplication, removeFolder, until, type OpenApplication } from './core-stage.ts';
import {
  anonymous,
  eventually,
  mails,
  onPostgres,
  openStage,
  registered,
  sampleClient,
  signedIn,
  withToken,
  type ServiceStage,
} from './service-stage.ts';
import { dataOf, errorOf, runLeb } from './support/run-leb.ts';

/** The password of an account and the places where it is signed in: at the service, in the application, in the terminal. */
const password = 'quiet river stone';
const next = 'a wide green harbour';
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

describe('a changed password', () => {
  it('asks for the present one, ends every other session and gives this one a new token', async () => {
    const { client, token } = await registered(url, 'changes@leb.example', password);
    const other = await signedIn(url, 'changes@leb.example', password);
    await expect(client.accounts.changePassword({ currentPassword: 'not it', newPassword: next })).rejects.toEqual(
      refused('PASSWORD_WRONG'),
    );
    await expect(client.accounts.changePassword({ currentPassword: password, newPassword: 'short' })).rejects.toEqual(
      refused('PASSWORD_WEAK'),
    );
    await expect(client.accounts.changePassword({ currentPassword: password, newPassword: 'CHANGES@leb.example' })).rejects.toMatchObject({
      code: 'PASSWORD_WEAK',
      details: { reason: 'login' },
    });
    await client.accounts.show();

    const session = await client.accounts.changePassword({ currentPassword: password, newPassword: next });
    expect(session.account.email).toBe('changes@leb.example');
    expect(session.token).not.toBe(token);
    await expect(client.accounts.show()).rejects.toEqual(refused('SIGN_IN_REQUIRED'));
    await expect(other.accounts.show()).rejects.toEqual(refused('SIGN_IN_REQUIRED'));
    expect((await withToken(url, session.token).accounts.show()).accountId).toBe(session.account.accountId);
    await expect(signedIn(url, 'changes@leb.example', password)).rejects.toEqual(refused('CREDENTIALS_WRONG'));
    await signedIn(url, 'changes@leb.example', next);
    const letter = await eventually(
      'the notice',
      async () =>
        (await mails(stage.bench)).find(({ to, subject }) => to.includes('changes@leb.example') && /password was changed/.test(subject)) ??
        null,
    );
    expect(letter.text).toContain('stays signed in');
  });

  it('makes a link for a forgotten one worthless', async () => {
    const { client } = await registered(url, 'remembers@leb.example', password);
    await anonymous(url).passwordResets.request({ login: 'remembers@leb.example', language: 'en' });
    const letter = await eventually(
      'the link',
      async () => (await mails(stage.bench)).find(({ to, text }) => to.includes('remembers@leb.example') && /token=/.test(text)) ?? null,
    );
    const link = /http:\S+/.exec(letter.text)?.[0] ?? '';
    expect((await fetch(link)).status).toBe(200);
    await client.accounts.changePassword({ currentPassword: password, newPassword: next });
    expect((await fetch(link)).status).toBe(410);
  });

  it('is not guessed by somebody at a session that was left open', async () => {
    const { client } = await registered(url, 'left-open@leb.example', password);
    const codes = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        client.accounts.changePassword({ currentPassword: `guess ${index}`, newPassword: next }).then(
          () => 'changed',
          (error: { readonly code: string }) => error.code,
        ),
      ),
    );
    expect(codes.filter((code) => code === 'PASSWORD_WRONG')).toHaveLength(10);
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(2);
  });

  it('of two at once one wins, and no session of the former password survives', async () => {
    const { client } = await registered(url, 'twice@leb.example', password);
    const changes = ['first new password', 'second new password'].map((newPassword) =>
      client.accounts.changePassword({ currentPassword: password, newPassword }),
    );
    const signIns = Array.from({ length: 4 }, () => anonymous(url).sessions.signIn({ login: 'twice@leb.example', password }));
    const [done] = await Promise.all([Promise.allSettled(changes), Promise.allSettled(signIns)]);
    const [won] = done.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(done.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await withToken(url, won?.token ?? '').sessions.list()).toHaveLength(1);
  });

  it('leaves the sample account of the trial as it is', async () => {
    const client = await sampleClient(url);
    await expect(client.accounts.changePassword({ currentPassword: 'harbour-lantern-26', newPassword: next })).rejects.toEqual(
      refused('SAMPLE_ACCOUNT'),
    );
  });
});

describe('sessions', () => {
  it('are listed by what they are, and ended one by one or all but this one', async () => {
    const { client } = await registered(url, 'everywhere@leb.example', password, { shell: 'electron', platform: 'linux' });
    const stranger = await registered(url, 'stranger@leb.example', password);
    const open = async (program: { shell: string; platform: string }) =>
      (await withToken(url, '-', program).sessions.signIn({ login: 'everywhere@leb.example', password })).token;
    const web = await open({ shell: 'web', platform: 'win32' });
    await open({ shell: '<b>evil</b>', platform: 'x' });
    const sessions = await client.sessions.list();
    expect(sessions.map(({ shell, platform, current }) => [shell, platform, current])).toEqual([
      [null, null, true], // registration itself came without a name
      [null, null, false],
      ['web', 'win32', false],
    ]);
    const ofWeb = sessions[2]?.sessionId ?? '';
    await stranger.client.sessions.end({ sessionId: ofWeb });
    await withToken(url, web).accounts.show();
    await client.sessions.end({ sessionId: ofWeb });
    await client.sessions.end({ sessionId: ofWeb });
    await expect(withToken(url, web).accounts.show()).rejects.toEqual(refused('SIGN_IN_REQUIRED'));
    expect(await client.sessions.endOthers()).toEqual({ ended: 1 });
    expect((await client.sessions.list()).map(({ current }) => current)).toEqual([true]);
    await stranger.client.accounts.show();
  });
});

describe('in the application', () => {
  let folder = '';
  const opened: OpenApplication[] = [];
  const secrets = createMemorySecretStore();
  const open = async (store = createMemorySecretStore()): Promise<OpenApplication['desk']> => {
    const application = await openApplication({ kind: 'web', dataDir: folder, accountServiceUrl: url, secrets: store });
    opened.push(application);
    return application.desk;
  };
  beforeAll(async () => {
    folder = await makeFolder();
  });
  afterAll(async () => {
    for (const application of opened) await application.close();
    await removeFolder(folder);
  });

  it('the one that changes the password stays signed in, and so does another on this computer; a third is signed out', async () => {
    const desk = await open(secrets);
    await desk.account.register({ login: 'desk@leb.example', password });
    const same = await open(secrets);
    await until(same.account.watch(), ({ state, asOf }) => state === 'signedIn' && asOf !== null);
    const elsewhere = await open();
    await elsewhere.account.signIn({ login: 'desk@leb.example', password });
    expect((await desk.account.sessions()).map(({ shell, current }) => [shell, current])).toEqual([
      ['web', true],
      ['web', false],
    ]);

    const states: string[] = [];
    const ended = new AbortController();
    const watching = (async () => {
      for await (const { state } of await desk.account.watch(undefined, { signal: ended.signal })) states.push(state);
    })().catch(() => undefined);
    // Readings overlap the change: none of them may take the dead token for the end of the session.
    const refreshing = Promise.all(Array.from({ length: 5 }, () => desk.account.refresh()));
    await desk.account.changePassword({ currentPassword: password, newPassword: next });
    await refreshing;
    await desk.account.refresh();
    ended.abort();
    await watching;
    expect(new Set(states)).toEqual(new Set(['signedIn']));

    await same.account.refresh();
    expect(await same.account.sessions()).toHaveLength(1);
    await elsewhere.account.refresh();
    await until(elsewhere.account.watch(), ({ state }) => state === 'signedOut');
    await desk.account.refresh();
    expect(await desk.account.sessions()).toHaveLength(1);
  });
});

// The terminal does not see which database the service has.
describe.skipIf(onPostgres)('leb account', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'leb-cli-sign-in-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  const leb = (argv: readonly string[], input = '', more: Readonly<Record<string, string>> = {}) =>
    runLeb(['--json', 'account', ...argv], { dataDir, environment: { LEB_ACCOUNT_SERVICE_URL: url, ...more }, input });

  it('changes the password, lists the sessions and ends the others', async () => {
    dataOf(
      await leb(['register', 'terminal@leb.example', '--password-stdin'], `${password}\n`),
      z.object({ state: z.literal('signedIn') }),
    );
    const nobodyToAsk = await leb(['change-password']);
    expect([nobodyToAsk.status, errorOf(nobodyToAsk).code]).toEqual([4, 'PASSWORD_WRONG']);
    dataOf(await leb(['change-password', '--password-stdin'], `${password}\n${next}\n`), z.object({ account: z.object({}) }));
    const other = await signedIn(url, 'terminal@leb.example', next);
    const sessions = dataOf(await leb(['sessions']), z.array(sessionEntry));
    expect(sessions.map(({ shell, current }) => [shell, current])).toEqual([
      ['cli', true],
      [null, false],
    ]);
    expect((await leb(['end-session'])).status).toBe(2);
    expect((await leb(['end-session', 'ses_nobody'])).status).toBe(2);
    expect(dataOf(await leb(['end-session', '--others']), z.object({ ended: z.int() })).ended).toBe(1);
    await expect(other.accounts.show()).rejects.toEqual(refused('SIGN_IN_REQUIRED'));
    const changed = await leb(['change-password'], '', { LEB_PASSWORD: next, LEB_NEW_PASSWORD: password });
    expect(changed.status).toBe(0);
  });
});
