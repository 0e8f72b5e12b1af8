import { expect, test } from 'vitest';
import { breakCode, type BrokenCode } from './broken-code.ts';

// Texts with the details that the application gives for them.
test.each<[string, string, number, Omit<BrokenCode, 'part'>]>([
  ['LPA:1$smdp_leb$LEB-ASIA', 'address', 6, { before: 'LPA:1$', wrong: 'smdp_leb', after: '$LEB-ASIA' }],
  ['LPA:2$smdp.leb.example$A', 'version', 4, { before: 'LPA:', wrong: '2', after: '$smdp.leb.example$A' }],
  ['LPA: 1$smdp.leb.example\n$A$x$1', 'smdpOid', 25, { before: 'LPA:1$smdp.leb.example$A$', wrong: 'x', after: '$1' }],
  ['LPA:1$a.example$\u200BLEB-Ä', 'matchingId', 16, { before: 'LPA:1$a.example$', wrong: 'LEB-Ä', after: '' }],
  ['hello', 'form', 5, { before: 'hello', wrong: '', after: '' }],
  ['LPA:1$a$b$c', 'length', 255, { before: 'LPA:1$a$b$c', wrong: '', after: '' }],
])('%s breaks off at %s', (text, part, at, expected) => {
  expect(breakCode(text, { part, at, expected: 'LPA:1$address$matchingId[$oid[$1]]' })).toEqual({ part, ...expected });
});

test('details that say nothing mark the end', () => {
  expect(breakCode('LPA:1$a', {})).toEqual({ part: 'form', before: 'LPA:1$a', wrong: '', after: '' });
});
