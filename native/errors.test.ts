import { expect, it } from 'vitest';
import { deviceErrorCodes } from './errors.ts';

it('has no code twice', () => {
  expect(new Set(deviceErrorCodes).size).toBe(deviceErrorCodes.length);
});
