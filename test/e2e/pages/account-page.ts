import { expect, type Page } from '@playwright/test';
import type { Translate } from '../support/words.ts';
import { frame } from './frame.ts';

/** The account itself, behind the settings. */
export function accountPage(page: Page, t: Translate) {
  // News are dialogs too, to a screen reader.
  const dialog = page.getByRole('dialog').and(page.locator('.dialog'));
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const submit = (name: string) => dialog.getByRole('button', { name, exact: true }).click();
  return {
    async open(): Promise<void> {
      await frame(page, t).open('settings');
      await button(t('settings.manage')).click();
      await expect(frame(page, t).title).toHaveText(t('account.title'));
    },
    sessions: page.getByRole('listitem').filter({ hasText: t('account.sessions.used', { time: '' }).trim() }),
    confirmed: page.getByText(t('account.address.verified'), { exact: true }),
    async confirmEmail(code: string): Promise<void> {
      await button(t('account.address.confirmNamed.email')).click();
      await dialog.getByLabel(t('account.address.code'), { exact: true }).fill(code);
      await submit(t('account.address.confirm'));
    },
    async changePassword(current: string, next: string): Promise<void> {
      await button(t('account.password.title')).click();
      await dialog.getByLabel(t('account.password.current')).fill(current);
      await dialog.getByLabel(t('welcome.register.newPassword')).fill(next);
      await submit(t('account.password.act'));
    },
    closeDialog: () => submit(t('ui.cancel')),
    failure: dialog.getByRole('alert'),
    dialog,
    endOthers: button(t('account.sessions.endOthers')),
    save: () => button(t('account.data.export')).click(),
    async delete(password: string): Promise<void> {
      await button(t('account.delete.open')).click();
      const act = dialog.getByRole('button', { name: t('account.delete.act') });
      await dialog.getByLabel(t('welcome.password')).fill(password);
      await expect(act).toBeDisabled(); // not before the word is typed
      await dialog.getByLabel(t('account.delete.type', { word: t('account.delete.word') })).fill(t('account.delete.word'));
      await act.click();
    },
  };
}
