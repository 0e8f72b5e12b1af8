import { test as base } from '@playwright/test';
import type { Language } from '#contract/common.ts';
import { welcomePage } from '../pages/welcome-page.ts';
import { openApp, type AppOptions, type OpenApp, type ShellName } from './open-app.ts';
import { wordsOf } from './words.ts';

type Fixtures = {
  /** Opens the application; it is closed at the end of the test, whatever happened. */
  readonly open: (options: Omit<AppOptions, 'shell'>) => Promise<OpenApp>;
};

type WorkerFixtures = {
  /** Which shell the project runs on. */
  readonly shell: ShellName;
  /**
   * One application for the tests that leave nothing behind that another of them would trip over: in English, without an account, with a card
   * of two chips in the further reader. Starting one takes longer than most of these tests do.
   */
  readonly shared: OpenApp;
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  shell: ['electron', { option: true, scope: 'worker' }],
  shared: [
    async ({ shell, browser }, use) => {
      const app = await openApp({ shell, language: 'en', environment: { LEB_BENCH_CARDS: 'two-se' } }, browser);
      try {
        await welcomePage(app.page, wordsOf('en')).useDevicesOnly();
        await use(app);
      } finally {
        await app.close();
      }
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  open: async ({ shell, browser }, use) => {
    const opened: OpenApp[] = [];
    await use(async (options) => {
      const app = await openApp({ ...options, shell }, browser);
      opened.push(app);
      return app;
    });
    for (const app of opened) await app.close();
  },
});

export const languages: readonly Language[] = ['en', 'zh-CN'];
export { expect } from '@playwright/test';
