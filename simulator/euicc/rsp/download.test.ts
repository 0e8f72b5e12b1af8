import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bytesToHex, concatBytes, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { childrenOf, findChild } from '#native/euicc/tlv/tlv-reader.ts';
import { makePrivateKey, verify } from '../../pki/elliptic-key.ts';
import { issueCertificate } from '../../pki/issue-certificate.ts';
import { loadPki } from '../../pki/load-pki.ts';
import { readerProfiles } from '../../sample.ts';
import type { ChipState } from '../chip-state.ts';
import { makeChipState } from '../chip-state.ts';
import type { ChipStore } from '../chip-store.ts';
import { folderChipStore, memoryChipStore } from '../chip-store.ts';
import { makeEid } from '../eid.ts';
import type { VirtualCard } from '../virtual-card.ts';
import { makeVirtualCard } from '../virtual-card.ts';
import type { PackageChange } from './server.fixture.ts';
import {
  authenticateRequest,
  bindPackage,
  contextParameters,
  iccid,
  makeElements,
  makeMetadata,
  openIsdr,
  pick,
  prepareRequest,
  serverAddress,
  transactionId,
} from './server.fixture.ts';

const pki = loadPki(null);
const eid = makeEid(1);
const factory = makeChipState({ eid, profiles: readerProfiles });
/** Only a test profile, so that PPR1 has the place for itself. */
const roomy: ChipState = { ...factory, profiles: [], enabledIccid: null };
const chipKey = pki.euicc(eid).certificate.publicKey;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

type Chip = { readonly card: VirtualCard; readonly call: (request: Uint8Array | string) => string };

function open(store: ChipStore): Chip {
  const card = makeVirtualCard({ store });
  const run = openIsdr(card);
  return { card, call: (request) => run(typeof request === 'string' ? hexToBytes(request) : request) };
}

const makeChip = (state: ChipState = factory): Chip => open(memoryChipStore(state));

function challengeOf(chip: Chip): Uint8Array {
  return pick(chip.call('BF2E00'), 0x80).value;
}

/** The chip's first signature. */
function authenticate(chip: Chip, role: 'dp-auth' | 'ds-auth' = 'dp-auth'): Uint8Array {
  return pick(chip.call(authenticateRequest(pki, challengeOf(chip), { role })), 0xa0, 0x5f37).value;
}

/** The chip's one-time key. */
function prepare(chip: Chip, formerKey?: Uint8Array): Uint8Array {
  const change = formerKey === undefined ? {} : { formerKey };
  return pick(chip.call(prepareRequest(pki, authenticate(chip), change)), 0xa0, 0x30, 0x5f49).value;
}

/** The chip's answers to a whole package; it hears no more after the first one that says something. */
function load(chip: Chip, change: PackageChange = {}): readonly string[] {
  const answers: string[] = [];
  for (const script of bindPackage(pki, eid, prepare(chip), change)) {
    answers.push(chip.call(script));
    if (answers.at(-1) !== '') break;
  }
  return answers;
}

describe('what the chip says of its roots', () => {
  it('names the one that its own chain ends in', () => {
    const identifier = `0414${bytesToHex(pki.ci.subjectKeyIdentifier ?? new Uint8Array())}`;
    expect(makeChip().call('BF2000')).toBe(`BF20358203020200A916${identifier}AA16${identifier}`);
  });
});

describe('AuthenticateServer', () => {
  it('signs what the server and the terminal said, byte for byte, and shows its chain', () => {
    const chip = makeChip();
    const answer = chip.call(authenticateRequest(pki, challengeOf(chip)));
    const [signed, signature, certificate, eum] = childrenOf(pick(answer, 0xa0));
    expect(verify(chipKey, signed?.raw ?? new Uint8Array(), signature?.value ?? new Uint8Array())).toBe(true);
    expect(certificate?.raw).toEqual(pki.euicc(eid).certificate.der);
    expect(eum?.raw).toEqual(pki.eum().der);
    const fields = childrenOf(pick(answer, 0xa0, 0x30)).map(({ tag, raw }) => [tag, bytesToHex(raw)]);
    expect(fields).toEqual([
      [0x80, `8010${bytesToHex(transactionId)}`],
      [0x83, `8311${bytesToHex(encodeText(serverAddress))}`],
      [0x84, `8410${'5A'.repeat(16)}`],
      [0xbf22, chip.call('BF2200')],
      [0xa0, bytesToHex(contextParameters)],
    ]);
  });

  const stranger = makePrivateKey('p256');
  const foreignRoot = issueCertificate(
    { role: 'ci', subject: [['commonName', 'Stranger']], publicKey: stranger, validFrom: new Date(0), validUntil: new Date(4e12) },
    { rootKey: stranger },
  );
  const forged = issueCertificate(
    {
      role: 'dp-auth',
      subject: [['commonName', 'Forged']],
      publicKey: pki.server('dp-auth').key,
      registeredId: '2.999.10',
      validFrom: new Date(0),
      validUntil: new Date(4e12),
    },
    { certificate: { ...foreignRoot, subjectKeyIdentifier: pki.ci.subjectKeyIdentifier }, key: stranger },
  );
  const onOtherCurve = issueCertificate(
    {
      role: 'dp-auth',
      subject: [['commonName', 'Other curve']],
      publicKey: makePrivateKey('brainpoolP256r1'),
      registeredId: '2.999.10',
      validFrom: new Date(0),
      validUntil: new Date(4e12),
    },
    { certificate: pki.ci, key: stranger },
  );

  it.each([
    [7, 'a root that the chip does not know', { ciKey: new Uint8Array(20) }],
    [3, 'a certificate on another curve', { certificate: onOtherCurve.der }],
    [1, 'a certificate that another root signed in the name of ours', { certificate: forged.der }],
    [1, 'a certificate that another root signed', { certificate: foreignRoot.der }],
    [1, 'a certificate that is none', { certificate: hexToBytes('3003 020101') }],
    [5, 'a certificate for something else', { role: 'dp-pb' }],
    [2, 'a wrong signature', { spoilSignature: true }],
    [6, 'the challenge of another session', { signedChallenge: new Uint8Array(16) }],
  ] as const)('answers %i to %s, and has no session then', (code, _what, change) => {
    const chip = makeChip();
    const request = authenticateRequest(pki, challengeOf(chip), change);
    expect(pick(chip.call(request), 0xa1, 0x02).value).toEqual(Uint8Array.of(code));
    expect(pick(chip.call(request), 0xa1, 0x02).value).toEqual(Uint8Array.of(4));
  });

  it('takes a challenge once', () => {
    const chip = makeChip();
    const request = authenticateRequest(pki, challengeOf(chip));
    expect(chip.call(request)).toMatch(/^BF3882....A0/);
    expect(pick(chip.call(request), 0xa1, 0x02).value).toEqual(Uint8Array.of(4));
  });

  it('refuses half a request with a status word', () => {
    const chip = makeChip();
    challengeOf(chip);
    expect(chip.call('BF3806300480021234')).toBe('6A80');
  });
});

describe('PrepareDownload', () => {
  it('signs its one-time key and the hash of the confirmation code after the server', () => {
    const chip = makeChip();
    const hash = new Uint8Array(32).fill(7);
    const request = prepareRequest(pki, authenticate(chip), { codeRequired: true, hash });
    const [signed, signature] = childrenOf(pick(chip.call(request), 0xa0));
    const theirs = findChild(pick(bytesToHex(request)), 0x5f37);
    expect(signed === undefined ? undefined : findChild(signed, 0x04)?.value).toEqual(hash);
    const covered = concatBytes(signed?.raw ?? new Uint8Array(), theirs?.raw ?? new Uint8Array());
    expect(verify(chipKey, covered, signature?.value ?? new Uint8Array())).toBe(true);
  });

  it.each([
    [5, 'another transaction', { transaction: Uint8Array.of(1) }],
    [1, 'a certificate for something else', { role: 'dp-auth' }],
    [2, 'a signature that does not cover the chip’s', { spoilSignature: true }],
    [127, 'no hash where a code is required', { codeRequired: true }],
    [127, 'a hash of a wrong length', { hash: new Uint8Array(20) }],
  ] as const)('answers %i to %s, and can be asked again', (code, _what, change) => {
    const chip = makeChip();
    const signature = authenticate(chip);
    expect(pick(chip.call(prepareRequest(pki, signature, change)), 0xa1, 0x02).value).toEqual(Uint8Array.of(code));
    expect(chip.call(prepareRequest(pki, signature))).toMatch(/^BF2181..A0/);
  });

  it('answers 4 without a session, and to an SM-DS', () => {
    const chip = makeChip();
    expect(pick(chip.call(prepareRequest(pki, new Uint8Array(64))), 0xa1, 0x02).value).toEqual(Uint8Array.of(4));
    const signature = authenticate(chip, 'ds-auth');
    expect(pick(chip.call(prepareRequest(pki, signature)), 0xa1, 0x02).value).toEqual(Uint8Array.of(4));
  });

  it('uses the key again that the server bound a package to, and not after the package was begun', () => {
    const chip = makeChip();
    const first = prepare(chip);
    chip.card.reset();
    const again = {
      card: chip.card,
      call: (request: Uint8Array | string) => reopened(typeof request === 'string' ? hexToBytes(request) : request),
    };
    const reopened = openIsdr(chip.card);
    expect(prepare(again, first)).toEqual(first);
    expect(prepare(again)).not.toEqual(first);
    const used = prepare(again, first);
    const [head = new Uint8Array()] = bindPackage(pki, eid, used);
    expect(again.call(head)).toBe('');
    expect(prepare(again, first)).not.toEqual(first);
  });
});

describe('CancelSession', () => {
  it.each([authenticate, prepare])('signs the reason, and then there is no session', (reach) => {
    const chip = makeChip();
    reach(chip);
    const request = `BF4115 8010${bytesToHex(transactionId)} 810103`;
    const answer = chip.call(request);
    const [signed, signature] = childrenOf(pick(answer, 0xa0));
    expect(bytesToHex(signed?.raw ?? new Uint8Array())).toBe(`301A8010${bytesToHex(transactionId)}810388370A820103`);
    expect(verify(chipKey, signed?.raw ?? new Uint8Array(), signature?.value ?? new Uint8Array())).toBe(true);
    expect(chip.call(request)).toBe('BF4103810105');
  });

  it('knows only its own transaction', () => {
    const chip = makeChip();
    authenticate(chip);
    expect(chip.call('BF4107 80021234 810100')).toBe('BF4103810105');
  });
});

const metadata = (fields: Readonly<Record<number, string>>): PackageChange => ({ metadata: makeMetadata(fields) });

describe('a bound profile package', () => {
  it('becomes a disabled profile with everything that its metadata says', () => {
    const chip = makeChip();
    const icon = '89504E470D0A1A0A';
    const answers = load(chip, {
      configuration: hexToBytes('BF2409 B807 800388370A 9900'),
      metadata: makeMetadata({ 0x93: '01', 0x94: icon, 0xb7: '8003 00F110 810101', 0x99: '0520' }),
    });
    expect(answers.slice(0, -1).every((answer) => answer === '')).toBe(true);
    expect(answers).toHaveLength(9);
    const state = chip.card.state();
    expect(state.enabledIccid).toBe(factory.enabledIccid);
    expect(state.profiles.at(-1)).toEqual({
      iccid,
      isdpAid: 'A0000005591010FFFFFFFF8900001300',
      imsi: '901700000000001',
      ownerMccMnc: '00101',
      ownerGroupIds: ['01', null],
      serviceProviderName: 'Test provider',
      profileName: 'Test profile',
      nickname: null,
      icon: { type: 'png', data: icon },
      profileClass: 'operational',
      policyRules: ['ppr2'],
      notificationTargets: [{ address: 'notify.one.example', events: ['install'] }],
      dpProprietaryData: '800388370A9900',
      size: makeElements().length,
    });
    expect(chip.call('BF2D15 A00C 5A0A984499000000000010F6 5C05 93 94 99 B7 B8')).toBe(
      'BF2D28A026E324 930101 9408 89504E470D0A1A0A B708800300F110810101 B807800388370A9900 99020520'.replaceAll(' ', ''),
    );
  });

  it('ends in a signed result, which is a notification until it is removed', () => {
    const chip = makeChip();
    const result = load(chip).at(-1) ?? '';
    const data = pick(result, 0xbf27);
    expect(verify(chipKey, data.raw, pick(result, 0x5f37).value)).toBe(true);
    expect(bytesToHex(data.value)).toBe(
      [
        `8010${bytesToHex(transactionId)}`,
        `BF2F26 800101 81020780 0C11${bytesToHex(encodeText(serverAddress))} 5A0A984499000000000010F6`,
        '060388370A',
        'A21F A01D 4F10A0000005591010FFFFFFFF8900001300 0409 3007A0053003800100',
      ]
        .join('')
        .replaceAll(' ', ''),
    );
    const [own, other] = childrenOf(pick(chip.call('BF2B00'), 0xa0));
    expect(bytesToHex(own?.raw ?? new Uint8Array())).toBe(result);
    const [metadata, signature, certificate, eum] = other === undefined ? [] : childrenOf(other);
    expect(bytesToHex(metadata?.raw ?? new Uint8Array())).toBe(
      `BF2F27800102810207800C12${bytesToHex(encodeText('notify.one.example'))}5A0A984499000000000010F6`,
    );
    expect(verify(chipKey, metadata?.raw ?? new Uint8Array(), signature?.value ?? new Uint8Array())).toBe(true);
    expect([certificate?.raw, eum?.raw]).toEqual([pki.euicc(eid).certificate.der, pki.eum().der]);
    expect(chip.call('BF3003800101')).toBe('BF3003800100');
    expect(chip.call('BF2B05A003800101')).toBe('BF2B03810101');
  });

  it.each([
    ['without new keys', { replacement: null }],
    ['with an empty configuration', { configuration: hexToBytes('BF2400') }],
    ['of 12 kB', { elements: makeElements(12_000) }],
    ['of an element more than 1007 octets long to the octet', { elements: makeElements(1007) }],
  ] as const)('is taken %s', (_what, change) => {
    const chip = makeChip();
    expect(pick(load(chip, change).at(-1) ?? '', 0xbf27, 0xa2, 0xa0).tag).toBe(0xa0);
    expect(chip.card.state().profiles.map((profile) => profile.iccid)).toContain(iccid);
  });

  const meadowIccid = '984499010000114720F0';
  it.each([
    [0, 5, 'another operation', { operation: 2 }],
    [0, 3, 'another transaction', { transaction: Uint8Array.of(1) }],
    [0, 4, 'a key type of its own', { template: hexToBytes('A608 800180 810110 8400') }],
    [0, 4, 'a key length of its own', { template: hexToBytes('A609 800188 810120 840101') }],
    [0, 2, 'a signature that leaves out the chip’s key', { spoilSignature: true }],
    [1, 8, 'a changed configuration', { spoilObject: 0 }],
    [1, 1, 'the configuration of another server', { configuration: hexToBytes('BF2407 B805 800388370B') }],
    [2, 8, 'changed metadata', { spoilObject: 1 }],
    [2, 7, 'metadata that do not end', { metadata: hexToBytes('BF2505 5A') }],
    [2, 1, 'metadata without a name', metadata({ 0x92: '' })],
    [2, 1, 'a short ICCID', metadata({ 0x5a: '9844990000000000' })],
    [2, 1, 'an icon without a type', metadata({ 0x94: 'FFD8FF' })],
    [2, 9, 'a profile that is there already', metadata({ 0x5a: meadowIccid })],
    [2, 6, 'a provisioning profile', metadata({ 0x95: '01' })],
    [2, 15, 'PPR1 beside other profiles', metadata({ 0x99: '0640' })],
    [2, 15, 'PPR2 without an owner', metadata({ 0x99: '0520', 0xb7: '' })],
    [4, 8, 'changed keys', { spoilObject: 2 }],
    [4, 1, 'short keys', { replacement: hexToBytes('BF2603 800101') }],
    [5, 8, 'a changed element', { spoilObject: 4 }],
    [5, 12, 'a profile without an end', { elements: makeElements().slice(0, -9) }],
    [5, 12, 'an element that nobody knows', { elements: concatBytes(makeElements(0).slice(0, 20), hexToBytes('9F7F00 AA00')) }],
    [5, 12, 'bytes that are no elements', { elements: hexToBytes('A0050102') }],
    [5, 13, 'a profile that is not the announced one', { elements: makeElements(10, '8944990000000000024F') }],
  ] as const satisfies readonly (readonly [number, number, string, PackageChange])[])(
    'fails with command %i and reason %i for %s',
    (command, reason, _what, change) => {
      const chip = makeChip();
      const result = load(chip, change).at(-1) ?? '';
      const data = pick(result, 0xbf27);
      expect(verify(chipKey, data.raw, pick(result, 0x5f37).value)).toBe(true);
      const error = pick(result, 0xbf27, 0xa2, 0xa1);
      expect([findChild(error, 0x80)?.value, findChild(error, 0x81)?.value]).toEqual([Uint8Array.of(command), Uint8Array.of(reason)]);
      expect(chip.card.state().profiles).toEqual(factory.profiles);
      expect(chip.card.state().installation).toBeNull();
      expect(bytesToHex(pick(chip.call('BF2B00'), 0xa0, 0xbf37).raw)).toBe(result);
      // The session is over: what follows has nobody to belong to.
      expect(chip.call('A300')).toBe('6985');
      expect(chip.call(`BF4115 8010${bytesToHex(transactionId)} 810105`)).toBe('BF4103810105');
    },
  );

  it('fails with reason 10 where the memory is full', () => {
    const chip = makeChip({ ...factory, memory: factory.profiles.reduce((sum, { size }) => sum + size, 1500) });
    const error = pick(load(chip).at(-1) ?? '', 0xbf27, 0xa2, 0xa1);
    expect(bytesToHex(error.value)).toBe('80010581010A');
  });

  it.each([
    ['another operator', [{ rules: ['ppr1'], operators: ['00102'], consentRequired: true }], false],
    ['another rule', [{ rules: ['ppr2'], operators: ['EEEEEE'], consentRequired: true }], false],
    ['this operator', [{ rules: ['ppr1'], operators: ['00101'], consentRequired: false }], true],
    ['any of this country', [{ rules: ['ppr1'], operators: ['001EEE'], consentRequired: true }], true],
    ['nobody', [], false],
  ] as const)('asks its table for PPR1: it allows %s', (_what, rulesAuthorisationTable, isTaken) => {
    const chip = makeChip({ ...roomy, rulesAuthorisationTable });
    load(chip, metadata({ 0x99: '0640' }));
    expect(chip.card.state().profiles.length).toBe(isTaken ? 1 : 0);
  });

  it('is refused where nobody prepared for it', () => {
    const chip = makeChip();
    const scripts = bindPackage(pki, eid, prepare(chip));
    challengeOf(chip);
    expect(scripts.slice(0, 3).map((script) => chip.call(script))).toEqual(['6985', '6985', '6985']);
  });
});

describe('an interruption', () => {
  it.each([
    [1, '800101 81010B', null],
    [4, '800105 81010B', iccid],
    [7, '800105 81010B', iccid],
  ])('after %i scripts is told at the next power-up, on the chip that was kept', (count, error, known) => {
    const path = join(mkdtempSync(join(tmpdir(), 'chip-')), 'chip');
    folders.push(join(path, '..'));
    const chip = open(folderChipStore(path, factory));
    for (const script of bindPackage(pki, eid, prepare(chip)).slice(0, count)) expect(chip.call(script)).toBe('');

    const later = makeVirtualCard({ store: folderChipStore(path, factory) });
    later.reset();
    const call = openIsdr(later);
    const result = pick(call(hexToBytes('BF2B00')), 0xa0, 0xbf37);
    expect(bytesToHex(pick(bytesToHex(result.raw), 0xbf27, 0xa2, 0xa1).value)).toBe(error.replaceAll(' ', ''));
    expect(later.state().notifications.map((notification) => notification.iccid)).toEqual([known]);
    later.reset();
    expect(later.state().notifications).toHaveLength(1);
    expect(later.state().profiles).toHaveLength(factory.profiles.length);
  });

  it('by a new session is told too', () => {
    const chip = makeChip();
    const [first = new Uint8Array()] = bindPackage(pki, eid, prepare(chip));
    chip.call(first);
    challengeOf(chip);
    expect(chip.card.state().notifications.map(({ event, address }) => [event, address])).toEqual([['install', serverAddress]]);
  });

  it('that came before the package leaves nothing', () => {
    const chip = makeChip();
    prepare(chip);
    chip.card.reset();
    expect(chip.card.state().notifications).toEqual([]);
  });
});
