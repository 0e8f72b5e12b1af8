// Electron's own program is no npm package: it is fetched once, from its release page. Where that cannot be reached, the web shell serves.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode, root, run } from './run.mjs';
import { step, warn } from './say.mjs';

const folder = join(root, 'node_modules', 'electron');
const refused = join(root, 'node_modules', '.electron-not-fetched');
const aDay = 86_400_000;

export function hasDisplay() {
  return process.platform === 'win32' || process.platform === 'darwin' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Path of Electron's program, or null. */
export function electronBinary() {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(program) ? program : null;
}

export async function ensureElectronBinary() {
  if (electronBinary()) return electronBinary();
  if (existsSync(refused) && Date.now() - statSync(refused).mtimeMs < aDay) return null;
  step('Fetching Electron (once)');
  const status = await run(pinnedNode(), [join(folder, 'install.js')], { stdio: 'ignore', timeout: 300_000 });
  if (status === 0 && electronBinary()) return electronBinary();
  writeFileSync(refused, '');
  warn('Electron could not be fetched; the app opens in the browser instead. The next try is made after a day.');
  return null;
}
