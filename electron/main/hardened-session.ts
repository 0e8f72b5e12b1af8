import { app, session } from 'electron';
import { isBundleUrl } from './bundle-protocol.ts';
import type { MainModule } from './main-module.ts';

/**
 * What no page may do, ours included: ask for a permission, reach the network, open a window, go elsewhere, embed a foreign page,
 * download. Links that a person should follow go through the contract, by name.
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
      defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
      defaultSession.setPermissionCheckHandler(() => false);
      defaultSession.setDevicePermissionHandler(() => false);
      defaultSession.setSpellCheckerEnabled(false); // it would fetch dictionaries
      defaultSession.on('will-download', (event) => event.preventDefault());
      defaultSession.webRequest.onBeforeRequest((request, decide) => decide({ cancel: !isAllowed(request.url) }));
    },
  };
}

/** The page makes no network request at all. `devtools:` is Chromium's own, and there only in a development build. */
function isAllowed(url: string): boolean {
  return isBundleUrl(url) || url.startsWith('data:image/') || (!app.isPackaged && url.startsWith('devtools:'));
}
