import { createHash, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { ciRootOf } from './euicc-facts.ts';
import { gsmaRoots, rootsFor } from './gsma-roots.ts';

test.each(gsmaRoots)('$keyId is the identifier of the key that has signed its certificate', ({ keyId, pem }) => {
  const certificate = new X509Certificate(pem);
  const point = certificate.publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  // SubjectKeyIdentifier (RFC 5280 §4.2.1.2, method 1), in the extension too: 04 14 and the digest.
  expect(createHash('sha1').update(point).digest('hex').toUpperCase()).toBe(keyId);
  expect(certificate.raw.includes(Buffer.from(`0414${keyId}`, 'hex'))).toBe(true);
  expect(certificate.ca).toBe(true);
  expect(certificate.issuer).toBe(certificate.subject);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(ciRootOf(keyId)?.kind).toBe('live');
});

test('a card gets the roots that it lists, and no other', () => {
  const [first, second] = gsmaRoots;
  expect(rootsFor([])).toEqual([]);
  expect(rootsFor(['F54172BDF98A95D65CBEB88A38A1C11D800A85C3'])).toEqual([]);
  expect(rootsFor(['F54172BDF98A95D65CBEB88A38A1C11D800A85C3', first?.keyId.toLowerCase() ?? ''])).toEqual([first]);
  expect(rootsFor([second?.keyId ?? '', first?.keyId ?? ''])).toEqual([first, second]);
});
