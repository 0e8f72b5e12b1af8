/**
 * Photographs every screen and state: `node test/renderer-stage/shoot.ts [--out DIR] [--only NAME,…] [--all] [--zoom] [--forced] [--lang L]`.
 * `--all`: both languages, both themes, both widths; otherwise English, light, 1280. `--zoom`: as at 200 %, 640 by 400. `--forced`: with
 * the colours of the system. Ends with 1 if a page broke its policy, logged an error or was wider than the window.
 */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { chromium, type Page } from '@playwright/test';
import { wholeChromium } from '#test/electron-double/chromium-path.ts';
import { build } from 'vite';
import { settledAfterMs } from '#renderer/app/arrivals.ts';
import { addProfileShots } from './add-profile-shots.ts';
import { createStage, type Scene, type Stage } from './stage-desk.ts';
import * as chips from './chip-scenes.ts';
import { modemScenes } from './modem-scenes.ts';
import { modemShots } from './modem-shots.ts';
import * as scenes from './stage-scenes.ts';
import { serveStage } from './stage-server.ts';

const root = new URL('../../renderer/', import.meta.url).pathname;
const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    only: { type: 'string' },
    lang: { type: 'string', default: 'en' },
    all: { type: 'boolean', default: false },
    zoom: { type: 'boolean', default: false },
    forced: { type: 'boolean', default: false },
  },
});
const out = values.out ?? join(tmpdir(), 'renderer-shots');
const built = join(tmpdir(), `renderer-stage-${process.pid}`);

export type Shot = {
  readonly name: string;
  readonly path: string;
  readonly scene?: Partial<Scene>;
  readonly act?: (page: Page) => Promise<void>;
};
const order = '/orders/order-1';
const chipPage = `/devices/${encodeURIComponent(chips.readerId)}/euicc`;
const chipProfiles = `/profiles/${encodeURIComponent(chips.readerId)}`;
const technician: Scene['settings'] = { language: 'en', theme: 'light', technicianMode: true, testRoots: '' };
const account = (change: Partial<Scene['account']>): Partial<Scene> => ({ account: { ...scenes.signedIn, ...change } });
const signedOut: Partial<Scene> = { account: scenes.signedOut };
const shots: readonly Shot[] = [
  { name: 'sign-in', path: '/', scene: signedOut },
  {
    name: 'sign-in-wrong',
    path: '/',
    scene: signedOut,
    act: async (page) => {
      await page.locator('.choice').first().click();
      await page.locator('.failure-note').waitFor();
    },
  },
  { name: 'register', path: '/register', scene: signedOut, act: (page) => page.locator('input[name=newPassword]').fill('correct horse') },
  { name: 'forgot-password', path: '/forgot-password', scene: signedOut },
  { name: 'account', path: '/account' },
  {
    name: 'account-password',
    path: '/account',
    act: async (page) => {
      await page.getByRole('button', { name: /^(?:Change password|更改密码)$/u }).click();
      await page.locator('input[name=newPassword]').fill('correct horse');
    },
  },
  { name: 'home', path: '/' },
  { name: 'home-order', path: '/', scene: account({ orders: [scenes.openOrder] }) },
  { name: 'home-low', path: '/', scene: account({ lines: [scenes.lowLine, scenes.secondLine] }) },
  { name: 'home-stale', path: '/', scene: account({ problem: { code: 'SERVICE_UNREACHABLE', details: {} } }) },
  { name: 'home-no-line', path: '/', scene: account({ lines: [] }) },
  { name: 'home-unlimited', path: '/', scene: account({ lines: [scenes.unlimitedLine], promotions: scenes.openPromotions }) },
  { name: 'home-nothing', path: '/', scene: account({ lines: [scenes.usedUpLine] }) },
  { name: 'home-unknown', path: '/', scene: account({ lines: [scenes.unknownLine] }) },
  { name: 'home-long', path: '/', scene: { ...account({ lines: [scenes.longLine] }), devices: scenes.longNames } },
  { name: 'home-expired', path: '/', scene: account({ lines: [scenes.expiredLine] }) },
  { name: 'plan', path: '/plan', scene: account({ orders: [scenes.verifiedOrder, scenes.failedOrder] }) },
  {
    name: 'plan-code',
    path: '/plan',
    act: async (page) => {
      await page.locator('input[name=promotionCode]').fill('SPRING10');
      await page.keyboard.press('Enter');
      await page.locator('.field.good').waitFor();
    },
  },
  {
    name: 'plan-code-bad',
    path: '/plan',
    act: async (page) => {
      await page.locator('[data-period=year]').click();
      await page.locator('input[name=promotionCode]').fill('WINTER');
      await page.keyboard.press('Enter');
      await page.locator('.field.bad').waitFor();
    },
  },
  { name: 'payment-waiting', path: order, scene: { renewals: { 'order-1': scenes.renewals.waiting } } },
  { name: 'payment-failed', path: order, scene: { renewals: { 'order-1': scenes.renewals.failed } } },
  { name: 'renewal-applying', path: order, scene: { renewals: { 'order-1': scenes.renewals.applying } } },
  { name: 'renewal-verified', path: order, scene: { renewals: { 'order-1': scenes.renewals.verified } } },
  { name: 'renewal-cancelled', path: order, scene: { renewals: { 'order-1': scenes.renewals.cancelled } } },
  { name: 'devices', path: '/devices' },
  {
    name: 'devices-new',
    path: '/devices',
    scene: { devices: { ...scenes.allDevices, devices: scenes.allDevices.devices.slice(0, 3) } },
    act: async (page) => {
      await page.waitForTimeout(settledAfterMs);
      stage.set({ devices: scenes.allDevices });
      await page.locator('.list > li.new').first().waitFor();
    },
  },
  { name: 'devices-long', path: '/devices', scene: { devices: scenes.longNames } },
  { name: 'devices-none', path: '/devices', scene: { devices: scenes.noDevices } },
  ...modemShots,
  {
    name: 'messages',
    path: `/devices/${encodeURIComponent('serial:/dev/ttyUSB2')}/messages`,
    act: async (page) => {
      await page.locator('input[name=to]').fill('+447700900321');
      await page.locator('textarea[name=text]').fill('你好！'.repeat(30));
      await page.locator('input[name=code]').fill('*100#');
      await page.keyboard.press('Enter');
      await page.locator('.network-said').waitFor();
    },
  },
  { name: 'profiles', path: `/profiles/${encodeURIComponent('pcsc:ACS ACR39U')}` },
  { name: 'profiles-long', path: `/profiles/${encodeURIComponent('serial:/dev/ttyUSB2')}`, scene: { devices: scenes.longNames } },
  {
    name: 'profiles-undo',
    path: `/profiles/${encodeURIComponent('pcsc:ACS ACR39U')}`,
    scene: { tasks: [scenes.runningTask] },
    act: async (page) => {
      await page.locator('.task').waitFor();
      stage.set({ tasks: [scenes.doneTask] });
      await page.locator('.toast').waitFor();
    },
  },
  { name: 'profiles-running', path: `/profiles/${encodeURIComponent('pcsc:ACS ACR39U')}`, scene: { tasks: [scenes.runningTask] } },
  { name: 'profiles-failed', path: `/profiles/${encodeURIComponent('pcsc:ACS ACR39U')}`, scene: { tasks: [scenes.failedTask] } },
  {
    name: 'profiles-technician',
    path: `/profiles/${encodeURIComponent('pcsc:ACS ACR39U')}`,
    scene: { settings: technician },
  },
  { name: 'profiles-delete', path: `/profiles/${encodeURIComponent('serial:/dev/ttyUSB2')}`, act: (page) => openMenu(page, 1) },
  { name: 'profiles-rename', path: `/profiles/${encodeURIComponent('serial:/dev/ttyUSB2')}`, act: (page) => openMenu(page, 0) },
  ...addProfileShots,
  { name: 'euicc', path: chipPage, scene: { devices: chips.talkativeChip, outbox: chips.outbox } },
  { name: 'euicc-bare', path: chipPage, scene: { devices: chips.bareChip } },
  { name: 'euicc-stale', path: chipPage, scene: { devices: chips.staleChip } },
  { name: 'euicc-ports', path: chipPage, scene: { devices: chips.severalAtOnce, settings: technician } },
  { name: 'euicc-two', path: chipPage, scene: { devices: chips.twoElements } },
  {
    name: 'euicc-reset',
    path: chipPage,
    scene: { devices: chips.talkativeChip },
    act: async (page) => {
      await page.locator('.danger-quiet').click();
      for (const box of await page.locator('.dialog .checkbox').all()) await box.click();
    },
  },
  {
    name: 'euicc-smdp',
    path: chipPage,
    act: (page) => page.locator('.btn:has-text("Change"), .btn:has-text("更改")').click(),
  },
  {
    name: 'notification-remove',
    path: chipPage,
    scene: { devices: chips.talkativeChip },
    act: async (page) => {
      await page.locator('[data-notification] .btn.only').first().click();
      await page.locator('.menu-item').click();
      await page.locator('.dialog').waitFor();
    },
  },
  { name: 'notifications', path: '/notifications', scene: { devices: chips.talkativeChip, outbox: chips.outbox } },
  { name: 'notifications-none', path: '/notifications', scene: { devices: chips.bareChip } },
  { name: 'profiles-told', path: chipProfiles, scene: { devices: chips.talkativeChip, outbox: chips.outbox, icon: chips.icon } },
  { name: 'profiles-two', path: chipProfiles, scene: { devices: chips.twoElements } },
  { name: 'profiles-two-running', path: chipProfiles, scene: { devices: chips.twoElements, tasks: [scenes.runningTask] } },
  { name: 'profiles-ports', path: chipProfiles, scene: { devices: chips.severalAtOnce } },
  { name: 'home-untold', path: '/', scene: { outbox: chips.outbox } },
  {
    name: 'settings-roots',
    path: '/settings',
    scene: { settings: { ...technician, testRoots: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' } },
    act: (page) => page.locator('textarea').scrollIntoViewIfNeeded(),
  },
  { name: 'support', path: '/support' },
  { name: 'settings', path: '/settings' },
  {
    name: 'task-tray',
    path: '/devices',
    scene: { tasks: [scenes.runningTask, { ...scenes.failedTask, taskId: 'task-2' }] },
    act: async (page) => {
      await page.locator('.running').click();
      await page.locator('.tray').waitFor();
    },
  },
  {
    name: 'shortcuts',
    path: '/',
    act: async (page) => {
      await page.keyboard.press('?');
      await page.locator('.dialog').waitFor();
    },
  },
];

async function openMenu(page: Page, entry: number): Promise<void> {
  await page.locator('tbody tr').first().locator('.btn.only').click();
  await page.locator('.menu-item').nth(entry).click();
  await page.locator('.dialog').waitFor();
}

const variants = values.all
  ? (['en', 'zh-CN'] as const).flatMap((language) =>
      (['light', 'dark'] as const).flatMap((theme) =>
        (
          [
            [1280, 800],
            [960, 640],
          ] as const
        ).map((size) => ({ language, theme, size })),
      ),
    )
  : [{ language: values.lang === 'zh-CN' ? 'zh-CN' : 'en', theme: 'light', size: values.zoom ? [640, 400] : [1280, 800] } as const];

await build({
  root,
  base: './',
  logLevel: 'warn',
  plugins: [react()],
  build: { outDir: built, emptyOutDir: true, minify: true },
});
printSizes();

const firstScene: Scene = { ...scenes.firstScene, modem: modemScenes.talkative };
const stage: Stage = createStage(firstScene);
const server = await serveStage(stage, built);
const browser = await chromium.launch({
  executablePath: wholeChromium,
  args: ['--no-sandbox', '--use-fake-device-for-media-stream'],
});
const complaints: string[] = [];
mkdirSync(out, { recursive: true });
const only = values.only?.split(',');
for (const { language, theme, size } of variants) {
  const context = await browser.newContext({
    viewport: { width: size[0], height: size[1] },
    locale: language,
    reducedMotion: 'reduce',
    ...(values.forced ? { forcedColors: 'active' } : {}),
  });
  for (const shot of shots) {
    if (only !== undefined && !only.includes(shot.name)) continue;
    const scene = { ...firstScene, ...shot.scene };
    stage.set({ ...scene, settings: { ...scene.settings, language, theme } });
    const label = `${shot.name}.${language}.${theme}.${size[0]}`;
    const complain = (text: string): void => void complaints.push(`${label}: ${text}`);
    // A page of its own: what one shot left behind is not in the next.
    const page = await context.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complain(message.text());
    });
    page.on('pageerror', (error) => complain(error.message));
    await page.goto(`${server.url}#${shot.path}`);
    await page.locator('h1').first().waitFor();
    await page.locator(`html[lang="${language}"]`).waitFor();
    await shot.act?.(page);
    await page.waitForTimeout(200);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    if (wide) complain('is wider than the window');
    await page.screenshot({ path: join(out, `${label}.png`) });
    await page.close();
  }
  await context.close();
}
if (only === undefined) await proveReconnection();
await browser.close();
await server.close();
for (const complaint of new Set(complaints)) process.stdout.write(`${complaint}\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;

/** The application goes away and comes back with other news: the window says so, and shows them without being reloaded. */
async function proveReconnection(): Promise<void> {
  stage.set(firstScene);
  const page = await browser.newPage({ locale: 'en' });
  await page.goto(`${server.url}#/`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  server.goAway(true);
  await page.locator('.lost').waitFor({ timeout: 5_000 });
  await page.screenshot({ path: join(out, 'lost.en.light.1280.png') });
  server.goAway(false);
  stage.set({ account: { ...scenes.signedIn, lines: [scenes.expiredLine] } });
  await page.locator('.expired').waitFor({ timeout: 15_000 });
  await page.locator('.lost').waitFor({ state: 'detached', timeout: 15_000 });
  await page.close();
}

function printSizes(): void {
  const assets = join(built, 'assets');
  for (const file of readdirSync(assets)) {
    const path = join(assets, file);
    process.stdout.write(
      `${file} ${(statSync(path).size / 1024).toFixed(1)} KB, ${(gzipSync(readFileSync(path)).length / 1024).toFixed(1)} KB gzip\n`,
    );
  }
}
