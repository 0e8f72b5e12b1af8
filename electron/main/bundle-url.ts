/** The origin of our own window. */
export const bundleOrigin = 'app://bundle';

/** Whether an address is a text that our own window made, for the person to save. */
export function isBundleBlob(url: string): boolean {
  return url.startsWith(`blob:${bundleOrigin}/`);
}

/** Whether an address is one of our own window. */
export function isBundleUrl(url: string): boolean {
  return url.startsWith(`${bundleOrigin}/`);
}
