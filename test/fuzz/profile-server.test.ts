import { array, assert, constantFrom, dictionary, jsonValue, nat, oneof, property, record, string, uint8Array } from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { openPeerState } from '#simulator/bench/peer-state.ts';
import { makeEid } from '#simulator/euicc/eid.ts';
import { bytesToHex } from '#native/euicc/tlv/hex.ts';
import { childrenOf, readTlv } from '#native/euicc/tlv/tlv-reader.ts';
import { parseCertificate } from '#simulator/pki/certificate.ts';
import { loadPki } from '#simulator/pki/load-pki.ts';
import { base64, child, fromBase64, makeChip, type Json } from '#simulator/smdp/chip-fixture.ts';
import { makeOrderStore, orderSchemaSql } from '#simulator/smdp/order-store.ts';
import { sampleOrders } from '#simulator/smdp/sample-orders.ts';
import { parseServerFaults } from '#simulator/smdp/server-fault.ts';
import { makeSessions } from '#simulator/smdp/sessions.ts';
import { makeSmdpFunctions } from '#simulator/smdp/smdp-functions.ts';
import type { SmdpSession } from '#simulator/smdp/smdp-session.ts';
import { StatusError } from '#simulator/smdp/status-error.ts';
import { UsageError } from '#simulator/usage-error.ts';

const pki = loadPki(null);
const chip = makeChip(pki.euicc(makeEid(7)));
const address = 'localhost';
const smdpOid = pki.server('dp-auth').certificate.registeredId ?? '';
const state = openPeerState(null, 'smdp', orderSchemaSql);
afterAll(() => state.close());
const store = makeOrderStore(state);
for (const order of sampleOrders) store.placeOnce(order);

const functions = makeSmdpFunctions({
  authenticator: { credential: pki.server('dp-auth'), ci: pki.ci, subject: '8.8', serves: (asked) => asked === address },
  binder: pki.server('dp-pb'),
  smdpOid,
  store,
  sessions: makeSessions<SmdpSession>(Date.now),
  now: Date.now,
  onInstalled: () => undefined,
});

/** The answer, or the refusal; anything else that is thrown fails the test. */
function call(name: string, fields: Json): Json | StatusError | null {
  const perform = functions[name];
  if (perform === undefined) throw new Error(name);
  try {
    return perform(fields);
  } catch (error) {
    if (error instanceof StatusError) return error;
    throw error;
  }
}

function succeed(name: string, fields: Json): Json {
  const answer = call(name, fields);
  if (answer === null || answer instanceof StatusError) throw new Error(`${name}: ${answer?.message ?? 'empty'}`);
  return answer;
}

const change = record({
  kind: constantFrom('turn', 'cut', 'add', 'repeat'),
  octet: nat(),
  bit: nat(7),
  more: uint8Array({ minLength: 1, maxLength: 20 }),
});
type Change = { kind: string; octet: number; bit: number; more: Uint8Array };

function damage(message: unknown, changes: readonly Change[]): string {
  let bytes = fromBase64(message);
  for (const { kind, octet, bit, more } of changes) {
    const at = octet % (bytes.length + 1);
    if (kind === 'turn') bytes = bytes.map((value, index) => (index === at ? value ^ (1 << bit) : value));
    if (kind === 'cut') bytes = bytes.slice(0, at);
    if (kind === 'add') bytes = Uint8Array.of(...bytes.slice(0, at), ...more, ...bytes.slice(at));
    if (kind === 'repeat') bytes = Uint8Array.of(...bytes, ...bytes.slice(at));
  }
  return base64(bytes);
}

it('any JSON at all is answered or refused with a code', () => {
  const names = ['smdpAddress', 'euiccChallenge', 'euiccInfo1', 'transactionId', 'authenticateServerResponse'];
  const more = ['prepareDownloadResponse', 'cancelSessionResponse', 'pendingNotification'];
  const value = oneof(jsonValue(), string(), uint8Array({ maxLength: 200 }).map(base64), constantFrom(address, '00'.repeat(16)));
  assert(
    property(constantFrom(...Object.keys(functions)), dictionary(constantFrom(...names, ...more), value), (name, fields) => {
      call(name, fields);
    }),
    { numRuns: 10_000 },
  );
});

it('notifications that were changed on their way change no order', () => {
  const messages = [
    chip.installationResult('AB'.repeat(16), smdpOid, 128, [5, 12]),
    chip.installationResult('CD'.repeat(16), smdpOid, 0, null),
  ];
  const before = JSON.stringify(store.all());
  assert(
    property(constantFrom(...messages), array(change, { minLength: 1, maxLength: 3 }), (message, changes) => {
      call('handleNotification', { pendingNotification: damage(message['pendingNotification'], changes) });
    }),
    { numRuns: 10_000 },
  );
  expect(JSON.stringify(store.all())).toBe(before);
  // What was kept of them can be read again.
  expect(Array.isArray(store.notifications())).toBe(true);
});

/** What of a chip's message is signed: a certificate names its algorithm a second time outside its signature, which says nothing. */
function signedParts(message: Uint8Array): readonly string[] {
  const whole = readTlv(message);
  const [signed, , euicc, eum] = childrenOf(whole.tag === 0x30 ? whole : child(whole, 0xa0));
  if (signed === undefined || euicc === undefined || eum === undefined) throw new Error('parts are missing');
  return [signed.raw, parseCertificate(euicc.raw).toBeSigned, parseCertificate(eum.raw).toBeSigned].map(bytesToHex);
}

/** Each case costs several operations on a curve, so there are fewer of them. */
it('what a chip signs is believed only as it was signed', () => {
  assert(
    property(constantFrom('authenticate', 'prepare', 'cancel', 'other'), array(change, { minLength: 1, maxLength: 2 }), (step, changes) => {
      const spoil = (fields: Json, name: string): { readonly isSame: () => boolean } => {
        const original = fields[name];
        fields[name] = damage(original, changes);
        const damaged = fields[name];
        return { isSame: () => signedParts(fromBase64(damaged)).join() === signedParts(fromBase64(original)).join() };
      };
      if (step === 'other') {
        const fields = chip.otherNotification(129, 3, '8944990000004821917');
        const { isSame } = spoil(fields, 'pendingNotification');
        const kept = store.notifications().length;
        call('handleNotification', fields);
        const [notification] = store.notifications().slice(kept);
        if (notification?.verified === true) expect(isSame()).toBe(true);
        return;
      }
      const begun = succeed('initiateAuthentication', chip.initiate(address));
      const { fields, signature } = chip.authenticate(begun, 'LEB-AGAIN');
      if (step === 'authenticate') {
        const { isSame } = spoil(fields, 'authenticateServerResponse');
        if (!(call('authenticateClient', fields) instanceof StatusError)) expect(isSame()).toBe(true);
        return;
      }
      const answer = succeed('authenticateClient', fields);
      const [name, body, field] =
        step === 'prepare'
          ? (['getBoundProfilePackage', chip.prepare(answer, signature, null).fields, 'prepareDownloadResponse'] as const)
          : (['cancelSession', chip.cancel(answer['transactionId'], 1, smdpOid), 'cancelSessionResponse'] as const);
      const changed: Json = { ...body };
      changed[field] = damage(changed[field], changes);
      const isChanged = changed[field] !== (body as Json)[field];
      expect(call(name, changed) instanceof StatusError).toBe(isChanged);
    }),
    { numRuns: 400 },
  );
}, 60_000);

it('any text is a list of faults or is refused as wrong usage', () => {
  const word = oneof(string(), constantFrom('drop=1', 'drop=2:during', 'status=3:500', 'html=x', 'stall=', 'delay=1:', ','));
  assert(
    property(array(word), (words) => {
      try {
        parseServerFaults(words.join(','));
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
    { numRuns: 10_000 },
  );
});
