import { test as base } from '@playwright/test';
import type { Language } from '#contract/common.ts';
import { openApp, type AppOptions, type OpenApp, type ShellName } from './open-app.ts';

type Fixtures = {
  /** Which shell the project runs on. */
  readonly shell: ShellName;
  /** Opens the application; it is closed at the end of the test, whatever happened. */
  readonly open: (options: Omit<AppOptions, 'shell'>) => Promise<OpenApp>;
};

export const test = base.extend<Fixtures>({
  shell: ['electron', { option: true }],
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
