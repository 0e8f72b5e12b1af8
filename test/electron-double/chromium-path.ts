import { existsSync } from 'node:fs';

/** The whole browser: what only it has is a camera. */
export const wholeChromium = '/usr/bin/chromium';

/** The same engine without the browser around it, as Debian packs it: a page costs a fifth of the processor's time. */
const headlessShell = '/usr/lib/chromium/chromium-headless-shell';

/** The Chromium of this machine that starts fastest. Another by ELECTRON_DOUBLE_CHROMIUM. */
export function chromiumPath(): string {
  return process.env['ELECTRON_DOUBLE_CHROMIUM'] ?? (existsSync(headlessShell) ? headlessShell : wholeChromium);
}
