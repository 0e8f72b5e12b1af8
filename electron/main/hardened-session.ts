import { app, desktopCapturer, screen, session, type Streams } from 'electron';
import { isBundleBlob, isBundleUrl } from './bundle-url.ts';
import type { MainModule } from './main-module.ts';
import { isPermitted } from './page-permissions.ts';

/**
 * What no page may do, ours included: ask for a permission (but for the few of page-permissions.ts), reach the network, open a window, go elsewhere,
 * embed a foreign page, download what it did not make itself. Links that a person should follow go through the contract, by name.
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
      defaultSession.setPermissionRequestHandler((contents, permission, decide, details) => {
        const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
        decide(details.isMainFrame && isPermitted(permission, contents.getURL(), media));
      });
      defaultSession.setPermissionCheckHandler((contents, permission, origin, { isMainFrame, mediaType }) => {
        const shown = contents?.getURL() ?? '';
        // Before its first page a window shows nothing yet; whose page it will be is what the origin says.
        const url = shown.startsWith(`${origin}/`) ? shown : `${origin}/`;
        return isMainFrame && isPermitted(permission, url, mediaType === undefined ? [] : [mediaType]);
      });
      defaultSession.setDisplayMediaRequestHandler((_request, decide) => void chooseScreen().then(decide), { useSystemPicker: true });
      defaultSession.setDevicePermissionHandler(() => false);
      defaultSession.setSpellCheckerEnabled(false); // it would fetch dictionaries
      defaultSession.on('will-download', (event, item) => {
        if (!isBundleBlob(item.getURL())) event.preventDefault();
      });
      defaultSession.webRequest.onBeforeRequest((request, decide) => decide({ cancel: !isAllowed(request.url) }));
    },
  };
}

/** The screen on which the person has just pressed the button. A system with a picker of its own asks the person instead. */
async function chooseScreen(): Promise<Streams | null> {
  try {
    const sources = await desktopCapturer.getSources({ types: ['screen'], thumbnailSize: { width: 0, height: 0 } });
    const here = String(screen.getDisplayNearestPoint(screen.getCursorScreenPoint()).id);
    const video = sources.find((source) => source.display_id === here) ?? sources[0];
    return video === undefined ? null : { video };
  } catch (error) {
    console.error(error);
    return null;
  }
}

/** The page makes no network request at all. `devtools:` is Chromium's own, and there only in a development build. */
function isAllowed(url: string): boolean {
  return isBundleUrl(url) || url.startsWith('data:image/') || (!app.isPackaged && url.startsWith('devtools:'));
}
