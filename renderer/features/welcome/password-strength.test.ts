import { expect, test } from 'vitest';
import { passwordStrength } from './password-strength.ts';

test.each([
  ['', 0],
  ['Ab1!xyz', 0],
  ['aaaaaaaaaaaaaaaa', 1],
  ['password', 1],
  ['correct horse', 2],
  ['correct horse battery staple', 3],
  ['Tr0ub4dor&3x', 3],
] as const)('%s has strength %d', (password, strength) => {
  expect(passwordStrength(password)).toBe(strength);
});
