// Every screen, light in a usual window and dark in the smallest one, against the rules of WCAG 2.2 AA that a machine can check.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { accountPage } from './pages/account-page.ts';
import { euiccPage } from './pages/euicc-page.ts';
import { frame } from './pages/frame.ts';
import { welcomePage } from './pages/welcome-page.ts';
import type { Theme } from './support/open-app.ts';
import { expect, test } from './support/test.ts';
import { wordsOf } from './support/words.ts';

const screens = ['home', 'plan', 'devices', 'profiles', 'support', 'settings'] as const;

async function violations(page: Page): Promise<readonly string[]> {
  // Legacy mode: the usual one opens a second page for its result, which a desktop window does not have.
  const { violations: found, passes } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(passes.length, 'rules that found something to check').toBeGreaterThan(15);
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

const windows: readonly { readonly theme: Theme; readonly viewport: { readonly width: number; readonly height: number } }[] = [
  { theme: 'light', viewport: { width: 1280, height: 800 } },
  { theme: 'dark', viewport: { width: 960, height: 640 } },
];

for (const { theme, viewport } of windows) {
  test(`every screen is accessible, ${theme}, ${viewport.width} wide`, async ({ open }) => {
    test.slow();
    const t = wordsOf('en');
    const { page } = await open({ language: 'en', theme, viewport });
    const welcome = welcomePage(page, t);
    await expect(welcome.title).toBeVisible();
    expect(await violations(page), 'sign in').toEqual([]);
    await welcome.useSampleAccount();
    for (const screen of screens) {
      await frame(page, t).open(screen);
      await expect(page.getByRole('main')).toHaveAttribute('data-screen', screen);
      await page.waitForFunction(() => document.querySelectorAll('.skeleton').length === 0);
      expect(await violations(page), screen).toEqual([]);
    }
    await accountPage(page, t).open();
    await page.waitForFunction(() => document.querySelectorAll('.skeleton').length === 0);
    expect(await violations(page), 'account').toEqual([]);
    await frame(page, t).open('profiles');
    const chip = euiccPage(page, t);
    await chip.open();
    await expect(chip.title).toBeVisible();
    expect(await violations(page), 'euicc').toEqual([]);
  });
}
