import { expect, type Locator, type Page } from '@playwright/test';
import type { Translate } from '../support/words.ts';

/** The profiles of one chip. */
export function profilesPage(page: Page, t: Translate) {
  const row = (name: string): Locator => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
  const dialog = page.getByRole('dialog');
  const openMenu = async (name: string, entry: string): Promise<void> => {
    await page.getByRole('button', { name: t('profiles.more', { name }) }).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  return {
    row,
    async chooseDevice(name: RegExp): Promise<void> {
      await page.getByRole('combobox', { name: t('profiles.device') }).click();
      await page.getByRole('option', { name }).click();
    },
    enable: (name: string) => page.getByRole('button', { name: t('profiles.enableNamed', { name }) }).click(),
    async expectState(name: string, state: 'enabled' | 'disabled'): Promise<void> {
      await expect(row(name)).toContainText(t(`profiles.states.${state}`), { timeout: 20_000 });
    },
    async rename(name: string, nickname: string): Promise<void> {
      await openMenu(name, t('profiles.rename'));
      await dialog.getByLabel(t('rename.name')).fill(nickname);
      await dialog.getByRole('button', { name: t('rename.act') }).click();
    },
    async delete(name: string): Promise<void> {
      await openMenu(name, t('profiles.delete'));
      const act = dialog.getByRole('button', { name: t('delete.act'), exact: true });
      await expect(act).toBeDisabled(); // not before the name is typed
      await dialog.getByLabel(t('delete.type')).fill(name);
      await act.click();
    },
  };
}
