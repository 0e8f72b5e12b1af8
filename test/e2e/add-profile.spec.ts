// A further profile on the chip in the reader: by text, by picture, with a confirmation code, with second thoughts, and by discovery.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import type { Language } from '#contract/common.ts';
import { virtualReaderName } from '#simulator/hardware.ts';
import { lebAsia } from '#simulator/sample.ts';
import { addProfilePage } from './pages/add-profile-page.ts';
import { frame } from './pages/frame.ts';
import { profilesPage } from './pages/profiles-page.ts';
import { welcomePage } from './pages/welcome-page.ts';
import { expect, test } from './support/test.ts';
import { wordsOf, type Translate } from './support/words.ts';

const code = (matchingId: string): string => `LPA:1$smdp.leb.example$${matchingId}`;

/** The profiles of the chip in the reader, and the way to another one. */
async function openReader(page: Page, t: Translate): Promise<ReturnType<typeof profilesPage>> {
  await welcomePage(page, t).useDevicesOnly();
  await frame(page, t).open('profiles');
  const profiles = profilesPage(page, t);
  await profiles.chooseDevice(new RegExp(virtualReaderName));
  return profiles;
}

for (const language of ['en', 'zh-CN'] as const satisfies readonly Language[]) {
  test(`a text leads to an enabled profile, ${language}`, { tag: language === 'en' ? '@desktop' : '@page' }, async ({ open }) => {
    const t = wordsOf(language);
    const { page } = await open({ language });
    const profiles = await openReader(page, t);
    const add = addProfilePage(page, t);
    await add.open();

    await add.text.fill('LPA:1$smdp_leb_example$LEB-ASIA');
    await expect(add.broken).toHaveText('smdp_leb_example');
    await expect(page.getByText(t('addProfile.broken.address'))).toBeVisible();
    await expect(add.lookUp).toBeDisabled();

    await add.enter(`Your code: ${code('LEB-ASIA')}\nHave a good trip.`);
    await add.expectPreview(lebAsia.profileName);
    await expect(page.getByText(t('addProfile.preview.fits'), { exact: true })).toBeVisible();
    await add.install();
    await add.expectInstalled(lebAsia.profileName);
    await add.enableNow();
    await expect(add.heading(t('addProfile.result.enabled', { name: lebAsia.profileName }))).toBeVisible({ timeout: 30_000 });
    await add.done();
    await profiles.expectState(lebAsia.profileName, 'enabled');
  });
}

test('a picture of the QR code is read; the code survives a look elsewhere and second thoughts', { tag: '@desktop' }, async ({ open }) => {
  const t = wordsOf('en');
  const { page } = await open({ language: 'en' });
  const profiles = await openReader(page, t);
  const add = addProfilePage(page, t);
  await add.open();
  await add.way('picture');
  await add.choosePicture('holiday.png', Buffer.from('89504E470D0A1A0A', 'hex'));
  await expect(page.getByRole('alert')).toBeVisible();
  await add.choosePicture('code.png', await drawQrCode(code('LEB-AGAIN')));
  await expect(add.text).toHaveValue(code('LEB-AGAIN'));
  await add.lookUp.click();
  await add.expectPreview('LEB Again');

  // Leaving does not end it: the tray says that it waits, and leads back.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: t('profiles.title') })).toBeVisible();
  await page.getByRole('button', { name: t('tasks.needYou', { count: 1 }) }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('tasks.goOn'), exact: true })
    .click();
  await add.expectPreview('LEB Again');

  await add.later();
  await expect(add.nothingInstalled).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText(t('addProfile.result.postponed'))).toBeVisible();
  await add.again();
  await expect(add.text).toHaveValue(code('LEB-AGAIN'));
  await add.lookUp.click();
  await add.expectPreview('LEB Again');
  await add.install();
  await add.expectInstalled('LEB Again');
  await add.done();
  await profiles.expectState('LEB Again', 'disabled');
});

test('a confirmation code is asked for until it is right', { tag: '@page' }, async ({ open }) => {
  const t = wordsOf('zh-CN');
  const { page } = await open({ language: 'zh-CN' });
  await openReader(page, t);
  const add = addProfilePage(page, t);
  await add.open();
  await add.enter(`${code('LEB-PACIFIC')}$$1`);
  await add.expectPreview('LEB Pacific');
  await add.install();
  await expect(add.stage('code')).toBeVisible({ timeout: 20_000 });
  await add.confirm('1111');
  await expect(add.refused).toBeVisible({ timeout: 30_000 });
  await add.confirm('2748');
  await add.expectInstalled('LEB Pacific');
});

test('a code that the server does not take, and what waits for the chip without any', { tag: '@page' }, async ({ open }) => {
  const t = wordsOf('en');
  const { page } = await open({ language: 'en' });
  await openReader(page, t);
  const add = addProfilePage(page, t);
  await add.open();
  await add.enter(code('LEB-NOBODY'));
  await expect(add.heading(t('addProfile.result.failed'))).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('alert')).toContainText('8.2.6');
  await add.again();

  await add.way('discovery');
  await page.getByRole('button', { name: t('addProfile.discovery.start'), exact: true }).click();
  await expect(page.getByRole('radio')).toBeChecked({ timeout: 30_000 });
  await add.lookUp.click();
  await add.expectPreview('LEB Waiting');
});

async function drawQrCode(text: string): Promise<Buffer> {
  const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
  const { image } = await writeBarcode(text, { format: 'QRCode', scale: 4 });
  if (image === null) throw new Error('The QR code could not be drawn.');
  return Buffer.from(await image.arrayBuffer());
}
