// A reporter of vitest: its JSON report does not tell which tests passed only at the second try.
import { appendFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './run.mjs';

export default class SecondTries {
  onTestCaseResult(test) {
    const file = process.env['LEB_SECOND_TRIES'];
    if (file === undefined || test.diagnostic()?.flaky !== true) return;
    appendFileSync(file, `passed at the second try: [${test.project.name}] ${relative(root, test.module.moduleId)} › ${test.fullName}\n`);
  }
}
