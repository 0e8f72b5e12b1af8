import { isBundleUrl } from './bundle-url.ts';

/** The screen that adds a profile looks for its QR code in front of the camera or on the screen, and only it. */
const addProfileScreen = /^#\/profiles\/(?:add|[^/]+\/add)(?:\/|$)/;

/**
 * What a page may ask for. Copying a text belongs to many screens; moving pictures, never with sound, to the one that looks for a QR code,
 * for as long as it is shown. Everything else is refused.
 * @param media what is asked for: `video`, `audio`
 */
export function isPermitted(permission: string, url: string, media: readonly string[]): boolean {
  if (!isBundleUrl(url)) return false;
  switch (permission) {
    // The buttons beside an EID or an address write them to the clipboard. Reading it back is another permission, and refused.
    case 'clipboard-sanitized-write':
      return true;
    case 'media':
      return media.length === 1 && media[0] === 'video' && addProfileScreen.test(new URL(url).hash);
    case 'display-capture':
      return !media.includes('audio') && addProfileScreen.test(new URL(url).hash);
    default:
      return false;
  }
}
