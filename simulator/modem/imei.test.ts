import { expect, it } from 'vitest';
import { makeImei } from './imei.ts';

it.each([
  [0, '001017000000003'],
  [2, '001017000000029'],
])('modem %i has the IMEI %s', (serial, imei) => {
  expect(makeImei(serial)).toBe(imei);
});
