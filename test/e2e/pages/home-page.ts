import type { Page } from '@playwright/test';
import type { Translate } from '../support/words.ts';

/** What is left of the plan. */
export function homePage(page: Page, t: Translate) {
  const ring = (name: string) => page.getByRole('img', { name: new RegExp(`^${name}: `) });
  return {
    dataLeft: ring(t('home.dataLeft')),
    minutesLeft: ring(t('home.minutesLeft')),
    timeLeft: ring(t('home.timeLeft')),
    renew: () =>
      page
        .getByRole('button', { name: t('home.renew'), exact: true })
        .first()
        .click(),
  };
}
