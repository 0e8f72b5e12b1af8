import { expect, type Locator, type Page } from '@playwright/test';
import type { Translate } from '../support/words.ts';

/** From a code to an installed profile. */
export function addProfilePage(page: Page, t: Translate) {
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const stage = (name: 'lookUp' | 'preview' | 'code' | 'install' | 'result'): Locator =>
    page.getByRole('heading', { level: 1, name: t(`addProfile.stage.${name}`), exact: true });
  const heading = (name: string): Locator => page.getByRole('heading', { level: 2, name, exact: true });
  const text = page.getByLabel(t('addProfile.text.label'), { exact: true });
  const lookUp = page.getByRole('button', { name: t('addProfile.review.start'), exact: true });
  return {
    text,
    lookUp,
    stage,
    heading,
    good: page.getByText(t('addProfile.text.good')),
    broken: page.locator('mark'),
    open: () => press(t('addProfile.entry')),
    way: (name: 'picture' | 'camera' | 'discovery' | 'default' | 'manual') =>
      page.getByRole('tab', { name: t(`addProfile.ways.${name}`), exact: true }).click(),
    choosePicture: (name: string, buffer: Buffer) =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer }),
    async enter(code: string): Promise<void> {
      await text.fill(code);
      await lookUp.click();
    },
    async expectPreview(name: string): Promise<void> {
      await expect(stage('preview')).toBeVisible({ timeout: 30_000 });
      await expect(heading(name)).toBeVisible();
    },
    install: () => press(t('addProfile.preview.install')),
    later: () => press(t('addProfile.preview.later')),
    async confirm(code: string): Promise<void> {
      await page.getByLabel(t('addProfile.code.label'), { exact: true }).fill(code);
      await press(t('addProfile.code.go'));
    },
    refused: page.getByText(t('addProfile.code.refused')),
    async expectInstalled(name: string): Promise<void> {
      await expect(heading(t('addProfile.result.installed', { name }))).toBeVisible({ timeout: 45_000 });
    },
    nothingInstalled: heading(t('addProfile.result.declined')),
    enableNow: () => press(t('addProfile.result.enable')),
    again: () => press(t('addProfile.result.again')),
    done: () => press(t('addProfile.result.done')),
  };
}
