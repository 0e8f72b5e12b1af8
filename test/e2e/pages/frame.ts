import type { Page } from '@playwright/test';
import type { NavigationName } from '#renderer/app/navigation.ts';
import type { Translate } from '../support/words.ts';

/** The sidebar, and what it leads to. */
export function frame(page: Page, t: Translate) {
  const navigation = page.getByRole('navigation', { name: t('frame.navigation') });
  return {
    navigation,
    title: page.getByRole('heading', { level: 1 }),
    open: (name: NavigationName) => navigation.getByRole('link', { name: t(`frame.items.${name}`) }).click(),
  };
}
