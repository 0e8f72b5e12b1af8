// The specs run what ships: main, preload and renderer as the bundler leaves them.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { sample } from './helpers.ts';

test('build the sample', () => {
  const bundler = join(import.meta.dirname, '../../../node_modules/electron-vite/bin/electron-vite.js');
  execFileSync(process.execPath, [bundler, 'build', '--logLevel', 'warn'], { cwd: sample, stdio: 'inherit' });
});
