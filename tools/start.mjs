// `npm start`: from a fresh clone to an open app.
import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { ensureElectronBinary, hasDisplay } from './electron-binary.mjs';
import { environment, pinnedNode, root, run } from './run.mjs';
import { setUp } from './setup.mjs';

const args = process.argv.slice(2);
await setUp('start');
await ensureBuild();
const wantsBrowser = args.includes('--web') || args.includes('--no-open') || !hasDisplay();
const electron = wantsBrowser ? null : await ensureElectronBinary();
const status = electron
  ? await run(electron, [root, ...args], { env: environment() })
  : await run(pinnedNode(), [join(root, 'headless', 'web', 'index.ts'), ...args.filter((arg) => arg !== '--web')]);
process.exitCode = status;
