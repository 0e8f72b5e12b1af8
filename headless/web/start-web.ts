import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RPCHandler } from '@orpc/server/ws';
import { createApplication } from '#core/application.ts';
import { createShell } from '../create-shell.ts';
import { openWindowServer } from './window-server.ts';

export type WebOptions = {
  /** A TCP port; any free one by default. */
  readonly port?: number;
  readonly dataDir?: string;
  readonly virtualBench?: boolean;
  readonly extraRoots?: readonly string[];
  readonly environment?: Readonly<Record<string, string | undefined>>;
};

export type Web = {
  /** The opening address with its one-time token. */
  readonly url: string;
  close(): Promise<void>;
};

const windowFolder = resolve(import.meta.dirname, '../../out/renderer');

/**
 * The application with its window in a browser of this machine: loopback only, a one-time token, our own page alone.
 * @throws Error when the window is not built, or the port is taken; LebError for an environment that cannot be meant
 */
export async function startWeb(options: WebOptions = {}): Promise<Web> {
  await access(join(windowFolder, 'index.html')).catch(() => {
    throw new Error('The window has not been built yet: npm run build');
  });
  const surroundings = await createShell({ ...options, kind: 'web' });
  const application = await createApplication(surroundings.shell).catch(async (error: unknown) => {
    await surroundings.close();
    throw error;
  });
  const handler = new RPCHandler(application.router);
  const closeApplication = async (): Promise<void> => {
    await application.close();
    await surroundings.close();
  };
  const server = await openWindowServer({
    port: options.port ?? 0,
    windowFolder,
    onSocket: (socket) => void handler.upgrade(socket),
  }).catch(async (error: unknown) => {
    await closeApplication();
    throw error;
  });
  return {
    url: server.url,
    async close() {
      await server.close();
      await closeApplication();
    },
  };
}
