import { app, session } from 'electron';
import { isBundleUrl } from './bundle-protocol.ts';
import type { MainModule } from './main-module.ts';

/**
 * What no page may do, ours included: ask for a permission (but for copying a text), reach the network, open a window, go elsewhere,
 * embed a foreign page, download. Links that a person should follow go through the contract, by name.
 */
export function createHardenedSession(): MainModule {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'] as const) {
      // The overloads of `on` are one for each event; what they share is all that is needed here.
      contents.on(name as 'will-navigate', (event) => event.preventDefault());
    }
  });
  return {
    onReady() {
      const { defaultSession } = session;
      defaultSession.setPermissionRequestHandler((contents, permission, decide) => decide(isPermitted(permission, contents.getURL())));
      defaultSession.setPermissionCheckHandler((_contents, permission, origin) => isPermitted(permission, `${origin}/`));
      defaultSession.setDevicePermissionHandler(() => false);
      defaultSession.setSpellCheckerEnabled(false); // it would fetch dictionaries
      defaultSession.on('will-download', (event) => event.preventDefault());
      defaultSession.webRequest.onBeforeRequest((request, decide) => decide({ cancel: !isAllowed(request.url) }));
    },
  };
}

/** The buttons beside an EID or an address write them to the clipboard. Reading it back is another permission, and refused. */
function isPermitted(permission: string, url: string): boolean {
  return permission === 'clipboard-sanitized-write' && isBundleUrl(url);
}

/** The page makes no network request at all. `devtools:` is Chromium's own, and there only in a development build. */
function isAllowed(url: string): boolean {
  return isBundleUrl(url) || url.startsWith('data:image/') || (!app.isPackaged && url.startsWith('devtools:'));
}
