// The page of a chip: what it is, its default server, what it has to tell and to whom, the reset of its memory; and a card with two chips.
import type { Page } from '@playwright/test';
import { furtherReaderName, virtualReaderName } from '#simulator/hardware.ts';
import { harbourHoliday, lebGlobal, meadowPersonal } from '#simulator/sample.ts';
import { euiccPage } from './pages/euicc-page.ts';
import { frame } from './pages/frame.ts';
import { profilesPage } from './pages/profiles-page.ts';
import { welcomePage } from './pages/welcome-page.ts';
import { expect, test } from './support/test.ts';
import { wordsOf, type Translate } from './support/words.ts';

async function openReader(page: Page, t: Translate, reader: string): Promise<ReturnType<typeof profilesPage>> {
  await frame(page, t).open('profiles');
  const profiles = profilesPage(page, t);
  await profiles.chooseDevice(new RegExp(reader));
  return profiles;
}

test('what a chip is, and its default server: set, taken back, set again, removed', { tag: '@page' }, async ({ shared: { page } }) => {
  const t = wordsOf('en');
  await openReader(page, t, virtualReaderName);
  const chip = euiccPage(page, t);
  await chip.open();
  await expect(chip.title).toBeFocused();
  await expect(page.getByText(t('euicc.eidFits'))).toBeVisible();
  await expect(chip.fact('SGP.22')).toHaveText('v2.2.0');
  await expect(chip.fact(t('euicc.enabledAtOnce'))).toHaveText(t('euicc.one'));
  for (const capability of ['Java Card', 'Several USIMs', 'Test profiles']) {
    await expect(page.getByRole('listitem').filter({ hasText: capability })).toBeVisible();
  }

  await expect(chip.noDefaultServer).toBeVisible();
  await chip.setDefaultServer('smdp.leb.example');
  const address = page.getByText('smdp.leb.example', { exact: true });
  await expect(address).toBeVisible({ timeout: 20_000 });
  await chip.undo();
  await expect(chip.noDefaultServer).toBeVisible({ timeout: 20_000 });
  await chip.setDefaultServer('no server');
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel(t('euicc.servers.default'), { exact: true }).fill('smdp.leb.example');
  await page.getByRole('button', { name: t('euicc.servers.save') }).click();
  await expect(address).toBeVisible({ timeout: 20_000 });
  await chip.removeDefaultServer();
  await expect(chip.noDefaultServer).toBeVisible({ timeout: 20_000 });
});

test(
  'a switch is told; what one server does not hear waits, and can be removed; then all is deleted',
  { tag: '@page' },
  async ({ open }) => {
    const t = wordsOf('en');
    const { page } = await open({ language: 'en' });
    await welcomePage(page, t).useDevicesOnly();
    const profiles = await openReader(page, t, virtualReaderName);
    await profiles.expectState(lebGlobal.profileName, 'enabled');
    await profiles.enable(meadowPersonal.profileName);
    await profiles.expectState(meadowPersonal.profileName, 'enabled');
    await expect(page.getByText(t('tasks.delivered_one', { count: 1 })).first()).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(t('tasks.queued_one', { count: 1 })).first()).toBeVisible({ timeout: 60_000 });
    const chip = euiccPage(page, t);
    await chip.open();
    const untold = t('notifications.eventOf.enable', { name: meadowPersonal.profileName });
    await expect(chip.notification(untold)).toHaveAttribute('data-state', 'waiting');
    await expect(chip.notification(untold).locator('.why')).toBeVisible(); // which reason it is depends on the resolver of the machine
    await expect(chip.notification(t('notifications.eventOf.disable', { name: lebGlobal.profileName }))).toHaveCount(0);
    await chip.removeNotification(untold);
    await expect(chip.nothingToTell).toBeVisible({ timeout: 30_000 });

    const eid = (await page.locator('.eid-digits').innerText()).replaceAll(' ', '');
    await chip.reset(eid, ['operationalProfiles', 'testProfiles']);
    await expect(chip.fact(t('profiles.title'))).toHaveText('0', { timeout: 60_000 });
  },
);

test('two chips on one card, each with its profiles and its page', { tag: '@page' }, async ({ shared: { page } }) => {
  const t = wordsOf('en');
  await openReader(page, t, furtherReaderName('two-se'));
  const lists = page.locator('.element');
  await expect(lists).toHaveCount(2, { timeout: 20_000 });
  const eids = await lists.locator('.eid .mono').allInnerTexts();
  expect(new Set(eids).size).toBe(2);

  const second = lists.nth(1);
  const row = second.getByRole('row').filter({ hasText: harbourHoliday.profileName });
  await row.getByRole('button', { name: t('profiles.enableNamed', { name: harbourHoliday.profileName }) }).click();
  await expect(row).toContainText(t('profiles.states.enabled'), { timeout: 30_000 });
  await expect(lists.first().getByRole('row').filter({ hasText: harbourHoliday.profileName })).toContainText(t('profiles.states.disabled'));

  await second.getByRole('button', { name: t('profiles.details') }).click();
  await expect(page.locator('.eid-digits')).toHaveText(eids[1] ?? '');
});
