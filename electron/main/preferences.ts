import { app, Menu, nativeImage, Tray } from 'electron';
import type { Language } from '#contract/common.ts';
import { systemLanguage } from '#headless/system-language.ts';
import type { DesktopApplication } from './desktop-application.ts';
import type { MainModule } from './main-module.ts';
import type { MainWindow } from './main-window.ts';
import { setApplicationMenu } from './menu.ts';
import type { Paths } from './paths.ts';
import { wordsOf, type Words } from './words.ts';

/** Menu, tray and theme, in the language and the theme that the person has chosen; follows the settings for as long as they change. */
export function createPreferences(application: DesktopApplication, window: MainWindow, paths: Paths): MainModule {
  const stop = new AbortController();
  let tray: Tray | null = null;
  const speak = (language: Language): void => {
    setApplicationMenu(wordsOf(language));
    tray?.setContextMenu(trayMenu(wordsOf(language), window));
  };
  const follow = async (): Promise<void> => {
    const client = await application.client;
    for await (const settings of await client.settings.watch(undefined, { signal: stop.signal })) {
      window.setTheme(settings.theme);
      speak(settings.language === 'system' ? languageOfSystem() : settings.language);
    }
  };
  return {
    onReady() {
      tray = openTray(paths, window);
      speak(languageOfSystem());
      follow().catch((error: unknown) => {
        if (!stop.signal.aborted) console.error(error);
      });
    },
    onQuit() {
      stop.abort();
      tray?.destroy();
    },
  };
}

export function languageOfSystem(): Language {
  return systemLanguage(app.getPreferredSystemLanguages());
}

function openTray(paths: Paths, window: MainWindow): Tray {
  // Linux trays are 22 pixels high, the others 16; a picture of 512 would fill the panel.
  const size = process.platform === 'linux' ? 22 : 16;
  const tray = new Tray(nativeImage.createFromPath(paths.icon).resize({ width: size, height: size }));
  tray.setToolTip('LEB Companion');
  tray.on('click', () => window.show());
  return tray;
}

function trayMenu({ tray }: Words, window: MainWindow): Menu {
  return Menu.buildFromTemplate([
    { label: tray.show, click: () => window.show() },
    { type: 'separator' },
    { label: tray.quit, click: () => app.quit() },
  ]);
}
