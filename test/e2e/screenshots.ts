// Pictures of every screen in both languages, both themes and both sizes: `node test/e2e/screenshots.ts FOLDER [en|zh-CN|light|dark …]`.
// A script and not a test: a person looks at them. Needs a build.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { Language } from '#contract/common.ts';
import { checkoutPage } from './pages/checkout-page.ts';
import { frame } from './pages/frame.ts';
import { planPage } from './pages/plan-page.ts';
import { renewalPage } from './pages/renewal-page.ts';
import { welcomePage } from './pages/welcome-page.ts';
import { launchOptions } from './support/chromium.ts';
import { openApp, type Theme } from './support/open-app.ts';
import { wordsOf } from './support/words.ts';

const sizes = [
  { width: 1280, height: 800 },
  { width: 960, height: 640 },
] as const;
const screens = ['home', 'devices', 'profiles', 'support', 'settings', 'plan'] as const;

async function shoot(page: Page, folder: string, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    await page.waitForTimeout(400); // what moves comes to rest
    await page.screenshot({ path: join(folder, `${name}-${size.width}.png`) });
  }
  await page.setViewportSize(sizes[0]);
}

/** One application: signs in, visits every screen, and goes through a renewal with a declined card. */
async function shootAll(browser: Browser, folder: string, language: Language, theme: Theme): Promise<void> {
  const t = wordsOf(language);
  const app = await openApp({ shell: 'web', language, theme }, browser);
  try {
    const { page } = app;
    const take = (name: string): Promise<void> => shoot(page, folder, `${language}-${theme}-${name}`);
    const welcome = welcomePage(page, t);
    await page.getByRole('button', { name: t('welcome.sample.title') }).waitFor({ timeout: 60_000 });
    await take('sign-in');
    await welcome.useSampleAccount();
    await page.waitForTimeout(6000); // the modem has found its network
    for (const screen of screens) {
      await frame(page, t).open(screen);
      await take(screen);
    }
    const plan = planPage(page, t);
    const renewal = renewalPage(page, t);
    await plan.choose('quarter');
    await plan.pay.click();
    await renewal.waiting.waitFor();
    await take('waiting');
    const person = await browser.newPage({ viewport: sizes[0], colorScheme: theme });
    const address = await renewal.address.first().innerText();
    await person.goto(address);
    await shoot(person, folder, `${language}-${theme}-checkout`);
    const pageLanguage = (await person.locator('html').getAttribute('lang')) === 'zh-CN' ? 'zh-CN' : 'en';
    const checkout = checkoutPage(person, pageLanguage);
    await checkout.payByCard('4000 0000 0000 0002');
    await renewal.declined.waitFor({ timeout: 60_000 });
    await take('failed');
    await person.goto(address);
    await checkout.payByCard('4242 4242 4242 4242');
    await renewal.verified.waitFor({ timeout: 60_000 });
    await take('verified');
    await person.close();
  } finally {
    await app.close();
  }
}

const [folderArgument, ...only] = process.argv.slice(2);
if (folderArgument === undefined) {
  process.stderr.write('Usage: node test/e2e/screenshots.ts FOLDER [en|zh-CN|light|dark …]\n');
  process.exitCode = 2;
} else {
  const folder = resolve(folderArgument);
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch(launchOptions);
  try {
    for (const language of ['en', 'zh-CN'] as const) {
      for (const theme of ['light', 'dark'] as const) {
        const wanted = only.length === 0 || (!excluded(language, ['en', 'zh-CN'], only) && !excluded(theme, ['light', 'dark'], only));
        if (wanted) await shootAll(browser, folder, language, theme);
      }
    }
  } finally {
    await browser.close();
  }
}

/** Whether another one of a kind was asked for, and this one was not. */
function excluded(value: string, kind: readonly string[], asked: readonly string[]): boolean {
  return asked.some((word) => kind.includes(word)) && !asked.includes(value);
}
