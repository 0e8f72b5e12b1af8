import { defineConfig } from '@playwright/test';

// End to end: the built application in real Chromium. `double` holds the Electron double to its word,
// `electron` runs the application on it, `web` runs the same specs on the web shell, `real-electron` where a binary is present.
export default defineConfig({
  forbidOnly: process.env['CI'] !== undefined,
  workers: 2,
  timeout: 60_000,
  reporter: 'list',
  projects: [
    { name: 'double-build', testDir: 'test/electron-double/specs', testMatch: 'build.setup.ts' },
    { name: 'double', testDir: 'test/electron-double/specs', dependencies: ['double-build'], fullyParallel: true },
  ],
});
