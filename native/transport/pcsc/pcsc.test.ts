import { expect, it } from 'vitest';
import { connectError, pcscErrorCode } from './pcsc-errors.ts';
import { eventCount, readerSnapshot } from './pcsc-state.ts';

const atr = Uint8Array.of(0x3b, 0);

it.each([
  ['empty', 0x0010, false, { card: 'empty', atr: null }],
  ['empty, third event', 0x0003_0012, false, { card: 'empty', atr: null }],
  ['present', 0x0020, false, { card: 'present', atr }],
  ['shared with another program', 0x0120, false, { card: 'present', atr }],
  ['held by another program', 0x00a0, false, { card: 'held', atr }],
  ['held by us', 0x00a0, true, { card: 'present', atr }],
  ['does not answer', 0x0220, false, { card: 'mute', atr: null }],
] as const)('a reader: %s', (_name, state, ours, expected) => {
  expect(readerSnapshot({ name: 'R', state, atr }, ours)).toEqual({ name: 'R', ...expected });
});

it.each([0x0004, 0x0008, 0x000c])('a reader that is no more (%i)', (state) => {
  expect(readerSnapshot({ name: 'R', state, atr: null }, false)).toBeNull();
});

it('counts events in the upper half, up to the last one', () => {
  expect(eventCount(0x0003_0012)).toBe(3);
  expect(eventCount(0xffff_0022)).toBe(0xffff);
});

it.each([
  ['PC/SC service not running', 'PCSC_SERVICE_DOWN'],
  ['Unknown reader', 'READER_GONE'],
  ['Sharing violation', 'CARD_BUSY'],
  ['Card was removed', 'CARD_REMOVED'],
  ['Card is unresponsive', 'CARD_MUTE'],
  ['Transaction failed', null],
  ['Unknown PC/SC error', null],
])('"%s" is %s', (sentence, code) => {
  expect(pcscErrorCode(new Error(sentence))).toBe(code);
});

it('a card that is not there when it is powered up was never lost', () => {
  expect(connectError(new Error('No smart card present'), 'R')).toMatchObject({
    code: 'NO_CARD',
    details: { reader: 'R', reason: 'No smart card present' },
  });
  expect(connectError(new Error('Communication error'), 'R')).toMatchObject({ code: 'CARD_MUTE' });
});
