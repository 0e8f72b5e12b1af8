// A person and their account, from registration to its end: the address, the password, the places where it is signed in, the data.
import { readFile } from 'node:fs/promises';
import { accountPage } from './pages/account-page.ts';
import { frame } from './pages/frame.ts';
import { welcomePage } from './pages/welcome-page.ts';
import { readInbox } from './support/peers.ts';
import { expect, test } from './support/test.ts';
import { wordsOf } from './support/words.ts';

const login = 'person@leb.example';
const password = 'quiet river stone';
const next = 'a wide green harbour';

/** The six digits of the first letter to the person, once it is there. */
async function mailedCode(inboxUrl: string): Promise<string | undefined> {
  const letters = (await readInbox(inboxUrl)).filter(({ to }) => to.includes(login));
  return letters.flatMap(({ text }) => /\b\d{6}\b/.exec(text)?.[0] ?? [])[0];
}

// On the desktop alone: what is kept as a file goes through its shell.
test('an account from its registration to its end', { tag: '@desktop' }, async ({ open }) => {
  test.slow();
  const t = wordsOf('zh-CN');
  const app = await open({ language: 'zh-CN' });
  const { page } = app;
  const account = accountPage(page, t);
  const { inboxUrl } = await app.benchUrls();

  await test.step('register', async () => {
    await page.getByRole('link', { name: t('welcome.signIn.register') }).click();
    await page.getByLabel(t('welcome.login')).fill(login);
    await page.getByLabel(t('welcome.register.newPassword')).fill(password);
    await page.getByRole('button', { name: t('welcome.register.act') }).click();
    await expect(frame(page, t).title).toHaveText(t('home.title'), { timeout: 20_000 });
    await account.open();
  });

  await test.step('confirm the address with the mailed code', async () => {
    await expect.poll(() => mailedCode(inboxUrl), { timeout: 20_000 }).toBeDefined();
    await account.confirmEmail((await mailedCode(inboxUrl)) ?? '');
    await expect(account.confirmed).toBeVisible();
  });

  await test.step('change the password: asked for, and this window stays signed in', async () => {
    await account.changePassword('not the password', next);
    await expect(account.failure).toContainText(t('errors:PASSWORD_WRONG.sentence'));
    await account.closeDialog();
    await account.changePassword(password, next);
    await expect(account.dialog).toBeHidden();
    await expect(account.sessions).toHaveCount(1);
    await expect(account.sessions).toContainText(t('account.sessions.current'));
    await expect(account.endOthers).toBeHidden();
  });

  await test.step('keep what is stored as a file', async () => {
    const saved = page.waitForEvent('download');
    await account.save();
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(/^leb-account-\d{4}-\d\d-\d\d\.json$/);
    expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({ account: { email: login, emailVerified: true } });
  });

  await test.step('delete it', async () => {
    await account.delete(next);
    await expect(welcomePage(page, t).title).toBeVisible();
    await page.getByLabel(t('welcome.login')).fill(login);
    await page.getByLabel(t('welcome.password'), { exact: true }).fill(next);
    await page.getByRole('button', { name: t('welcome.signIn.act'), exact: true }).click();
    await expect(page.getByRole('alert')).toContainText(t('errors:CREDENTIALS_WRONG.sentence'));
  });
});
