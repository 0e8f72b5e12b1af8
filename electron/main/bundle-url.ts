/** The origin of our own window. */
export const bundleOrigin = 'app://bundle';

/** Whether an address is one of our own window. */
export function isBundleUrl(url: string): boolean {
  return url.startsWith(`${bundleOrigin}/`);
}
