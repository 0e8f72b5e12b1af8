import { expect, test } from 'vitest';
import { countCertificates } from './count-certificates.ts';

const one = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

test.each([
  ['', 0],
  ['MIIB', 0],
  ['-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n', 0],
  [one, 1],
  [`Bench root\n${one}\n${one.replaceAll('\n', '\r\n')}`, 2],
])('%j holds %d', (text, count) => {
  expect(countCertificates(text)).toBe(count);
});
