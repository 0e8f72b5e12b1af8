// The specs run what ships. Built here only where it is older than its sources.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from '@playwright/test';

test('build the application', () => {
  test.slow();
  const root = join(import.meta.dirname, '../..');
  const ensure = "import('./tools/build.mjs').then(({ ensureBuild }) => ensureBuild())";
  execFileSync(process.execPath, ['--input-type=module', '-e', ensure], { cwd: root, stdio: 'inherit' });
});
