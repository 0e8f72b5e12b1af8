import type { Page } from '@playwright/test';
import { addPath, discovery, downloadPath, downloads, withInstalled } from './download-scenes.ts';
import { allDevices } from './stage-scenes.ts';
import type { Shot } from './shoot.ts';

const way = (page: Page, name: string): Promise<void> => page.locator(`[data-way=${name}]`).click();
const type = async (page: Page, text: string): Promise<void> => {
  await page.locator('textarea').fill(text);
  await page.locator('.field.good, .field.bad').waitFor();
};

const switchOnCamera = async (page: Page): Promise<void> => {
  await page.context().grantPermissions(['camera']);
  await way(page, 'camera');
  await page.locator('.drop .btn').click();
};

/** Adding a profile: every way of entry, every question, every end. */
export const addProfileShots: readonly Shot[] = [
  { name: 'add-choose-chip', path: '/profiles/add' },
  { name: 'add-text', path: addPath, act: (page) => type(page, 'LPA:1$smdp.leb.example$LEB-ASIA') },
  { name: 'add-text-bad', path: addPath, act: (page) => type(page, 'LPA:1$smdp_leb_example$LEB-ASIA$$1') },
  {
    name: 'add-link',
    path: `/profiles/add/${encodeURIComponent('lpa:1$smdp.leb.example$LEB-ASIA$$1')}`,
    scene: { devices: { ...allDevices, devices: allDevices.devices.filter(({ deviceId }) => deviceId === 'pcsc:ACS ACR39U') } },
    act: (page) => page.locator('.field.good').waitFor(),
  },
  {
    name: 'add-picture',
    path: addPath,
    act: async (page) => {
      await way(page, 'picture');
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer: Buffer.from('89504E47', 'hex') });
      await page.locator('.failure-note').waitFor();
    },
  },
  {
    name: 'add-camera-denied',
    path: addPath,
    act: async (page) => {
      await way(page, 'camera');
      await page.locator('.drop .btn').click();
      await page.locator('.banner.bad').waitFor();
    },
  },
  {
    name: 'add-camera',
    path: addPath,
    act: async (page) => {
      await switchOnCamera(page);
      await page.waitForFunction(() => (document.querySelector('video')?.videoWidth ?? 0) > 0);
    },
  },
  {
    name: 'add-camera-found',
    path: addPath,
    scene: {
      pictured: {
        smdpAddress: 'smdp.leb.example',
        matchingId: 'LEB-ASIA',
        smdpOid: null,
        confirmationCodeRequired: false,
        text: 'LPA:1$smdp.leb.example$LEB-ASIA',
      },
    },
    act: async (page) => {
      await switchOnCamera(page);
      await page.locator('.field.good').waitFor();
    },
  },
  { name: 'add-screen', path: addPath, act: (page) => way(page, 'screen') },
  {
    name: 'add-discovery',
    path: addPath,
    scene: { tasks: [discovery] },
    act: async (page) => {
      await way(page, 'discovery');
      await page.locator('.way-panel .btn').click();
      await page.locator('.choice').first().waitFor();
    },
  },
  { name: 'add-default', path: addPath, act: (page) => way(page, 'default') },
  {
    name: 'add-manual',
    path: addPath,
    act: async (page) => {
      await way(page, 'manual');
      await page.locator('input[name=address]').fill('smdp_leb');
      await page.locator('.field.bad').waitFor();
    },
  },
  ...(
    [
      'lookUp',
      'approval',
      'large',
      'rules',
      'code',
      'refused',
      'installing',
      'declined',
      'failed',
    ] as const satisfies readonly (keyof typeof downloads)[]
  ).map((name) => ({ name: `download-${name}`, path: downloadPath, scene: { tasks: [downloads[name]] } })),
  { name: 'download-installed', path: downloadPath, scene: { tasks: [downloads.installed], devices: withInstalled } },
  {
    name: 'download-tray',
    path: '/devices',
    scene: { tasks: [downloads.approval, discovery] },
    act: async (page) => {
      await page.locator('.running').click();
      await page.locator('.tray').waitFor();
    },
  },
];
