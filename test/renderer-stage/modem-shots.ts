import * as modems from './modem-scenes.ts';
import type { Shot } from './shoot.ts';

const overview = `/devices/${encodeURIComponent(modems.modemId)}`;
const { quiet } = modems.modemScenes;

/** Every part of a modem's page, with a modem that says all it can, with one that says little, and what is asked before what destroys. */
export const modemShots: readonly Shot[] = [
  { name: 'modem', path: overview },
  {
    name: 'modem-pin',
    path: overview,
    scene: { devices: modems.waitsForPin, modem: modems.pinScene },
    act: async (page) => {
      await page.locator('input[name=pin]').fill('1234');
      await page.keyboard.press('Enter');
      await page.locator('.codes + .failure-note').waitFor();
    },
  },
  {
    name: 'modem-puk',
    path: overview,
    scene: { devices: modems.waitsForPuk, modem: modems.pukScene },
    act: (page) => page.locator('input[name=repeated]').waitFor(),
  },
  {
    name: 'modem-last-attempt',
    path: overview,
    scene: { devices: modems.waitsForPuk, modem: modems.pukScene },
    act: async (page) => {
      await page.locator('input[name=puk]').fill('12345678');
      await page.locator('input[name=newPin]').fill('4711');
      await page.locator('input[name=repeated]').fill('4711');
      await page.keyboard.press('Enter');
      await page.locator('.dialog').waitFor();
    },
  },
  {
    name: 'modem-change-pin',
    path: overview,
    act: async (page) => {
      await page.getByRole('button', { name: /^(?:Change the PIN|更改 PIN)$/u }).click();
      await page.locator('input[name=newPin]').fill('4711');
      await page.locator('input[name=repeated]').fill('4712');
      await page.locator('input[name=repeated]').scrollIntoViewIfNeeded();
    },
  },
  { name: 'modem-away', path: modems.modemPath('data'), scene: { devices: modems.away } },
  { name: 'modem-signal', path: modems.modemPath('signal') },
  { name: 'modem-signal-quiet', path: modems.modemPath('signal'), scene: { modem: quiet } },
  { name: 'modem-network', path: modems.modemPath('network') },
  { name: 'modem-network-scanning', path: modems.modemPath('network'), scene: { tasks: [modems.scanning] } },
  { name: 'modem-network-found', path: modems.modemPath('network'), scene: { tasks: [modems.scanned] } },
  { name: 'modem-network-selecting', path: modems.modemPath('network'), scene: { tasks: [modems.scanned, modems.selecting] } },
  { name: 'modem-network-refused', path: modems.modemPath('network'), scene: { modem: quiet } },
  { name: 'modem-radio', path: modems.modemPath('radio') },
  {
    name: 'modem-radio-band',
    path: modems.modemPath('radio'),
    act: (page) => page.getByRole('checkbox', { name: /^B3(?: |使|$)/u }).click(),
  },
  {
    name: 'modem-radio-locked',
    path: modems.modemPath('radio'),
    scene: { modem: quiet },
  },
  { name: 'modem-data', path: modems.modemPath('data') },
  {
    name: 'modem-data-edit',
    path: modems.modemPath('data'),
    act: async (page) => {
      await page.locator('[data-context="4"] .btn.only').click();
      await page.locator('.menu-item').first().click();
      await page.locator('.dialog').waitFor();
    },
  },
  {
    name: 'modem-data-refused',
    path: modems.modemPath('data'),
    act: async (page) => {
      await page.locator('[data-context="4"] .btn').first().click();
      await page.locator('.failure-note').waitFor();
    },
  },
  { name: 'modem-data-quiet', path: modems.modemPath('data'), scene: { modem: quiet } },
  { name: 'modem-maintenance', path: modems.modemPath('maintenance'), scene: { tasks: [modems.restarting] } },
  {
    name: 'modem-factory',
    path: modems.modemPath('maintenance'),
    act: async (page) => {
      await page.locator('.danger-quiet').click();
      await page.locator('.dialog').waitFor();
    },
  },
];
