/** The built window, as both shells with a page serve it: one folder, and headers that leave the page no way out. */
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** `connect`: what the page may talk to. Nothing inline, nothing from elsewhere, nothing framed, no form that goes anywhere. */
export function securityHeaders(connect: "'none'" | "'self'"): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    // The camera and the screen may show the QR code of a profile; the person is asked each time.
    'permissions-policy': 'camera=(self), display-capture=(self), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
    'cache-control': 'no-cache',
  };
}

/**
 * The file inside the folder that a path of an address means, or null. `/` is the page itself. A path that is encoded twice, names a
 * parent, a drive, a hidden file or a null byte means nothing; so does a type of file that a window does not have.
 */
export function windowPath(pathname: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (!decoded.startsWith('/')) return null;
  const name = decoded === '/' ? 'index.html' : decoded.slice(1);
  const parts = name.split('/');
  if (parts.some((part) => !/^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/.test(part))) return null;
  return mediaTypes[extname(name)] === undefined ? null : name;
}

export type WindowFile = { readonly body: Uint8Array<ArrayBuffer>; readonly mediaType: string };

/** Reads a file of the built window. null: there is none of that name. */
export async function readWindowFile(folder: string, pathname: string): Promise<WindowFile | null> {
  const name = windowPath(pathname);
  if (name === null) return null;
  try {
    const root = await realpath(folder);
    const path = await realpath(join(root, name)); // a link must not lead out of the folder either
    if (!path.startsWith(root + sep)) return null;
    return { body: new Uint8Array(await readFile(path)), mediaType: mediaTypes[extname(name)] ?? 'application/octet-stream' };
  } catch {
    return null;
  }
}
