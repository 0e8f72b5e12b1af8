import { defineConfig } from '@playwright/test';
import { launchOptions } from './test/e2e/support/chromium.ts';
import type { ShellName } from './test/e2e/support/open-app.ts';

const appSpecs = { testDir: 'test/e2e', dependencies: ['app-build'], fullyParallel: true };
const realElectron = '**/real-electron.spec.ts';
const desktopWindow = '**/desktop-window.spec.ts';
// The page is the same in both shells, and one of them is enough to hold it to WCAG.
const accessibility = '**/accessibility.spec.ts';
/** Tests of the page alone: it is the same in both shells, and what differs between them other tests go through. */
const pageAlone = /@page/;
/** Tests of what only a desktop has, and of what one shell is enough for. */
const desktopAlone = /@desktop/;

// End to end: the built application in real Chromium. `double` holds the Electron double to its word,
// `electron` runs the application on it, `web` runs the same specs on the web shell, `real-electron` where a binary is present.
export default defineConfig<object, { shell: ShellName }>({
  forbidOnly: process.env['CI'] !== undefined,
  workers: 2,
  // On a machine that does other things as well a browser may start too late. `npm test` names what needed a second try.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: { launchOptions, actionTimeout: 30_000 },
  projects: [
    { name: 'double-build', testDir: 'test/electron-double/specs', testMatch: 'build.setup.ts' },
    { name: 'double', testDir: 'test/electron-double/specs', dependencies: ['double-build'], fullyParallel: true },
    { name: 'app-build', testDir: 'test/e2e', testMatch: 'app.setup.ts' },
    { ...appSpecs, name: 'electron', testIgnore: [realElectron, accessibility], grepInvert: pageAlone, use: { shell: 'electron' } },
    { ...appSpecs, name: 'web', testIgnore: [realElectron, desktopWindow], grepInvert: desktopAlone, use: { shell: 'web' } },
    { ...appSpecs, name: 'real-electron', testMatch: realElectron },
  ],
});
