import { app, dialog } from 'electron';
import { readEnvironment } from '#headless/environment.ts';
import { createBundleProtocol, registerBundleScheme } from './bundle-protocol.ts';
import { createDeskPort } from './desk-port.ts';
import { createDesktopApplication } from './desktop-application.ts';
import { createHardenedSession } from './hardened-session.ts';
import { runModules } from './main-module.ts';
import { createMainWindow } from './main-window.ts';
import { preparePaths, type Paths } from './paths.ts';
import { createPreferences, languageOfSystem } from './preferences.ts';
import { wordsOf } from './words.ts';

function start(): void {
  const environment = readEnvironment(process.env);
  const paths = preparePaths(environment.dataDir);
  if (!app.requestSingleInstanceLock()) return app.quit(); // the first instance shows its window
  const fail = (error: unknown): void => sayFailure(error, paths);

  registerBundleScheme();
  app.enableSandbox();
  app.setAppUserModelId('example.leb.companion'); // Windows: notifications and taskbar go by it
  // `lpa:` are activation codes, `leb-card:` is the way back from a payment.
  if (app.isPackaged) for (const scheme of ['leb-card', 'lpa']) app.setAsDefaultProtocolClient(scheme);

  const application = createDesktopApplication(environment, paths, fail);
  const window = createMainWindow(paths);
  runModules(
    [
      createHardenedSession(),
      createBundleProtocol(paths.windowFolder),
      application,
      createDeskPort(application, window),
      window,
      createPreferences(application, window, paths),
    ],
    fail,
  );
}

/** There is no window to say it in. */
function sayFailure(error: unknown, { dataDir }: Paths): void {
  console.error(error);
  const { failure } = wordsOf(languageOfSystem());
  const reason = error instanceof Error ? error.message : String(error);
  dialog.showErrorBox(failure.title, failure.text.replace('{{reason}}', reason).replace('{{folder}}', dataDir));
  app.exit(1);
}

start();
