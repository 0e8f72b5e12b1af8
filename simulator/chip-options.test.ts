import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { checkEids, chooseCertificates, chooseKind, parseProtocol } from './chip-options.ts';
import { makeEid } from './euicc/eid.ts';
import { makeChipSlot } from './euicc/make-chip-slot.ts';
import { loadPki } from './pki/load-pki.ts';
import { UsageError } from './usage-error.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chip-options-'));
  folders.push(folder);
  return folder;
}

/** What someone else would hand over for one card. */
function makeForeign(eid: string): string {
  const [own, foreign] = [join(makeFolder(), 'own'), makeFolder()];
  loadPki(own).euicc(eid);
  for (const name of ['ci.pem', 'eum.pem']) copyFileSync(join(own, name), join(foreign, name));
  for (const suffix of ['pem', 'key.pem']) copyFileSync(join(own, `euicc-${eid}.${suffix}`), join(foreign, `euicc.${suffix}`));
  return foreign;
}

it('makes certificates beside a chip that is kept, and only when they are asked for', () => {
  const folder = makeFolder();
  const { pki } = chooseCertificates(undefined, folder);
  expect(readdirSync(folder)).toEqual([]);
  expect(pki().fixedEid).toBeNull();
  expect(readdirSync(folder)).toEqual(['pki']);
});

it('gives a new chip the EID of the certificate that was brought, and an old one keeps its own', () => {
  const certificates = chooseCertificates(makeForeign(makeEid(42)), undefined);
  const slot = makeChipSlot({ stateDir: null, profiles: [], serial: 1, ...certificates });
  expect(slot.controls.state().eid).toBe(makeEid(42));
  checkEids(certificates, [{ eid: makeEid(42) }]);
  expect(() => checkEids(certificates, [{ eid: makeEid(42) }, { eid: makeEid(1) }])).toThrow(UsageError);
});

it('says what is missing', () => {
  const foreign = makeForeign(makeEid(42));
  rmSync(join(foreign, 'euicc.key.pem'));
  expect(() => chooseCertificates(foreign, undefined)).toThrow(/--pki: There is no euicc.key.pem/);
  writeFileSync(join(foreign, 'euicc.pem'), 'nothing');
  expect(() => chooseCertificates(foreign, undefined)).toThrow(UsageError);
});

it('takes the kind of a new card, and leaves an old one what it is', () => {
  expect(chooseKind(undefined, undefined)).toBeUndefined();
  expect(chooseKind('only-aid', '5ber')).toMatchObject({ text: 'only-aid+isdr-aid=5ber', identifier: 'aid' });
  expect(chooseKind(undefined, 'a0000005591010')).toMatchObject({ isdrAids: ['A0000005591010'] });
  expect(parseProtocol(undefined)).toBeUndefined();
  expect(parseProtocol('T=1')).toBe('T=1');
  expect(() => parseProtocol('T=2')).toThrow(UsageError);
});
