import { protocol } from 'electron';
import { readWindowFile, securityHeaders } from '#headless/window-files.ts';
import type { MainModule } from './main-module.ts';

/** Has to come before Electron's `ready`. `standard` and `secure`: the page has an origin of its own, with everything that hangs on it. */
export function registerBundleScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves the built window under `app://bundle/`, and nothing else of the disk. */
export function createBundleProtocol(windowFolder: string): MainModule {
  return { onReady: () => protocol.handle('app', (request) => answerBundle(request, windowFolder)) };
}

async function answerBundle(request: Request, windowFolder: string): Promise<Response> {
  const headers = securityHeaders("'none'");
  const url = new URL(request.url);
  if (url.host !== 'bundle' || request.method !== 'GET') return new Response(null, { status: 400, headers });
  const file = await readWindowFile(windowFolder, url.pathname);
  if (file === null) return new Response(null, { status: 404, headers });
  return new Response(file.body, { headers: { ...headers, 'content-type': file.mediaType } });
}
