import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';
import { done, fail, step, warn } from './say.mjs';

const stampFile = join(root, 'node_modules', '.installed-for');

/** Changes when the packages must be installed anew: another lock file, or headers for the reader package that were missing before. */
function stamp() {
  const headers = existsSync('/usr/include/PCSC/winscard.h') || process.platform !== 'linux';
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform} ${process.arch} ${headers}`)
    .digest('hex');
}

export async function ensurePackages() {
  const now = stamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === now) return;
  step('Installing npm packages');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const status = await run(npm, ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    shell: process.platform === 'win32',
    env: process.env,
  });
  if (status !== 0) fail(`npm ci ended with status ${status}`);
  writeFileSync(stampFile, now);
  done('npm packages are there');
  if (!existsSync(join(root, 'node_modules', 'smartcard'))) {
    warn(
      'The PC/SC package (smartcard) could not be built: card readers will not be seen until libpcsclite-dev and a C++ compiler are there. Everything else works.',
    );
  }
}
