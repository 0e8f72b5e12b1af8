import { expect, type Page } from '@playwright/test';
import type { Translate } from '../support/words.ts';

/** Before an account. */
export function welcomePage(page: Page, t: Translate) {
  return {
    title: page.getByRole('heading', { level: 1, name: t('welcome.signIn.title') }),
    /** The trial's own account, one press away. */
    async useSampleAccount(): Promise<void> {
      const sample = page.getByRole('button', { name: t('welcome.sample.title') });
      await sample.click({ timeout: 45_000 }); // it is offered as soon as the account service says that there is one
      await expect(page.getByRole('heading', { level: 1, name: t('home.title') })).toBeVisible({ timeout: 20_000 });
    },
    useDevicesOnly: () => page.getByRole('button', { name: t('welcome.devicesOnly.title') }).click({ timeout: 45_000 }),
  };
}
