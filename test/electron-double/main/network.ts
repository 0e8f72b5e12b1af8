// protocol, net and session: who answers a request, and what a page may ask for.
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, record } from './recorder.ts';
import { isReachable, schemes } from './schemes.ts';
import { strict, StrictEmitter } from './strict.ts';
import { lifecycle } from './lifecycle.ts';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain',
};

async function readFileUrl(url: string): Promise<Response> {
  const path = fileURLToPath(url);
  const body = await readFile(path).catch(() => undefined);
  if (!body) throw new Error('net::ERR_FILE_NOT_FOUND');
  return new Response(body, { headers: { 'content-type': mediaTypes[extname(path)] ?? 'application/octet-stream' } });
}

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(customSchemes) {
    if (lifecycle.isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    schemes.register(customSchemes);
  },
  handle: (scheme, handler) => schemes.handle(scheme, handler),
  unhandle: (scheme) => schemes.unhandle(scheme),
  isProtocolHandled: (scheme) => schemes.isHandled(scheme),
} satisfies Partial<Electron.Protocol>);

async function netFetch(input: string | Request | URL, init?: RequestInit & { bypassCustomProtocolHandlers?: boolean }): Promise<Response> {
  lifecycle.requireReady('net.fetch');
  const url = input instanceof Request ? input.url : String(input);
  const scheme = new URL(url).protocol.slice(0, -1);
  if (schemes.isHandled(scheme) && !init?.bypassCustomProtocolHandlers)
    return (await schemes.respond(new Request(input, init))) ?? Response.error();
  if (scheme === 'file') return readFileUrl(url);
  if (!isReachable(url)) throw new Error('net::ERR_BLOCKED_BY_CLIENT');
  return fetch(input, init);
}

export const net = strict('net', {
  fetch: netFetch as Electron.Net['fetch'],
  isOnline: () => ask('net.isOnline', true),
  get online() {
    return ask('net.isOnline', true);
  },
} satisfies Partial<Electron.Net>);

type RequestHandler = NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>;
type BeforeRequestListener = NonNullable<Parameters<Electron.WebRequest['onBeforeRequest']>[0]>;
type CheckHandler = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>;

class Session
  extends StrictEmitter
  implements
    Pick<
      Electron.Session,
      | 'setPermissionRequestHandler'
      | 'setPermissionCheckHandler'
      | 'setDevicePermissionHandler'
      | 'setDisplayMediaRequestHandler'
      | 'clearCache'
      | 'clearStorageData'
    >
{
  readonly protocol = protocol;
  /** Only what decides whether a request may go out at all; headers and redirects are not modelled. */
  readonly webRequest = strict('webRequest', {
    onBeforeRequest: (listener: unknown) => {
      if (listener !== null && typeof listener !== 'function') throw new Error('the Electron double does not model filters of webRequest');
      this.beforeRequest = listener as BeforeRequestListener | null;
    },
  });
  private beforeRequest: BeforeRequestListener | null = null;
  private requestHandler: RequestHandler | null = null;
  private checkHandler: CheckHandler | null = null;

  constructor() {
    super('session');
  }

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.requestHandler = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.checkHandler = handler;
  }

  /** USB, HID and serial devices of the page: recorded only, since no device ever shows up in the double. */
  setDevicePermissionHandler(handler: unknown): void {
    record('session.setDevicePermissionHandler', handler);
  }

  /** Recorded only: a headless Chromium has no screen to show. */
  setDisplayMediaRequestHandler(handler: unknown, options?: Electron.DisplayMediaRequestHandlerOpts): void {
    record('session.setDisplayMediaRequestHandler', handler, options);
  }

  setSpellCheckerEnabled(enabled: boolean): void {
    record('session.setSpellCheckerEnabled', enabled);
  }

  async clearCache(): Promise<void> {
    record('session.clearCache');
  }

  async clearStorageData(options?: Electron.ClearStorageDataOptions): Promise<void> {
    record('session.clearStorageData', options);
  }

  /** Whether the application lets a request of a page go out. */
  async lets(request: { readonly url: string; readonly method: string; readonly resourceType: string }): Promise<boolean> {
    const { beforeRequest } = this;
    if (beforeRequest === null) return true;
    const { cancel, redirectURL } = await new Promise<Electron.CallbackResponse>((resolve) =>
      beforeRequest(
        { id: 0, timestamp: Date.now(), referrer: '', uploadData: [], ...request } as Parameters<BeforeRequestListener>[0],
        resolve,
      ),
    );
    if (redirectURL !== undefined) throw new Error('the Electron double does not model redirects by webRequest');
    if (cancel === true) record('webRequest.cancelled', request.url);
    return cancel !== true;
  }

  /** What a page gets without asking. Electron grants when nobody objects. */
  allows(contents: unknown, permission: string, origin: string): boolean {
    return (
      this.checkHandler?.(contents as Electron.WebContents, permission as Parameters<CheckHandler>[1], origin, { isMainFrame: true }) ??
      this.requestHandler === null
    );
  }

  /** Plays a page's request for a permission to the application. */
  request(contents: unknown, permission: string, details: object): Promise<boolean> {
    const { requestHandler } = this;
    if (!requestHandler) return Promise.resolve(true);
    return new Promise((resolve) =>
      requestHandler(
        contents as Electron.WebContents,
        permission as Parameters<RequestHandler>[1],
        resolve,
        details as Parameters<RequestHandler>[3],
      ),
    );
  }
}

export const defaultSession = new Session();

export const session = strict('session', {
  get defaultSession() {
    lifecycle.requireReady('Session');
    return defaultSession;
  },
});
