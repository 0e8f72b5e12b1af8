import { expect, test } from 'vitest';
import { keepFigures } from './figures.ts';

test.each([
  ['+60 GB, +1,200 min', '+60\u00A0GB, +1,200\u00A0min'],
  ['+240 GB，+1,200 分钟，+150 条短信', '+240\u00A0GB，+1,200\u00A0分钟，+150\u00A0条短信'],
  ['3 months for €35.91', '3\u00A0months for €35.91'],
  ['1 attempt, in your browser', '1 attempt, in your browser'],
  ['Step 2 of 6 is not met', 'Step 2 of 6 is not met'],
  ['Order LEB-26-004817 is closed', 'Order LEB-26-004817 is closed'],
  ['2 minutes', '2 minutes'],
])('%s', (text, kept) => {
  expect(keepFigures(text)).toBe(kept);
});
