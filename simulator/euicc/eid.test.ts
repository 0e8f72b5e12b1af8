import { expect, it } from 'vitest';
import { isEid, makeEid } from './eid.ts';

it.each([
  [1, '89044990000000000000000000000188'],
  [2, '89044990000000000000000000000285'],
  [15, '89044990000000000000000000001546'],
])('chip %i has the EID %s', (serial, eid) => {
  expect(makeEid(serial)).toBe(eid);
});

it('always has 32 digits, of which a wrong one shows', () => {
  for (let serial = 0; serial < 1000; serial += 1) expect(isEid(makeEid(serial))).toBe(true);
  expect(isEid('89049032123451234512345678901235')).toBe(true);
  expect(isEid('89049032123451234512345678901236')).toBe(false);
  expect(isEid('8904903212345123451234567890123')).toBe(false);
});
