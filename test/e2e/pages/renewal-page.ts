import type { Page } from '@playwright/test';
import type { Translate } from '../support/words.ts';

/** One order on its way: waiting, failed, verified. */
export function renewalPage(page: Page, t: Translate) {
  const [renewedUntil = ''] = t('result.title', { date: '|' }).split('|');
  const chain = page.getByRole('list', { name: t('result.chain') });
  return {
    waiting: page.getByRole('heading', { name: t('waiting.title') }),
    declined: page.getByRole('heading', { name: t('failed.title.declined') }),
    nothingCharged: page.getByText(t('failed.nothingCharged')),
    verified: page.getByRole('heading', { name: new RegExp(`^${renewedUntil}`) }),
    /** The places where the renewal is proven, as a screen reader hears them. */
    ticks: chain.getByRole('listitem').filter({ hasText: t('ui.chain.ok') }),
    /** The address of the payment page, where the window has to show it. */
    address: page.getByRole('link', { name: /^http:\/\/127\.0\.0\.1:\d+\/c\/pay\// }),
    payAnotherWay: () => page.getByRole('button', { name: t('failed.other.title') }).click(),
    done: () => page.getByRole('button', { name: t('result.done') }).click(),
    orderNumber: page
      .locator('.mono')
      .filter({ hasText: /^[A-Z]+-/ })
      .first(),
  };
}
