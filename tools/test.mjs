// `npm test`: everything that must be green, from a fresh clone. The last line counts.
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ensureBuild } from './build.mjs';
import { environment, root, runTool } from './run.mjs';
import { done, step } from './say.mjs';
import { setUp } from './setup.mjs';

const reports = mkdtempSync(join(tmpdir(), 'leb-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
/** What is said again at the end: among thousands of lines nobody looks for one. */
const notable = [];

function add({ passed, failed, skipped }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

/** One tool that is green or red as a whole. */
async function checkOne(name, packageName, bin, args) {
  step(name);
  const status = await runTool(packageName, bin, args);
  if (status !== 0) notable.push(`failed: ${name}`);
  add({ passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 });
}

/** A runner that writes a report; one that died before writing it counts as a failure. `beside`: what it says is shown when it has ended. */
async function runSuite(name, packageName, bin, args, options, read, beside = false) {
  if (!beside) step(name);
  const file = join(reports, `${name.replaceAll(' ', '-')}.json`);
  const log = `${file}.log`;
  const secondTries = `${file}.tries`;
  const output = beside ? openSync(log, 'w') : 'inherit';
  const status = await runTool(packageName, bin, args(file), {
    env: environment({ LEB_SECOND_TRIES: secondTries, ...options(file) }),
    stdio: ['ignore', output, output],
  });
  if (beside) {
    closeSync(output);
    step(name);
    process.stdout.write(readFileSync(log));
  }
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 1, skipped: 0 };
  if (status !== 0 && counts.failed === 0) {
    counts.failed = 1;
    notable.push(`failed: ${name} ended with status ${status}`);
  }
  notable.push(...(counts.notable ?? []));
  if (existsSync(secondTries)) notable.push(...readFileSync(secondTries, 'utf8').trim().split('\n'));
  add(counts);
  done(name);
}

function vitest(name, projects, beside = false) {
  return runSuite(
    name,
    'vitest',
    'vitest.mjs',
    (file) => [
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--reporter=${join(root, 'tools', 'second-tries.mjs')}`,
      `--outputFile.json=${file}`,
    ],
    () => ({}),
    (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
      notable: report.testResults.flatMap((file) => [
        ...(file.status === 'failed' && file.assertionResults.length === 0 ? [`failed: ${relative(root, file.name)}`] : []),
        ...file.assertionResults
          .filter(({ status }) => status === 'failed')
          .map(({ fullName, failureMessages }) => `failed: ${relative(root, file.name)} › ${fullName}: ${firstLine(failureMessages[0])}`),
      ]),
    }),
    beside,
  );
}

/** Playwright's suites lie in each other; the tests stand at their ends. */
function playwrightFailures(suites, file = '') {
  return suites.flatMap((suite) => [
    ...playwrightFailures(suite.suites ?? [], suite.file ?? file),
    ...(suite.specs ?? []).flatMap(({ title, tests }) =>
      tests
        .filter(({ status }) => status === 'unexpected' || status === 'flaky')
        .map(
          ({ projectName, status, results }) =>
            `${status === 'flaky' ? 'passed at the second try' : 'failed'}: [${projectName}] ${suite.file ?? file} › ${title}: ${firstLine(results.find(({ error }) => error !== undefined)?.error?.message)}`,
        ),
    ),
  ]);
}

function firstLine(text = '') {
  return stripVTControlCharacters(text).split('\n')[0] ?? '';
}

await setUp('test');
await ensureBuild();
// Those that hold the hardware wait for it most of the time, and these need none.
const hardware = vitest('hardware tests', ['hardware'], true);
await checkOne('types', 'typescript', 'bin/tsc', ['-p', '.']);
await checkOne('lint', 'oxlint', 'bin/oxlint', ['--type-aware', '--deny-warnings']);
await checkOne('format', 'oxfmt', 'bin/oxfmt', ['--check']);
await vitest('unit tests', ['unit']);
await hardware;
await vitest('integration tests', ['integration', 'postgres']);
await runSuite(
  'end to end tests',
  '@playwright/test',
  'cli.js',
  () => ['test', '--reporter=list,json'],
  (file) => ({ PLAYWRIGHT_JSON_OUTPUT_NAME: file }),
  ({ stats, suites }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    notable: playwrightFailures(suites),
  }),
);
rmSync(reports, { recursive: true, force: true });

for (const line of notable) console.log(line);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed > 0 ? 1 : 0;
