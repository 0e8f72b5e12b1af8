import { createSecureContext } from 'node:tls';
import { type Arbitrary, array, assert, constantFrom, nat, oneof, property, record, string, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import { isDeviceError } from '#native/errors.ts';
import { readCertificate } from '#native/rsp/certificate.ts';
import { holdsCertificates, usableRoots } from '#native/rsp/http/trusted-roots.ts';
import { makeEid } from '#simulator/euicc/eid.ts';
import { loadPki } from '#simulator/pki/load-pki.ts';

const runs = { numRuns: 10_000 };
const timeoutMs = 60_000;
const pki = loadPki(null);
const { certificate, eum } = pki.euicc(makeEid(1));
const sound = [certificate, eum, pki.server('dp-auth').certificate, pki.tls('dp-tls').certificate].map(({ der }) => der);

it(
  'a certificate that was changed is read, or is an answer that cannot be',
  () => {
    const changes = array(record({ octet: nat(), value: nat(255) }), { minLength: 1, maxLength: 4 });
    assert(
      property(constantFrom(...sound), changes, nat(), (der, changed, cut) => {
        const bytes = der.slice(0, cut % 4 === 0 ? cut % der.length : der.length);
        for (const { octet, value } of changed) bytes[octet % Math.max(1, bytes.length)] = value;
        try {
          const { policies, registeredId } = readCertificate(bytes);
          for (const oid of registeredId === null ? policies : [...policies, registeredId]) expect(oid).toMatch(/^[0-2](?:\.\d+)+$/);
        } catch (error) {
          expect(isDeviceError(error) && error.code).toBe('CARD_ANSWER');
        }
      }),
      runs,
    );
  },
  timeoutMs,
);

/** What a person may have in a file of roots: the right thing, parts of it, and anything between. */
const root = pki.tlsRootPem;
const pemText: Arbitrary<string> = array(
  oneof(
    constantFrom(root, '-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----', '\r\n', 'MIIB', '====', '-----BEGIN PRIVATE KEY-----'),
    tuple(nat(root.length), nat(root.length)).map(([from, to]) => root.slice(from, to)),
    tuple(nat(root.length - 1), constantFrom('A', '/', '=', '-', ' ', '\u0000', 'é')).map(
      ([at, letter]) => root.slice(0, at) + letter + root.slice(at + 1),
    ),
    string({ unit: 'binary', maxLength: 20 }),
  ),
  { maxLength: 5 },
).map((parts) => parts.join('\n'));

it(
  'a text is taken for roots only where TLS can use each of them',
  () => {
    assert(
      property(pemText, (text) => {
        const roots = usableRoots([text]);
        for (const one of roots) expect(text).toContain(one);
        if (holdsCertificates(text)) createSecureContext({ ca: [...roots] });
      }),
      runs,
    );
  },
  timeoutMs,
);
