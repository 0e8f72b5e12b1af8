// Chromium asks nobody in headless mode, so the double decides for it before each load: what the application's check handler
// allows is granted, everything else is denied. A page's request is played by the test with `double.requestPermission()`.
import { lifecycle } from './lifecycle.ts';
import { defaultSession } from './network.ts';
import { schemes } from './schemes.ts';

const chromiumNames: Readonly<Record<string, readonly string[]>> = {
  media: ['camera', 'microphone'],
  geolocation: ['geolocation'],
  notifications: ['notifications'],
  midi: ['midi'],
  'clipboard-read': ['clipboard-read'],
  'clipboard-sanitized-write': ['clipboard-write'],
  'idle-detection': ['idle-detection'],
};

async function setPermission(permission: string, origin: string, granted: boolean): Promise<void> {
  const setting = granted ? 'granted' : 'denied';
  for (const name of chromiumNames[permission] ?? []) {
    await lifecycle.chromium.connection.browser.send('Browser.setPermission', {
      permission: { name },
      setting,
      origin: schemes.toPage(origin),
    });
  }
}

function originOf(url: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+/i.exec(url)?.[0];
}

export async function applyPermissions(contents: unknown, url: string): Promise<void> {
  const origin = originOf(url);
  if (origin === undefined) return; // data:, about: and file: pages have no origin to grant anything to
  await Promise.all(
    Object.keys(chromiumNames).map((permission) => setPermission(permission, origin, defaultSession.allows(contents, permission, origin))),
  );
}

/** The application's request handler decides; Chromium then behaves accordingly. */
export async function playPermissionRequest(contents: { getURL(): string }, permission: string, details: object): Promise<boolean> {
  const origin = originOf(contents.getURL());
  const granted = await defaultSession.request(contents, permission, { requestingUrl: contents.getURL(), isMainFrame: true, ...details });
  if (origin !== undefined) await setPermission(permission, origin, granted);
  return granted;
}
