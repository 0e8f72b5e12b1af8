// Chromium knows no app:// scheme and cannot be taught one from outside. A privileged custom scheme is therefore served from
// an https origin of its own in the reserved .test domain; the main process only ever sees the app:// form.
import { record } from './recorder.ts';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;

const suffix = 'electron-double.test';
const privileged = new Map<string, Electron.Privileges>();
const handlers = new Map<string, SchemeHandler>();

export const schemes = {
  register(customSchemes: readonly Electron.CustomScheme[]): void {
    privileged.clear(); // the last call wins, as in Electron
    for (const { scheme, privileges } of customSchemes) privileged.set(scheme, privileges ?? {});
  },

  handle(scheme: string, handler: SchemeHandler): void {
    const { standard, secure } = privileged.get(scheme) ?? {};
    if (!standard || !secure)
      throw new Error(`the Electron double models custom schemes only when registered as standard and secure: ${scheme}`);
    if (handlers.has(scheme)) throw new Error(`The scheme has been intercepted: ${scheme}`);
    handlers.set(scheme, handler);
  },

  unhandle: (scheme: string): void => void handlers.delete(scheme),
  isHandled: (scheme: string): boolean => handlers.has(scheme),

  /** app://bundle/x → https://bundle.app.electron-double.test/x */
  toPage: (url: string): string =>
    url.replace(/^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i, (origin, scheme: string, host: string) =>
      privileged.has(scheme) ? `https://${host}.${scheme}.${suffix}` : origin,
    ),

  /** The way back. */
  toApp: (url: string): string =>
    url.replace(
      /^https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.electron-double\.test/i,
      (_origin, host: string, scheme: string) => `${scheme}://${host}`,
    ),

  /** Answers a request of the page, or returns undefined when no handler is responsible. */
  async respond(request: Request): Promise<Response | undefined> {
    return await handlers.get(new URL(request.url).protocol.slice(0, -1))?.(request);
  },
};

/** A policy that names the scheme (`script-src app:`, `app://bundle`) has to name the stand-in origin too. */
export function translatePolicy(policy: string): string {
  let translated = policy;
  for (const scheme of privileged.keys()) {
    translated = translated
      .replaceAll(new RegExp(`(^|[\\s;])${scheme}://([^\\s;/]+)`, 'g'), `$1https://$2.${scheme}.${suffix}`)
      .replaceAll(new RegExp(`(^|\\s)${scheme}:(?=[\\s;]|$)`, 'g'), `$1https://*.${scheme}.${suffix}`);
  }
  return translated;
}

/** No test reaches the real network. Loopback is allowed, for development servers and simulators. */
export function isReachable(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  if (!/^(https?|wss?):$/.test(protocol) || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)) return true;
  record('network.blocked', url);
  return false;
}
