import type { Page } from '@playwright/test';
import type { Period } from '#contract/common.ts';
import type { Translate } from '../support/words.ts';

/** Which period, for which price, and the button that starts paying. */
export function planPage(page: Page, t: Translate) {
  const [before = '', after = ''] = t('review.pay', { total: '|' }).split('|');
  const pay = page.getByRole('button', { name: new RegExp(`^${before}\\D*[\\d.,]+.*${after}$`) });
  return {
    pay,
    choose: (period: Period) => page.getByRole('radio', { name: t(`period.${period}`) }).click(),
    /** What the button says that it costs, in minor units. */
    async price(): Promise<number> {
      return Number((await pay.innerText()).replaceAll(/\D/g, ''));
    },
  };
}
