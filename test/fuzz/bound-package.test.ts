import { array, assert, constantFrom, nat, property, record, uint8Array } from 'fast-check';
import { expect, it } from 'vitest';
import { hexToBytes } from '#native/euicc/tlv/hex.ts';
import { isDeviceError } from '#native/errors.ts';
import { chipStateSchema, makeChipState } from '#simulator/euicc/chip-state.ts';
import { memoryChipStore } from '#simulator/euicc/chip-store.ts';
import { makeEid } from '#simulator/euicc/eid.ts';
import { authenticateRequest, bindPackage, iccid, openIsdr, pick, prepareRequest } from '#simulator/euicc/rsp/server.fixture.ts';
import { makeVirtualCard } from '#simulator/euicc/virtual-card.ts';
import { parseCertificate } from '#simulator/pki/certificate.ts';
import { loadPki } from '#simulator/pki/load-pki.ts';
import { readerProfiles } from '#simulator/sample.ts';

const pki = loadPki(null);
const eid = makeEid(1);

const change = record({
  kind: constantFrom('turn', 'cut', 'add', 'repeat', 'leave out', 'swap'),
  script: nat(),
  octet: nat(),
  bit: nat(7),
  more: uint8Array({ minLength: 1, maxLength: 40 }),
});

it('a bound package that was changed on its way installs nothing, and the card stays sound', () => {
  assert(
    property(array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const card = makeVirtualCard({ store: memoryChipStore(makeChipState({ eid, profiles: readerProfiles })) });
      const run = openIsdr(card);
      const challenge = pick(run(hexToBytes('BF2E00')), 0x80).value;
      const signature = pick(run(authenticateRequest(pki, challenge)), 0xa0, 0x5f37).value;
      const key = pick(run(prepareRequest(pki, signature)), 0xa0, 0x30, 0x5f49).value;
      const original = bindPackage(pki, eid, key);
      const scripts = [...original];
      for (const { kind, script, octet, bit, more } of changes) {
        const index = script % scripts.length;
        const bytes = scripts[index] ?? new Uint8Array(1);
        const at = octet % bytes.length;
        if (kind === 'turn') scripts[index] = bytes.map((value, position) => (position === at ? value ^ (1 << bit) : value));
        if (kind === 'cut') scripts[index] = bytes.slice(0, Math.max(1, at));
        if (kind === 'add') scripts[index] = Uint8Array.of(...bytes, ...more);
        if (kind === 'repeat') scripts.splice(index, 0, bytes);
        if (kind === 'leave out' && scripts.length > 1) scripts.splice(index, 1);
        if (kind === 'swap') scripts.splice(index, 1, scripts[0] ?? bytes);
      }
      const isChanged = Buffer.concat(scripts).compare(Buffer.concat(original)) !== 0;
      let sawResult = false;
      for (const answer of scripts.map((script) => run(script))) {
        expect(answer).toMatch(/^(BF37.*|6[A-F0-9]{3})?$/);
        sawResult ||= answer.startsWith('BF37');
      }
      card.reset();
      const state = card.state();
      expect(chipStateSchema.safeParse(state).success).toBe(true);
      expect(state.installation).toBeNull();
      if (isChanged && !sawResult) expect(state.profiles).toHaveLength(readerProfiles.length);
      // What comes after the end of an installation cannot undo it; anything before it prevents it.
      const end = scripts.findIndex((script, index) => index < original.length && original[index] !== script);
      if (end !== -1 && end < original.length) expect(state.profiles.some((profile) => profile.iccid === iccid)).toBe(false);
    }),
    { numRuns: 60 },
  );
});

it('a certificate that was changed is read or refused, and nothing else', () => {
  const { certificate, eum } = pki.euicc(eid);
  const originals = [certificate.der, eum.der, pki.tls('dp-tls').certificate.der];
  assert(
    property(
      constantFrom(...originals),
      array(record({ octet: nat(), value: nat(255) }), { minLength: 1, maxLength: 4 }),
      (der, changes) => {
        const bytes = der.slice();
        for (const { octet, value } of changes) bytes[octet % bytes.length] = value;
        try {
          expect(parseCertificate(bytes).signature).toHaveLength(64);
        } catch (error) {
          expect(isDeviceError(error) && error.code === 'CARD_ANSWER').toBe(true);
        }
      },
    ),
    { numRuns: 10_000 },
  );
});
