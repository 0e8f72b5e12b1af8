import type { Page } from '@playwright/test';
import { pageWords, type PageLanguage } from '#simulator/stripe/page/words.ts';

export type CheckoutPage = ReturnType<typeof checkoutPage>;

/** The provider's hosted page in the person's own browser. */
export function checkoutPage(page: Page, language: PageLanguage) {
  const words = pageWords[language];
  return {
    failure: page.getByRole('alert'),
    async payByCard(number: string): Promise<void> {
      const form = page.getByRole('form', { name: words.creditOrDebit });
      await form.getByLabel(words.cardNumber).fill(number);
      await form.getByLabel(words.expiration).fill('12 / 34');
      await form.getByLabel(words.cvc, { exact: true }).fill('123');
      await form.getByLabel(words.nameOnCard).fill('Sam Sample');
      await form.getByRole('button').click();
    },
    async payByPaypal(): Promise<void> {
      await page.getByRole('button', { name: words.payWithPaypal }).click();
      await page.getByRole('button', { name: words.agreeAndPay }).click();
    },
  };
}
