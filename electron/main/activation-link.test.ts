import { expect, test } from 'vitest';
import { findActivationLink, screenOfLink } from './activation-link.ts';

const link = 'lpa:1$smdp.leb.example$LEB-ASIA';

test.each<[string, readonly string[], string | null]>([
  ['behind the switches', ['/opt/leb/leb', '--no-sandbox', link], link],
  ['in capitals', ['leb', 'LPA:1$SMDP.LEB.EXAMPLE$A'], 'LPA:1$SMDP.LEB.EXAMPLE$A'],
  ['no link', ['leb', '--lpa:1', 'https://leb.example/lpa:1'], null],
  ['another scheme', ['leb', 'leb-card:back'], null],
  ['a link without anything', ['leb', 'lpa:'], null],
  ['a link that nobody writes', ['leb', `lpa:${'1'.repeat(8192)}`], null],
])('%s', (_name, argv, found) => {
  expect(findActivationLink(argv)).toBe(found);
});

test('is shown on the screen that adds a profile', () => {
  expect(screenOfLink(link)).toBe('#/profiles/add/lpa%3A1%24smdp.leb.example%24LEB-ASIA');
  expect(screenOfLink('lpa:#/../"<')).toBe('#/profiles/add/lpa%3A%23%2F..%2F%22%3C');
  expect(screenOfLink(null)).toBe('');
});
