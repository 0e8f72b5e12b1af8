// The main job in five steps: sign in, check the plan, choose, pay, see it verified. A declined card is followed by PayPal.
import type { Language } from '#contract/common.ts';
import { checkoutPage } from './pages/checkout-page.ts';
import { frame } from './pages/frame.ts';
import { homePage } from './pages/home-page.ts';
import { planPage } from './pages/plan-page.ts';
import { renewalPage } from './pages/renewal-page.ts';
import { welcomePage } from './pages/welcome-page.ts';
import type { OpenApp } from './support/open-app.ts';
import { readInbox, readLedger } from './support/peers.ts';
import { expect, languages, test } from './support/test.ts';
import { readLocale, wordsOf } from './support/words.ts';

const declinedCard = '4000 0000 0000 0002';

/** The subject of the confirmation in one language, up to the date. */
function subjectBegins(language: Language): string {
  const { renewed } = readLocale(language, 'mail') as { readonly renewed: { readonly subject: string } };
  return renewed.subject.split('{{')[0] ?? '';
}

/** The page that the application opened last: in the system's browser, or, where there is none, as an address in the window. */
async function paymentAddress(app: OpenApp, shown: ReturnType<typeof renewalPage>['address'], former: string | null): Promise<string> {
  let address = '';
  await expect
    .poll(async () => {
      address = (app.electron === undefined ? await shown.first().innerText() : (await app.openedUrls()).at(-1)) ?? '';
      return address !== '' && address !== former;
    })
    .toBe(true);
  return address;
}

for (const language of languages) {
  test(`a renewal in ${language}`, async ({ open, browser }) => {
    test.slow();
    const t = wordsOf(language);
    const app = await open({ language });
    const { page } = app;
    const renewal = renewalPage(page, t);

    await test.step('sign in', async () => {
      await welcomePage(page, t).useSampleAccount();
    });

    await test.step('check the plan', async () => {
      const home = homePage(page, t);
      await expect(home.dataLeft).toHaveAccessibleName(/13[.,]8 GB/);
      await expect(home.minutesLeft).toHaveAccessibleName(/\d/);
      await expect(home.timeLeft).toHaveAccessibleName(/\d/);
      await home.renew();
    });

    const price = await test.step('choose a quarter and review', async () => {
      const plan = planPage(page, t);
      await plan.choose('quarter');
      await expect(plan.pay).toBeEnabled();
      const shown = await plan.price();
      await plan.pay.click();
      await expect(renewal.waiting).toBeVisible();
      return shown;
    });
    expect(price).toBe(3990);

    const person = await browser.newPage({ locale: language === 'en' ? 'en-GB' : 'zh-CN' });
    const checkout = checkoutPage(person, language);
    const first = await paymentAddress(app, renewal.address, null);

    await test.step('a declined card', async () => {
      await person.goto(first);
      await checkout.payByCard(declinedCard);
      await expect(checkout.failure).toBeVisible();
      await expect(renewal.declined).toBeVisible({ timeout: 30_000 });
      await expect(renewal.nothingCharged).toBeVisible();
    });

    await test.step('the same order, with PayPal', async () => {
      await renewal.payAnotherWay();
      await person.goto(await paymentAddress(app, renewal.address, first));
      await checkout.payByPaypal();
    });

    const number = await test.step('verified in four places', async () => {
      await expect(renewal.verified).toBeVisible({ timeout: 45_000 });
      await expect(renewal.ticks).toHaveCount(4, { timeout: 20_000 });
      return renewal.orderNumber.innerText();
    });

    await test.step('the mail, in the right language', async () => {
      const { inboxUrl } = await app.benchUrls();
      await expect
        .poll(async () => (await readInbox(inboxUrl)).map(({ subject }) => subject), { timeout: 20_000 })
        .toEqual([expect.stringMatching(new RegExp(`^${subjectBegins(language)}.*${number}`))]);
    });

    await test.step('charged once', async () => {
      const { stripeUrl } = await app.benchUrls();
      const { charges, refunds } = await readLedger(stripeUrl);
      expect(charges.filter(({ paid }) => paid).map(({ amount, currency }) => [amount, currency])).toEqual([[price, 'eur']]);
      expect(charges.some(({ paid }) => !paid)).toBe(true); // the declined one is in the book, and took nothing
      expect(refunds).toEqual([]);
    });

    await person.close();
    await renewal.done();
    await expect(frame(page, t).title).toHaveText(t('home.title'));
  });
}
