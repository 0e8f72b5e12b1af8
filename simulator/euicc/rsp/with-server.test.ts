import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bytesToHex, concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { childrenOf, readTlv } from '#native/euicc/tlv/tlv-reader.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { loadPki, type Pki } from '../../pki/load-pki.ts';
import { makePki } from '../../pki/make-pki.ts';
import { encodePem } from '../../pki/pem.ts';
import { readerProfiles } from '../../sample.ts';
import { startSmdp, type Smdp } from '../../smdp/server.ts';
import { makeChipState } from '../chip-state.ts';
import { memoryChipStore } from '../chip-store.ts';
import { makeEid } from '../eid.ts';
import { makeVirtualCard, type VirtualCard } from '../virtual-card.ts';
import { bindPackage, makeMetadata, openIsdr, pick, prepareRequest, authenticateRequest } from './server.fixture.ts';

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  closers.push(() => rmSync(folder, { recursive: true }));
  return folder;
}

function makeChip(pki: Pki): { readonly card: VirtualCard; readonly run: (script: Uint8Array) => string } {
  const state = makeChipState({ eid: pki.fixedEid ?? makeEid(1), profiles: readerProfiles });
  const card = makeVirtualCard({ store: memoryChipStore(state), pki: () => pki });
  return { card, run: openIsdr(card) };
}

const answerSchema = z.record(z.string(), z.unknown());

/** One ES9+ request. Objects of the chip go as base64, and come back as base64. */
async function post(smdp: Smdp, agent: Agent, name: string, body: Readonly<Record<string, string>>): Promise<z.infer<typeof answerSchema>> {
  const text = await new Promise<string>((resolve, reject) => {
    const asked = request(
      `https://${smdp.address}/gsma/rsp2/es9plus/${name}`,
      { method: 'POST', agent, headers: { 'Content-Type': 'application/json', 'X-Admin-Protocol': 'gsma/rsp/v2.5.0' } },
      (response) => {
        let received = '';
        response.setEncoding('utf8');
        response.on('data', (piece: string) => (received += piece));
        response.on('end', () => resolve(received));
      },
    );
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
  return text === '' ? {} : answerSchema.parse(JSON.parse(text));
}

const base64 = (hexOrBytes: string | Uint8Array): string =>
  Buffer.from(typeof hexOrBytes === 'string' ? hexToBytes(hexOrBytes) : hexOrBytes).toString('base64');
const bytesOf = (value: unknown): Uint8Array => new Uint8Array(Buffer.from(z.string().parse(value), 'base64'));

/** The steps of a terminal between this card and this server. */
async function startDownload(pki: Pki) {
  const smdp = await startSmdp({ stateDir: null, pki });
  const agent = new Agent({ keepAlive: true, ca: pki.tlsRootPem });
  closers.push(
    () => smdp.close(),
    () => agent.destroy(),
  );
  const chip = makeChip(pki);
  const { card } = chip;
  let { run } = chip;
  const reopen = (): void => {
    run = openIsdr(card);
  };
  const ask = (name: string, body: Readonly<Record<string, string>>) => post(smdp, agent, name, body);

  async function authenticate(matchingId: string) {
    const info = run(hexToBytes('BF2000'));
    const challenge = pick(run(hexToBytes('BF2E00')), 0x80).value;
    const opened = await ask('initiateAuthentication', {
      smdpAddress: smdp.address,
      euiccChallenge: base64(challenge),
      euiccInfo1: base64(info),
    });
    const transactionId = z.string().parse(opened['transactionId']);
    const parts = ['serverSigned1', 'serverSignature1', 'euiccCiPKIdToBeUsed', 'serverCertificate'].map((name) => bytesOf(opened[name]));
    const context = encodeTlv(0xa0, encodeTlv(0x80, encodeText(matchingId)), hexToBytes('A108 800435290611 A100'));
    const response = run(encodeTlv(0xbf38, ...parts, context));
    return { transactionId, answer: await ask('authenticateClient', { transactionId, authenticateServerResponse: base64(response) }) };
  }

  async function prepare(matchingId: string, code?: string) {
    const { transactionId, answer } = await authenticate(matchingId);
    const [signed, signature, certificate] = ['smdpSigned2', 'smdpSignature2', 'smdpCertificate'].map((name) => bytesOf(answer[name]));
    if (signed === undefined || signature === undefined || certificate === undefined) throw new Error('unreachable');
    const hash = code === undefined ? [] : [encodeTlv(0x04, hashOf(code, transactionId))];
    const response = run(encodeTlv(0xbf21, signed, signature, ...hash, certificate));
    return { transactionId, answer: await ask('getBoundProfilePackage', { transactionId, prepareDownloadResponse: base64(response) }) };
  }

  async function download(matchingId: string, code?: string): Promise<string> {
    const { answer } = await prepare(matchingId, code);
    return load(cut(bytesOf(answer['boundProfilePackage'])));
  }

  function load(scripts: readonly Uint8Array[]): string {
    for (const script of scripts) {
      const result = run(script);
      if (result !== '') return result;
    }
    throw new Error('the card said nothing');
  }

  return { smdp, card, run: (script: Uint8Array) => run(script), reopen, ask, authenticate, prepare, download };
}

/** SHA-256 of the code's own hash and the transaction (SGP.22 v2.5 §5.7.5). */
function hashOf(code: string, transactionId: string): Uint8Array {
  const inner = createHash('sha256').update(code).digest();
  return new Uint8Array(createHash('sha256').update(inner).update(hexToBytes(transactionId)).digest());
}

/** A bound package as scripts (SGP.22 v2.5 §2.5.5). */
function cut(whole: Uint8Array): readonly Uint8Array[] {
  const outer = readTlv(whole);
  const [initialise, ...parts] = childrenOf(outer);
  const head = concatBytes(whole.slice(0, whole.length - outer.value.length), initialise?.raw ?? new Uint8Array());
  return [
    head,
    ...parts.flatMap((part) => {
      if (part.tag === 0xa0 || part.tag === 0xa2) return [part.raw];
      return [part.raw.slice(0, part.raw.length - part.value.length), ...childrenOf(part).map(({ raw }) => raw)];
    }),
  ];
}

function brainpoolPki(): Pki {
  const folder = makeFolder();
  for (const [name, text] of makePki('brainpoolP256r1')) writeFileSync(join(folder, name), text);
  return loadPki(folder);
}

const installed = (result: string): boolean => childrenOf(pick(result, 0xbf27, 0xa2))[0]?.tag === 0xa0;

describe.each([
  ['P-256', () => loadPki(null)],
  ['brainpoolP256r1', brainpoolPki],
] as const)('with the SM-DP+ of the bench, on %s', (_curve, makeCertificates) => {
  it('installs a profile, and its result is believed', async () => {
    const { smdp, card, run, ask, download } = await startDownload(makeCertificates());
    const result = await download('LEB-ASIA');
    expect(installed(result)).toBe(true);
    expect(card.state().profiles.at(-1)).toMatchObject({ profileName: 'LEB Asia', imsi: '001010000482191', size: 12_065 });
    await ask('handleNotification', { pendingNotification: base64(result) });
    expect(smdp.order('LEB-ASIA')?.progress.state).toBe('installed');
    expect(run(hexToBytes('BF3003800101'))).toBe('BF3003800100');
  });
});

describe('with the SM-DP+ of the bench', () => {
  it.each([
    ['LEB-PACIFIC', '2748', 'after its confirmation code'],
    ['LEB-LARGE', '', 'of 65 kB'],
    ['LEB-SESSION', '', 'without new keys'],
  ])('installs %s with code "%s", %s', async (matchingId, code) => {
    const { download, ask, smdp } = await startDownload(loadPki(null));
    const result = await download(matchingId, code === '' ? undefined : code);
    expect(installed(result)).toBe(true);
    await ask('handleNotification', { pendingNotification: base64(result) });
    expect(smdp.order(matchingId)?.progress.state).toBe('installed');
  });

  it('takes the package that was bound to its key before it lost its power', async () => {
    const { prepare, download, card, reopen } = await startDownload(loadPki(null));
    const first = await prepare('LEB-SESSION');
    card.reset();
    reopen();
    // This order's package is never bound anew: only the same key gets it again.
    expect(first.answer['boundProfilePackage']).toEqual(expect.any(String));
    expect(installed(await download('LEB-SESSION'))).toBe(true);
  });

  it('refuses PPR1 beside other profiles, and says so in a signed result', async () => {
    const { download, ask, smdp } = await startDownload(loadPki(null));
    const result = await download('LEB-FLEET');
    expect(bytesToHex(pick(result, 0xbf27, 0xa2, 0xa1).value)).toBe('80010281010F');
    await ask('handleNotification', { pendingNotification: base64(result) });
    expect(smdp.notifications()).toHaveLength(1);
  });

  it('cancels with a signature that the server accepts, and what it enabled is told', async () => {
    const { authenticate, run, ask, smdp } = await startDownload(loadPki(null));
    const { transactionId } = await authenticate('LEB-AGAIN');
    const cancelled = run(hexToBytes(`BF4115 8010${transactionId} 810101`));
    const answer = await ask('cancelSession', { transactionId, cancelSessionResponse: base64(cancelled) });
    expect(answer['header']).toMatchObject({ functionExecutionStatus: { status: 'Executed-Success' } });
    expect(run(hexToBytes('BF3111 A00C 5A0A984499010000114720F0 810100'))).toBe('BF3103800100');
    const told = childrenOf(pick(run(hexToBytes('BF2B00')), 0xa0));
    expect(told).toHaveLength(2);
    for (const { raw } of told) await ask('handleNotification', { pendingNotification: base64(raw) });
    expect(smdp.notifications().length).toBe(2);
  });
});

const published = join(import.meta.dirname, '../../../../shared/sgp26');

describe.skipIf(!existsSync(published))('with published test certificates (they lie beside the checkout, or this is skipped)', () => {
  it.each(['TS48V1-A-UNIQUE', 'TS48V3-SAIP2-1-NOBERTLV-UNIQUE'])('takes the published test profile %s', (name) => {
    const folder = makeFolder();
    const put = (from: string, to: string) =>
      writeFileSync(join(folder, to), encodePem('CERTIFICATE', new Uint8Array(readFileSync(join(published, from)))));
    const copy = (from: string, to: string) => copyFileSync(join(published, from), join(folder, to));
    put('ci/CERT_CI_ECDSA_NIST.der', 'ci.pem');
    put('eum/CERT_EUM_ECDSA_NIST.der', 'eum.pem');
    put('euicc/CERT_EUICC_ECDSA_NIST.der', 'euicc.pem');
    copy('euicc/SK_EUICC_ECDSA_NIST.pem', 'euicc.key.pem');
    put('dp-auth/CERT_S_SM_DPauth_ECDSA_NIST.der', 'dp-auth.pem');
    copy('dp-auth/SK_S_SM_DPauth_ECDSA_NIST.pem', 'dp-auth.key.pem');
    put('dp-pb/CERT_S_SM_DPpb_ECDSA_NIST.der', 'dp-pb.pem');
    copy('dp-pb/SK_S_SM_DPpb_ECDSA_NIST.pem', 'dp-pb.key.pem');
    const pki = loadPki(folder);
    const { card, run } = makeChip(pki);
    const elements = new Uint8Array(readFileSync(join(published, 'upp', `${name}.der`)));
    const header = bytesToHex(elements.slice(0, 80));
    const iccid = /830A(\d{19}F|\d{20})/.exec(header)?.[1] ?? '';
    const metadata = makeMetadata({ 0x5a: iccid.replaceAll(/(.)(.)/g, '$2$1'), 0x95: '00' });

    const challenge = pick(run(hexToBytes('BF2E00')), 0x80).value;
    const signature = pick(run(authenticateRequest(pki, challenge)), 0xa0, 0x5f37).value;
    const oneTimeKey = pick(run(prepareRequest(pki, signature)), 0xa0, 0x30, 0x5f49).value;
    const results = bindPackage(pki, card.state().eid, oneTimeKey, { metadata, elements }).map(run);
    expect(installed(results.at(-1) ?? '')).toBe(true);
    expect(card.state().profiles.at(-1)).toMatchObject({ imsi: '001010123456063', profileClass: 'test', size: elements.length });
  });
});
