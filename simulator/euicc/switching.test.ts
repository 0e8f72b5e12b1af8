import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { readerProfiles } from '../sample.ts';
import type { ChipState } from './chip-state.ts';
import { makeChipState } from './chip-state.ts';
import type { ChipStore } from './chip-store.ts';
import { folderChipStore, memoryChipStore } from './chip-store.ts';
import { makeEid } from './eid.ts';
import type { VirtualCard } from './virtual-card.ts';
import { makeVirtualCard } from './virtual-card.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const global = '984499000000841287F4';
const meadow = '984499010000114720F0';
const test = '984499030000091055F3';
const nobody = '984499990000114720F0';
const meadowAid = '4F10A0000005591010FFFFFFFF8900001100';

const factory = makeChipState({ eid: makeEid(1), profiles: readerProfiles });

function makeCard(change: (state: ChipState) => ChipState = (state) => state): VirtualCard {
  return openIsdr(makeVirtualCard({ store: memoryChipStore(change(factory)) }));
}

function openIsdr(card: VirtualCard): VirtualCard {
  expect(send(card, '0070000001')).toBe('019000');
  expect(send(card, '01A4040010A0000005591010FFFFFFFF8900000100')).toBe('6121');
  return card;
}

function send(card: VirtualCard, command: string): string {
  return bytesToHex(card.transmit(hexToBytes(command)));
}

/** One ES10 call whose answer is short. */
function call(card: VirtualCard, request: string): string {
  const length = (request.length / 2).toString(16).padStart(2, '0');
  const answer = send(card, `81E29100${length}${request}`);
  return answer.startsWith('61') ? send(card, `81C00000${answer.slice(2)}`) : answer;
}

const byIccid = (tag: string, iccid: string, flag: string) => `${tag}11A00C5A0A${iccid}8101${flag}`;
const enable = (iccid: string, flag = '00') => byIccid('BF31', iccid, flag);
const disable = (iccid: string, flag = '00') => byIccid('BF32', iccid, flag);
const remove = (iccid: string) => `BF330C5A0A${iccid}`;
const withRules = (policyRules: ChipState['profiles'][number]['policyRules']) => (state: ChipState) => ({
  ...state,
  profiles: state.profiles.map((profile) => ({ ...profile, policyRules })),
});
const terminalProfile = '8010000003FFFF9F';
const iccidFile = ['00A4000C022FE2', '00B000000A'] as const;

function list(card: VirtualCard): readonly string[] {
  return card.state().notifications.map(({ seqNumber, event, address }) => `${seqNumber} ${event} ${address}`);
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'leb-chip-'));
  folders.push(path);
  return path;
}

describe('switching at once', () => {
  it.each([
    ['by ICCID', enable(meadow), 'BF3103800100'],
    ['by AID', `BF3117A012${meadowAid}810100`, 'BF3103800100'],
    ['unknown', enable(nobody), 'BF3103800101'],
    ['an ICCID that is one octet short', `BF3110A00B5A09${meadow.slice(0, 18)}810100`, 'BF3103800101'],
    ['already enabled', enable(global), 'BF3103800102'],
    ['disable', disable(global), 'BF3203800100'],
    ['disable: unknown', disable(nobody), 'BF3203800101'],
    ['disable: not enabled', disable(meadow), 'BF3203800102'],
    ['delete', remove(meadow), 'BF3303800100'],
    ['delete: unknown', remove(nobody), 'BF3303800101'],
    ['delete: enabled', remove(global), 'BF3303800102'],
  ])('%s', (_name, request, answer) => {
    expect(call(makeCard(), request)).toBe(`${answer}9000`);
  });

  it.each([
    ['BF310EA00C5A0A984499010000114720F0', 'no refresh flag'],
    ['BF310F5A0A984499010000114720F0810100', 'the identifier outside its choice'],
    ['BF3105A000810100', 'no identifier'],
    ['BF330EA00C5A0A984499010000114720F0', 'delete with the choice of enable'],
  ])('%s is malformed: %s', (request) => {
    expect(call(makeCard(), request)).toBe('6A80');
  });

  it('obeys policy rules', () => {
    const bound = makeCard(withRules(['ppr1', 'ppr2']));
    expect(call(bound, enable(meadow))).toBe('BF31038001039000');
    expect(call(bound, disable(global))).toBe('BF32038001039000');
    expect(call(bound, remove(meadow))).toBe('BF33038001039000');
  });

  it('lets only the profile before it follow a test profile', () => {
    const card = makeCard();
    expect(call(card, enable(test))).toBe('BF31038001009000');
    expect(call(card, enable(meadow))).toBe('BF31038001049000');
    expect(call(card, enable(global))).toBe('BF31038001009000');
    expect(call(card, enable(meadow))).toBe('BF31038001009000');
  });

  it('shows the new profile in the file system, and none when none is enabled', () => {
    const card = makeCard();
    expect(iccidFile.map((command) => send(card, command))).toEqual(['9000', `${global}9000`]);
    call(card, enable(meadow));
    expect(iccidFile.map((command) => send(card, command))).toEqual(['9000', `${meadow}9000`]);
    expect(send(card, '00A4080C047FFF6F07')).toBe('9000');
    expect(send(card, '00B0000009')).toBe('0809102000001147209000');
    call(card, disable(meadow));
    expect(iccidFile.map((command) => send(card, command))).toEqual(['6A82', '6986']);
    expect(send(card, '00A4040C07A0000000871002')).toBe('6A82');
  });

  it('is busy while a proactive session goes on', () => {
    const card = makeCard();
    card.setCatBusy(true);
    expect(call(card, enable(meadow))).toBe('BF31038001059000');
    expect(call(card, disable(global))).toBe('BF32038001059000');
    expect(call(card, 'BF3404820205E0')).toBe('BF34038001059000');
    card.setCatBusy(false);
    expect(call(card, enable(meadow))).toBe('BF31038001009000');
  });
});

describe('switching by REFRESH', () => {
  it('asks a terminal that knows REFRESH for it, and switches when it has answered', () => {
    const card = makeCard();
    expect(send(card, terminalProfile)).toBe('9000');
    expect(call(card, enable(meadow, 'FF'))).toBe('BF3103800100910B');
    expect(card.state().enabledIccid).toBe(readerProfiles[0]?.iccid);
    expect(call(card, disable(global, 'FF'))).toBe('BF3203800105910B');
    expect(send(card, '801200000C')).toBe('6C0B');
    expect(send(card, '801200000B')).toBe('D0098103010104820281829000');
    expect(send(card, '801400000C810301010402028281830100')).toBe('9000');
    expect(card.state().enabledIccid).toBe(readerProfiles[1]?.iccid);
    expect(call(card, enable(global))).toBe('BF31038001009000');
  });

  it('waits for a reset where the terminal knows no REFRESH, even when the power fails in between', () => {
    const store = memoryChipStore(factory);
    const card = openIsdr(makeVirtualCard({ store }));
    expect(call(card, enable(meadow, 'FF'))).toBe('BF31038001009000');
    expect(iccidFile.map((command) => send(card, command))).toEqual(['9000', `${global}9000`]);
    const sameChip = makeVirtualCard({ store });
    sameChip.reset();
    expect(iccidFile.map((command) => send(sameChip, command))).toEqual(['9000', `${meadow}9000`]);
  });

  it('has nothing to fetch otherwise', () => {
    const card = makeCard();
    expect(send(card, '801200000B')).toBe('6985');
    expect(send(card, '801400000C810301010482028281830100')).toBe('6985');
  });
});

describe('nicknames and addresses', () => {
  const nickname = (hex: string, iccid = meadow) => {
    const length = (hex.length / 2).toString(16).padStart(2, '0');
    const whole = (14 + hex.length / 2).toString(16).padStart(2, '0');
    return `BF29${whole}5A0A${iccid}90${length}${hex}`;
  };
  const ask = `BF2D11A00C5A0A${meadow}5C0190`;

  it('keeps 64 bytes, refuses 65 and broken text, and forgets an empty one', () => {
    const card = makeCard();
    expect(call(card, nickname('E6B58BE8AF95'))).toBe('BF29038001009000');
    expect(call(card, ask)).toBe('BF2D0CA00AE3089006E6B58BE8AF959000');
    expect(call(card, nickname('61'.repeat(65)))).toBe('BF290380017F9000');
    expect(call(card, nickname('C328'))).toBe('BF290380017F9000');
    expect(call(card, nickname('61'.repeat(64)))).toBe('BF29038001009000');
    expect(call(card, nickname(''))).toBe('BF29038001009000');
    expect(call(card, ask)).toBe('BF2D04A002E3009000');
    expect(call(card, nickname('61', nobody))).toBe('BF29038001019000');
  });

  it('sets, changes and clears the default SM-DP+', () => {
    const card = makeCard();
    expect(call(card, 'BF3F0A8008736D64702E6C6562')).toBe('BF3F038001009000');
    expect(call(card, 'BF3C00')).toBe('BF3C1E8008736D64702E6C65628112736D64732E62656E63682E6578616D706C659000');
    expect(call(card, 'BF3F028000')).toBe('BF3F038001009000');
    expect(call(card, 'BF3C00')).toBe('BF3C148112736D64732E62656E63682E6578616D706C659000');
  });
});

describe('memory reset', () => {
  it.each([
    ['82020780', [test]],
    ['82020640', [global, meadow]],
    ['820205E0', []],
  ])('%s leaves the others', (options, left) => {
    const card = makeCard();
    expect(call(card, `BF3404${options}`)).toBe('BF34038001009000');
    const answer = call(card, 'BF2D035C015A');
    expect(answer.match(/5A0A(.{20})/g)?.map((field) => field.slice(4)) ?? []).toEqual(left);
  });

  it('says when there is nothing to delete', () => {
    expect(call(makeCard(), 'BF340482020520')).toBe('BF34038001019000');
  });
});

describe('notifications', () => {
  it('come in the order of what happened, and their numbers never come back', () => {
    const card = makeCard();
    call(card, enable(meadow));
    call(card, remove(global));
    expect(list(card)).toEqual(['1 disable smdp.leb.example', '2 enable smdp.meadow.example', '3 delete smdp.leb.example']);
    expect(call(card, 'BF3003800103')).toBe('BF30038001009000');
    call(card, remove(test));
    expect(list(card).at(-1)).toBe('4 delete smdp.bench.example');
    // Events are bits: 10 is delete, 04 the number of unused bits.
    expect(call(card, 'BF280481020410')).toBe('BF282CA02ABF2F27800104810204100C12736D64702E62656E63682E6578616D706C655A0A' + test + '9000');
    expect(call(card, 'BF2B05A003800102')).toMatch(/^BF2B82....A082....3082....BF2F28800102/);
    expect(call(card, 'BF2B05A003800107')).toBe('BF2B038101019000');
  });

  it('writes a number over 127 with a sign octet, and takes it back so', () => {
    const card = makeCard((state) => ({ ...state, nextSeqNumber: 200 }));
    call(card, disable(global));
    expect(call(card, 'BF2800')).toContain('BF2F26800200C8810205200C');
    expect(call(card, 'BF3004800200C8')).toBe('BF30038001009000');
  });
});

describe('a chip in a folder', () => {
  it('keeps everything over a restart, and takes the sample profiles only when it is new', () => {
    const path = folder();
    const first = openIsdr(makeVirtualCard({ store: folderChipStore(path, factory) }));
    call(first, enable(meadow));
    call(first, remove(global));
    const second = makeVirtualCard({ store: folderChipStore(path, factory) });
    expect(second.state()).toEqual(first.state());
    expect(readdirSync(path)).toEqual(['chip.json']);
  });

  it('can be in two hands: each sees what the other has written', () => {
    const path = folder();
    const first = openIsdr(makeVirtualCard({ store: folderChipStore(path, factory) }));
    const second = openIsdr(makeVirtualCard({ store: folderChipStore(path, factory) }));
    expect(call(first, enable(meadow))).toBe('BF31038001009000');
    expect(call(second, enable(meadow))).toBe('BF31038001029000');
    expect(call(second, remove(global))).toBe('BF33038001009000');
    expect(call(first, enable(global))).toBe('BF31038001019000');
  });

  it('answers memory failure and changes nothing where the folder cannot be written', () => {
    const path = folder();
    const store = folderChipStore(path, factory);
    const failing: ChipStore = { load: () => store.load(), save: () => expect.fail('no space left') };
    const card = openIsdr(makeVirtualCard({ store: failing }));
    expect(call(card, enable(meadow))).toBe('6581');
    expect(card.state().enabledIccid).toBe(readerProfiles[0]?.iccid);
  });

  it('refuses a file that is none of its own', () => {
    const path = folder();
    writeFileSync(join(path, 'chip.json'), '{"format":1,"eid":"89044990000000000000000000000189"}');
    expect(() => makeVirtualCard({ store: folderChipStore(path, factory) })).toThrow(/check digits/);
  });
});
