import { app, safeStorage, shell } from 'electron';
import { createRouterClient } from '@orpc/server';
import { createApplication } from '#core/application.ts';
import type { ShellEnvironment } from '#headless/environment.ts';
import { systemLanguage } from '#headless/system-language.ts';
import { openTransports } from '#headless/transports.ts';
import type { MainModule } from './main-module.ts';
import type { Paths } from './paths.ts';
import { createSystemSecretStore } from './system-secret-store.ts';
import { createUtilityPrograms } from './utility-programs.ts';

type Application = Awaited<ReturnType<typeof createApplication>>;
type Started = { readonly application: Application; close(): Promise<void> };

export type DesktopApplication = MainModule & {
  /** Begun at `ready`; the window does not wait for it, its calls do. */
  readonly router: Promise<Application['router']>;
  readonly client: Promise<ReturnType<typeof createDeskClient>>;
};

function createDeskClient(router: Application['router']) {
  return createRouterClient(router);
}

/** The application with Electron around it. `onFailure`: it could not start, and there is nothing to show. */
export function createDesktopApplication(
  environment: ShellEnvironment,
  paths: Paths,
  onFailure: (error: unknown) => void,
): DesktopApplication {
  const { promise: started, resolve, reject } = Promise.withResolvers<Started>();
  started.catch(onFailure);
  const router = started.then(({ application }) => application.router);
  const client = router.then(createDeskClient);
  for (const derived of [router, client]) derived.catch(() => undefined); // onFailure has it already
  return {
    router,
    client,
    onReady: () => void start(environment, paths).then(resolve, reject),
    async onQuit() {
      const running = await started.catch(() => null);
      await running?.close();
    },
  };
}

async function start(environment: ShellEnvironment, paths: Paths): Promise<Started> {
  const transports = await openTransports(environment);
  const application = await createApplication({
    kind: 'electron',
    version: app.getVersion(),
    dataDir: paths.dataDir,
    systemLanguage: systemLanguage(app.getPreferredSystemLanguages()),
    cardTransports: transports.cardTransports,
    serialTransports: transports.serialTransports,
    virtualBench: environment.virtualBench,
    extraRoots: [],
    secrets: await createSystemSecretStore(paths.dataDir, safeStorage),
    accountServiceUrl: environment.accountServiceUrl,
    startProcess: createUtilityPrograms(paths),
    openExternal,
  });
  return {
    application,
    async close() {
      await application.close();
      await transports.close();
    },
  };
}

/** The application has checked the address against its own table; here only what no browser should ever be given is held back. */
async function openExternal(url: string): Promise<boolean> {
  if (!['https:', 'http:', 'mailto:'].includes(new URL(url).protocol)) return false;
  try {
    await shell.openExternal(url);
    return true;
  } catch {
    return false;
  }
}
