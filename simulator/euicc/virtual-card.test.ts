import { describe, expect, it } from 'vitest';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { loadPki } from '../pki/load-pki.ts';
import { readerProfiles } from '../sample.ts';
import type { ChipState } from './chip-state.ts';
import { makeChipState } from './chip-state.ts';
import { memoryChipStore } from './chip-store.ts';
import { makeEid } from './eid.ts';
import type { VirtualCard } from './virtual-card.ts';
import { makeVirtualCard } from './virtual-card.ts';

const select = '01A4040010A0000005591010FFFFFFFF8900000100';
/** One root: the key identifier is SHA-1, twenty octets, of the bench's own key. */
const ciIdentifier = `0414${bytesToHex(loadPki(null).ci.subjectKeyIdentifier ?? new Uint8Array())}`;
const ciKeyLists = `A916${ciIdentifier} AA16${ciIdentifier}`;
const iccids = { global: '984499000000841287F4', meadow: '984499010000114720F0', test: '984499030000091055F3' };

function makeCard(change: (state: ChipState) => ChipState = (state) => state, protocol: 'T=0' | 'T=1' = 'T=0'): VirtualCard {
  const state = makeChipState({ eid: makeEid(1), profiles: readerProfiles });
  return makeVirtualCard({ store: memoryChipStore(change(state)), protocol });
}

function send(card: VirtualCard, command: string): string {
  return bytesToHex(card.transmit(hexToBytes(command)));
}

function run(card: VirtualCard, exchanges: readonly (readonly [command: string, answer: string])[]): void {
  for (const [command, answer] of exchanges) expect([command, send(card, command)]).toEqual([command, answer.replaceAll(' ', '')]);
}

/** A card with the ISD-R selected on channel 1. */
function openCard(change?: (state: ChipState) => ChipState): VirtualCard {
  const card = makeCard(change);
  run(card, [
    ['0070000001', '01 9000'],
    [select, '6121'],
  ]);
  return card;
}

/** One ES10 call on channel 1, its answer gathered; the status word stays at the end. */
function call(card: VirtualCard, request: string): string {
  const length = (request.length / 2).toString(16).padStart(2, '0').toUpperCase();
  let answer = send(card, `81E29100${length}${request}`);
  let data = '';
  while (/^61..$/.test(answer.slice(-4))) {
    data += answer.slice(0, -4);
    answer = send(card, `81C00000${answer.slice(-2)}`);
  }
  return data + answer;
}

describe('power-up', () => {
  it('answers with an ATR whose check octet is right', () => {
    expect(bytesToHex(makeCard().atr)).toBe('3B9F96801FC78031A073BE21136743200718000001A5');
    expect(bytesToHex(makeCard(undefined, 'T=1').atr)).toBe('3B9F96811FC78031A073BE21136743200718000001A4');
  });

  it('forgets channels, selections and half scripts', () => {
    const card = openCard();
    run(card, [['81E2110002BF3E', '9000']]);
    card.reset();
    run(card, [
      ['81E2910104035C015A', '6881'],
      ['0070000001', '01 9000'],
      ['81E2910006BF3E035C015A', '6D00'],
    ]);
  });
});

describe('classes, lengths and instructions', () => {
  it.each([
    ['00A404', '6700'],
    ['00A4040010A000', '6700'],
    ['81E2910006BF3E035C015A', '6881'],
    ['04A40400', '6882'],
    ['60A40400', '6882'],
    ['90E29100', '6884'],
    ['30A40400', '6E00'],
    ['00FE0000', '6D00'],
    ['80E2910006BF3E035C015A', '6D00'],
    ['00A4040007A0000005591010', '6A82'],
    ['00A404000FA0000005591010FFFFFFFF89000002', '6A82'],
    ['80AA00000AA9088100820101830107', '9000'],
    ['00C0000010', '6985'],
  ])('%s is answered %s', (command, answer) => {
    expect(send(makeCard(), command)).toBe(answer);
  });
});

describe('logical channels', () => {
  it('hands out 1 to 19, then has none, and takes them back', () => {
    const card = makeCard();
    for (let number = 1; number <= 19; number += 1)
      expect(send(card, '0070000001')).toBe(`${number.toString(16).padStart(2, '0').toUpperCase()}9000`);
    run(card, [
      ['0070000001', '6A81'],
      ['0070800200', '9000'],
      ['00708002', '6881'],
      ['00708000', '6A86'],
      ['0070000000', '6C01'],
      ['0070000001', '02 9000'],
    ]);
  });

  it('keeps a script and an answer for each channel, and names channels over 3 in the further classes', () => {
    const card = makeCard();
    for (let number = 1; number <= 5; number += 1) send(card, '0070000001');
    run(card, [
      [select, '6121'],
      [`41${select.slice(2)}`, '6121'],
      ['81E2110003BF3E03', '9000'],
      ['C1E2110003BF3E03', '9000'],
      ['81E29101035C015A', '6115'],
      ['C1E29101035C015A', '6115'],
      ['C1C0000015', 'BF3E125A10890449900000000000000000000001889000'],
      ['81C0000015', 'BF3E125A10890449900000000000000000000001889000'],
    ]);
  });
});

describe('the ISD-R', () => {
  it('gives its version in the FCI', () => {
    const card = openCard();
    run(card, [['01C0000021', '6F1F8410A0000005591010FFFFFFFF8900000100A5049F6501FFE0058203020200 9000']]);
  });

  it('hands an answer out in pieces, and corrects a length that is too long', () => {
    const card = openCard();
    run(card, [
      ['81E2910006BF3E035C015A', '6115'],
      ['81C0000020', '6C15'],
      ['81C0000005', 'BF3E125A10 6110'],
      ['81C0000010', '89044990000000000000000000000188 9000'],
      ['81C0000010', '6985'],
    ]);
  });

  it('answers a T=1 command that has an Le at once', () => {
    const card = makeCard(undefined, 'T=1');
    run(card, [
      ['0070000000', '01 9000'],
      [`${select}00`, '6F1F8410A0000005591010FFFFFFFF8900000100A5049F6501FFE0058203020200 9000'],
      ['81E2910006BF3E035C015A00', 'BF3E125A1089044990000000000000000000000188 9000'],
      ['81E2910006BF3E035C015A', '6115'],
      ['81C0000000', '6C15'],
    ]);
    expect(send(card, '81E2910003BF2D0000')).toMatch(/9000$/);
  });

  it('tells a long answer by 6100', () => {
    const card = openCard((state) => ({ ...state, profiles: state.profiles.map((profile) => ({ ...profile, nickname: 'n'.repeat(64) })) }));
    run(card, [['81E2910003BF2D00', '6100']]);
    const first = send(card, '81C0000000');
    expect(first).toHaveLength(2 * 258);
    const rest = Number.parseInt(/61(..)$/.exec(first)?.[1] ?? '', 16);
    expect(send(card, `81C00000${rest.toString(16).padStart(2, '0')}`)).toMatch(/9000$/);
  });

  it.each([
    ['81E2910102BF3E', '6A86', 'a script begins with block 00'],
    ['81E2000002BF3E', '6A86', 'P1 is 11 or 91'],
    ['81E29100', '6700', 'a block has data'],
    ['81E2910003BF7700', '6A88', 'no such function'],
    ['81E2910003BF3E05', '6A80', 'a length that runs past the end'],
    ['81E2910004BF2D0000', '6A80', 'something behind the object'],
    ['81E2910003BF3E00', '6A80', 'GetEID without its tag list'],
    ['81E2910005BF36820100', '6985', 'a bound profile package without a session'],
  ])('answers %s with %s: %s', (command, answer) => {
    expect(send(openCard(), command)).toBe(answer);
  });
});

describe('ES10', () => {
  it.each([
    ['BF3C00', 'BF3C14 8112 736D64732E62656E63682E6578616D706C65', 'GetEuiccConfiguredAddresses'],
    ['BF2000', `BF2035 8203020200 ${ciKeyLists}`, 'GetEUICCInfo1'],
    [
      'BF2200',
      `BF227F 8103020301 8203020200 8303010000 840F 810100 8204000840008304 000016E0 8504067F36C0 86030B0000 8703020301 88020490 ${ciKeyLists} 8B0102 99020780 0403000001 0C0D5A5A2D5A5A2D55502D30303030`,
      'GetEUICCInfo2',
    ],
    ['BF4300', 'BF4315 A013 3011 80020560 A107 3005 8003EEEEEE 82020780', 'GetRAT'],
    [
      'BF2D085C065A9F70959699',
      `BF2D41 A03F E313 5A0A${iccids.global}9F700101950102 E313 5A0A${iccids.meadow}9F700100950102 E313 5A0A${iccids.test}9F700100950100`,
      'GetProfilesInfo with a tag list',
    ],
    [`BF2D11A00C5A0A${iccids.meadow}5C015A`, `BF2D10 A00E E30C 5A0A${iccids.meadow}`, 'GetProfilesInfo of an ICCID'],
    ['BF2D17A0124F10A0000005591010FFFFFFFF89000012005C015A', `BF2D10 A00E E30C 5A0A${iccids.test}`, 'GetProfilesInfo of an AID'],
    ['BF2D08A0039501015C015A', 'BF2D02A000', 'GetProfilesInfo of a class that no profile has'],
    ['BF2D08A0039501005C015A', `BF2D10 A00E E30C 5A0A${iccids.test}`, 'GetProfilesInfo of the class test'],
    ['BF2D05A003800101', 'BF2D03810101', 'GetProfilesInfo by something else'],
    [
      `BF2D14A00C5A0A${iccids.meadow}5C04B6B79990`,
      'BF2D28 A026 E324 B61B 3019 80020470 8113 736D64702E6D6561646F772E6578616D706C65 B705 800300F120',
      'the fields that come only when asked for',
    ],
    ['BF2800', 'BF2802A000', 'ListNotification without any'],
    ['BF2B00', 'BF2B03810101', 'RetrieveNotificationsList without any'],
    ['BF3003800107', 'BF3003800101', 'RemoveNotificationFromList of one that is not there'],
    ['BF2106300480021234', 'BF2109A107800212340201 04', 'PrepareDownload without a session'],
    ['BF3806300480021234', 'BF3809A107800212340201 04', 'AuthenticateServer without a challenge'],
    ['BF4107800212348101 00', 'BF4103810105', 'CancelSession without a session'],
    ['BF3500', 'BF3503810104', 'LoadCRL'],
    ['BF420480020780', 'BF4203800101', 'LpaeActivation'],
  ])('%s is answered %s: %s', (request, answer) => {
    expect(call(openCard(), request.replaceAll(' ', ''))).toBe(`${answer.replaceAll(' ', '')}9000`);
  });
});
