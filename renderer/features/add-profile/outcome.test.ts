import { expect, test } from 'vitest';
import type { Task } from '#contract/desk/tasks.ts';
import { outcomeOf, type Outcome } from './outcome.ts';

const step = (name: Task['steps'][number]['name'], state: Task['steps'][number]['state']): Task['steps'][number] => ({
  name,
  state,
  at: null,
});

test.each<[string, Task['state'], Task['steps'], Outcome]>([
  ['going on', 'running', [step('installProfile', 'running')], 'running'],
  ['done with the profile on the chip', 'done', [step('preview', 'done'), step('installProfile', 'done')], 'installed'],
  ['done at the preview', 'done', [step('preview', 'done')], 'declined'],
  ['done without an installation', 'done', [step('installProfile', 'notReached')], 'declined'],
  ['cancelled', 'cancelled', [], 'declined'],
  ['failed', 'failed', [], 'failed'],
])('%s', (_name, state, steps, outcome) => {
  expect(outcomeOf({ state, steps })).toBe(outcome);
});
