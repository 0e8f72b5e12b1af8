import { expect, it } from 'vitest';
import { hexToBytes, bytesToHex } from '../euicc/tlv/hex.ts';
import type { CommandApdu } from './card-access.ts';
import { type RawTransmit, classOnChannel, decodeResponse, encodeCommand, followStatus, formatStatus } from './exchange.ts';

/** A card that expects exactly these commands and gives exactly these answers. */
function script(...steps: readonly (readonly [string, string])[]): { transmit: RawTransmit; done: () => boolean } {
  const left = [...steps];
  return {
    transmit: async (command) => {
      const step = left.shift();
      expect(bytesToHex(command)).toBe(step?.[0].replaceAll(' ', ''));
      return hexToBytes(step?.[1] ?? '');
    },
    done: () => left.length === 0,
  };
}

const storeData: CommandApdu = { cla: 0x81, ins: 0xe2, p1: 0x91, p2: 0, data: hexToBytes('BF3E035C015A'), le: 0 };

it.each([
  ['case 1', { cla: 0, ins: 0x70, p1: 0x80, p2: 1 }, '00708001', '00708001'],
  ['case 2', { cla: 0, ins: 0x70, p1: 0, p2: 0, le: 1 }, '0070000001', '0070000001'],
  ['case 2 with all there is', { cla: 0, ins: 0xc0, p1: 0, p2: 0, le: 256 }, '00C0000000', '00C0000000'],
  ['case 3', { cla: 0x80, ins: 0xaa, p1: 0, p2: 0, data: Uint8Array.of(0xa9, 0) }, '80AA000002A900', '80AA000002A900'],
  ['case 4', storeData, '81E2910006BF3E035C015A00', '81E2910006BF3E035C015A'],
])('encodes %s', (_name, command, withLe, withoutLe) => {
  expect(bytesToHex(encodeCommand(command, 'send'))).toBe(withLe);
  expect(bytesToHex(encodeCommand(command, 'omit'))).toBe(withoutLe);
});

it('refuses to encode what does not fit', () => {
  expect(() => encodeCommand({ ...storeData, data: new Uint8Array(256) }, 'omit')).toThrow(RangeError);
});

it('splits data and status word', () => {
  expect(decodeResponse(hexToBytes('5A9000'))).toEqual({ data: Uint8Array.of(0x5a), sw: 0x9000 });
  expect(() => decodeResponse(Uint8Array.of(0x90))).toThrow(expect.objectContaining({ code: 'CARD_ANSWER' }));
});

it.each([
  ['data at once', [['81E2910006BF3E035C015A', '01029000']], '0102', '9000'],
  [
    'GET RESPONSE in the class of the command',
    [
      ['81E2910006BF3E035C015A', '6102'],
      ['81C0000002', '01029000'],
    ],
    '0102',
    '9000',
  ],
  [
    'more than 256 bytes in several pieces, the last status word counts',
    [
      ['81E2910006BF3E035C015A', '6100'],
      ['81C0000000', 'AABB6101'],
      ['81C0000001', 'CC910B'],
    ],
    'AABBCC',
    '910B',
  ],
  [
    '6Cxx on the command',
    [
      ['81E2910006BF3E035C015A', '6C02'],
      ['81E2910006BF3E035C015A02', '01029000'],
    ],
    '0102',
    '9000',
  ],
  [
    '6Cxx on GET RESPONSE',
    [
      ['81E2910006BF3E035C015A', '61FF'],
      ['81C00000FF', '6C02'],
      ['81C0000002', '01029000'],
    ],
    '0102',
    '9000',
  ],
  [
    '6Cxx twice is the end',
    [
      ['81E2910006BF3E035C015A', '6C02'],
      ['81E2910006BF3E035C015A02', '6C03'],
    ],
    '',
    '6C03',
  ],
  ['an error stays what it is', [['81E2910006BF3E035C015A', '6A88']], '', '6A88'],
] as const)('follows: %s', async (_name, steps, data, sw) => {
  const card = script(...steps);
  const response = await followStatus(card.transmit, storeData, 'omit');
  expect(bytesToHex(response.data)).toBe(data);
  expect(formatStatus(response.sw)).toBe(sw);
  expect(card.done()).toBe(true);
});

it.each([
  ['an answer that would cost a command', [['81E2910006BF3E035C015A', '6102']], '', '9000'],
  ['nothing that comes at once', [['81E2910006BF3E035C015A', '01029000']], '0102', '9000'],
  ['no error', [['81E2910006BF3E035C015A', '6A88']], '', '6A88'],
] as const)('leaves with the card, where that is wished: %s', async (_name, steps, data, sw) => {
  const card = script(...steps);
  const response = await followStatus(card.transmit, { ...storeData, leaveAnswer: true }, 'omit');
  expect([bytesToHex(response.data), formatStatus(response.sw), card.done()]).toEqual([data, sw, true]);
});

it('gives up on a card that never comes to an end', async () => {
  await expect(followStatus(async () => Uint8Array.of(0x61, 0), storeData, 'omit')).rejects.toMatchObject({ code: 'CARD_ANSWER' });
});

it.each([
  [0x00, 0, 0x00],
  [0x80, 1, 0x81],
  [0x80, 3, 0x83],
  [0x00, 4, 0x40],
  [0x80, 4, 0xc0],
  [0x80, 19, 0xcf],
])('puts class %i on channel %i', (cla, channel, expected) => {
  expect(classOnChannel(cla, channel)).toBe(expected);
});
