// Every screen, light in a usual window and dark in the smallest one, against the rules of WCAG 2.2 AA that a machine can check.
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { modemSections } from '#renderer/app/navigation.ts';
import { virtualModemPath } from '#simulator/hardware.ts';
import { accountPage } from './pages/account-page.ts';
import { euiccPage } from './pages/euicc-page.ts';
import { frame } from './pages/frame.ts';
import { modemPage } from './pages/modem-page.ts';
import { welcomePage } from './pages/welcome-page.ts';
import { expect, test } from './support/test.ts';
import { wordsOf } from './support/words.ts';

const screens = ['home', 'plan', 'devices', 'profiles', 'support', 'settings'] as const;

/** The same screen in the usual window, light, and in the smallest one, dark. */
const windows = [
  { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { colorScheme: 'dark', viewport: { width: 960, height: 640 } },
] as const;

async function violations(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { colorScheme, viewport } of windows) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    // A colour on its way from one theme to the other belongs to neither.
    await page.waitForFunction(() => document.getAnimations().every((animation) => !(animation instanceof CSSTransition)));
    found.push(...(await violationsNow(page)).map((violation) => `${colorScheme}, ${viewport.width} wide: ${violation}`));
  }
  return found;
}

async function violationsNow(page: Page): Promise<readonly string[]> {
  // A page keeps what was put into it until it is loaded anew.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { found, checked } = await page.evaluate(async () => {
    const { violations: broken, passes } = await (window as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // Of what is as it should be the number is enough.
      resultTypes: ['violations'],
    });
    return {
      found: broken.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)),
      checked: passes.length,
    };
  });
  expect(checked, 'rules that found something to check').toBeGreaterThan(15);
  return found;
}

test('every screen is accessible', async ({ open }) => {
  test.slow();
  const t = wordsOf('en');
  const { page } = await open({ language: 'en' });
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

test('every part of a modem is accessible', { tag: '@page' }, async ({ shared: { page } }) => {
  const t = wordsOf('en');
  const modem = modemPage(page, t);
  await modem.open(`serial:${virtualModemPath}`);
  for (const section of modemSections) {
    await modem.show(section);
    await page.waitForFunction(() => document.querySelectorAll('.skeleton').length === 0);
    expect(await violations(page), section).toEqual([]);
  }
});
