import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runTool } from './run.mjs';
import { done, fail, step } from './say.mjs';

const sources = ['contract', 'core', 'electron', 'headless', 'native', 'renderer', 'resources', 'service', 'simulator'];
const files = ['electron.vite.config.ts', 'package.json', 'package-lock.json'];
const stampFile = join(root, 'out', '.built');

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds main, preload and window, unless what stands in `out/` is newer than every source. */
export async function ensureBuild() {
  const latest = Math.max(...[...sources, ...files].map((name) => newest(join(root, name))));
  if (existsSync(stampFile) && statSync(stampFile).mtimeMs > latest) return;
  step('Building');
  const status = await runTool('electron-vite', 'bin/electron-vite.js', ['build', '--logLevel', 'warn']);
  if (status !== 0) fail(`The build ended with status ${status}`);
  writeFileSync(stampFile, '');
  done('Built');
}
