import { expect, type Locator, type Page } from '@playwright/test';
import type { Translate } from '../support/words.ts';

/** One chip: what it is, its servers, what it has to tell, and the reset of its memory. */
export function euiccPage(page: Page, t: Translate) {
  const dialog = page.getByRole('dialog');
  const press = (name: string, inside: Page | Locator = page): Promise<void> => inside.getByRole('button', { name, exact: true }).click();
  return {
    title: page.getByRole('heading', { level: 1, name: t('euicc.title'), exact: true }),
    open: () => press(t('profiles.details')),
    /** The value of a fact about the chip. */
    fact: (name: string) =>
      page
        .locator('dl > div')
        .filter({ has: page.getByText(name, { exact: true }) })
        .locator('dd')
        .first(),
    notification: (words: string) => page.getByRole('listitem').filter({ hasText: words }),
    nothingToTell: page.getByText(t('notifications.none')),
    async removeNotification(words: string): Promise<void> {
      await page
        .getByRole('listitem')
        .filter({ hasText: words })
        .getByRole('button', { name: new RegExp(t('notifications.more', { number: '' }).trim()) })
        .click();
      await page.getByRole('menuitem', { name: t('notifications.remove') }).click();
      await expect(dialog.getByRole('button', { name: t('ui.cancel') })).toBeFocused();
      await press(t('notifications.remove'), dialog);
    },
    async setDefaultServer(address: string): Promise<void> {
      await press(t('euicc.servers.set'));
      await page.getByLabel(t('euicc.servers.default'), { exact: true }).fill(address);
      await press(t('euicc.servers.save'));
    },
    noDefaultServer: page.getByText(t('euicc.servers.none')),
    removeDefaultServer: () => press(t('euicc.servers.remove')),
    undo: () => press(t('ui.undo')),
    async reset(eid: string, choices: readonly ('operationalProfiles' | 'testProfiles' | 'defaultSmdpAddress')[]): Promise<void> {
      await press(t('euicc.reset.open'));
      await expect(dialog.getByRole('button', { name: t('ui.cancel') })).toBeFocused();
      const act = dialog.getByRole('button', { name: t('euicc.reset.act'), exact: true });
      await dialog.getByLabel(t('euicc.reset.type')).fill(eid.slice(-4));
      await expect(act).toBeDisabled(); // nothing is chosen
      for (const choice of choices) await dialog.getByRole('checkbox', { name: t(`euicc.reset.choice.${choice}`) }).click();
      await dialog.getByLabel(t('euicc.reset.type')).fill('0000');
      await expect(act).toBeDisabled(); // another chip
      await dialog.getByLabel(t('euicc.reset.type')).fill(eid.slice(-4));
      await act.click();
    },
  };
}
