import { expect, test } from 'vitest';
import { setKey, technologySets } from './technology-sets.ts';

test('a set has one name, in whatever order it is told', () => {
  expect(setKey(['gsm', 'nr', 'eutran'])).toBe(setKey(['nr', 'eutran', 'gsm']));
});

test('the widest set comes first, and what is allowed now is among them', () => {
  const sets = technologySets({
    choices: [['gsm'], ['eutran'], ['gsm', 'eutran'], ['eutran', 'gsm'], ['eutran', 'nr']],
    allowed: ['utran', 'gsm', 'eutran'],
    preferred: null,
    canPrefer: false,
  });
  expect(sets).toEqual([['eutran', 'utran', 'gsm'], ['nr', 'eutran'], ['eutran', 'gsm'], ['eutran'], ['gsm']]);
});
