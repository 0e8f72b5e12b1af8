import { expect, it } from 'vitest';
import { decodeBitString, encodeBitString, nameBits } from './bit-string.ts';
import { decodeIccid, decodeMccMnc, decodeSwappedDigits, encodeIccid, encodeMccMnc } from './digits.ts';
import { bytesToHex, hexToBytes } from './hex.ts';
import { decodeInteger, decodeUnsigned, encodeInteger } from './integer.ts';
import { decodeText } from './text.ts';
import { childrenOf, findChild, readTlv, readTlvs } from './tlv-reader.ts';
import { encodeTlv } from './tlv-writer.ts';

const malformed = expect.objectContaining({ code: 'CARD_ANSWER' });

it('reads a card answer and keeps every raw slice', () => {
  const answer = hexToBytes('BF2D14 A012 E310 5A0A98449909000000281406 9F7001 01'.replaceAll(' ', ''));
  const list = readTlv(answer);
  expect(list.tag).toBe(0xbf2d);
  expect(bytesToHex(list.raw)).toBe(bytesToHex(answer));
  const profile = findChild(childrenOf(list)[0] ?? list, 0xe3);
  expect(profile?.depth).toBe(3);
  expect(childrenOf(profile ?? list).map(({ tag, value }) => [tag, bytesToHex(value)])).toEqual([
    [0x5a, '98449909000000281406'],
    [0x9f70, '01'],
  ]);
});

it.each([
  ['nothing', ''],
  ['a tag without its length', '5A'],
  ['a length beyond the end', '5A0201'],
  ['an indefinite length', 'BF2D800000'],
  ['a length of a length beyond four octets', '5A8500000000 01'],
  ['a multi-byte tag that does not end', '9FFFFF01 00'],
  ['a multi-byte tag that begins with nothing', '9F8001 00'],
  ['something after the object', '5A0101 00'],
])('refuses %s', (_name, hex) => {
  expect(() => readTlv(hexToBytes(hex))).toThrow(malformed);
});

it('goes eight levels deep and no deeper', () => {
  let nested: Uint8Array = encodeTlv(0x80);
  for (let level = 0; level < 8; level += 1) nested = encodeTlv(0xa0, nested);
  let at = readTlv(nested);
  while (at.depth < 8) at = childrenOf(at)[0] ?? at;
  expect(() => childrenOf(at)).toThrow(malformed);
});

it('refuses more than a mebibyte', () => {
  expect(() => readTlvs(new Uint8Array(1024 * 1024 + 1))).toThrow(malformed);
});

it.each([
  [0x5a, 1, '5A01'],
  [0x9f70, 0x7f, '9F707F'],
  [0xbf2d, 0x80, 'BF2D8180'],
  [0xbf36, 0x1234, 'BF36821234'],
  [0xbf36, 0x012345, 'BF3683012345'],
])('writes tag %i with %i bytes of content', (tag, length, header) => {
  expect(bytesToHex(encodeTlv(tag, new Uint8Array(length))).slice(0, header.length)).toBe(header);
});

it.each([
  ['00', 0],
  ['7F', 127],
  ['0080', 128],
  ['00FF', 255],
  ['0100', 256],
])('codes the integer %s', (hex, value) => {
  expect(bytesToHex(encodeInteger(value))).toBe(hex);
  expect(decodeInteger(hexToBytes(hex))).toBe(value);
});

it('reads negative and unsigned integers, and refuses empty and huge ones', () => {
  expect(decodeInteger(hexToBytes('80'))).toBe(-128);
  expect(decodeInteger(hexToBytes('FFFF'))).toBe(-1);
  expect(decodeUnsigned(hexToBytes('0007EA32'))).toBe(518_706);
  expect(() => decodeInteger(hexToBytes(''))).toThrow(malformed);
  expect(() => decodeUnsigned(hexToBytes('00000000000001'))).toThrow(malformed);
});

it.each([
  ['00', []],
  ['0780', [0]],
  ['0640', [1]],
  ['0410', [3]],
  ['05E0', [0, 1, 2]],
  ['0490', [0, 3]],
  ['067F36C0', [1, 2, 3, 4, 5, 6, 7, 10, 11, 13, 14, 16, 17]],
])('codes the bit string %s', (hex, bits) => {
  expect(bytesToHex(encodeBitString(bits))).toBe(hex);
  expect(decodeBitString(hexToBytes(hex))).toEqual(bits);
});

it('reads a bit string that is not trimmed, and refuses one that is none', () => {
  expect(decodeBitString(hexToBytes('0480'))).toEqual([0]);
  expect(() => decodeBitString(hexToBytes(''))).toThrow(malformed);
  expect(() => decodeBitString(hexToBytes('0880'))).toThrow(malformed);
  expect(nameBits([0, 42], { 0: 'usim' })).toEqual(['usim', 'bit42']);
});

it.each([
  ['8944990000004821602', '984499000000841206F2'],
  ['898602123456789012', '986820214365870921FF'],
  ['89860212345678901234', '98682021436587092143'],
])('codes the ICCID %s', (iccid, hex) => {
  expect(bytesToHex(encodeIccid(iccid))).toBe(hex);
  expect(decodeIccid(hexToBytes(hex))).toBe(iccid);
});

it('takes an ICCID of nine octets, and refuses letters and other lengths', () => {
  expect(decodeIccid(hexToBytes('986820214365870921'))).toBe('898602123456789012');
  expect(() => decodeIccid(hexToBytes('98682021A36587092143'))).toThrow(malformed);
  expect(() => decodeIccid(hexToBytes('9868'))).toThrow(malformed);
  expect(() => encodeIccid('89860212345678901')).toThrow(RangeError);
  expect(decodeSwappedDigits(hexToBytes('21F3'))).toBe('123');
});

it.each([
  ['00101', '00F110'],
  ['310410', '130014'],
  ['46000', '64F000'],
])('codes MCC and MNC %s', (mccMnc, hex) => {
  expect(bytesToHex(encodeMccMnc(mccMnc))).toBe(hex);
  expect(decodeMccMnc(hexToBytes(hex))).toBe(mccMnc);
});

it('keeps the wildcard of policy tables and refuses other letters', () => {
  expect(decodeMccMnc(hexToBytes('EEEEEE'))).toBe('EEEEEE');
  expect(() => decodeMccMnc(hexToBytes('00A110'))).toThrow(malformed);
  expect(() => decodeMccMnc(hexToBytes('0011'))).toThrow(malformed);
});

it.each([
  ['plain text', '4C4542', 'LEB'],
  ['other scripts', 'E6B58BE8AF95', '测试'],
  ['broken UTF-8', '41FF42', 'A\uFFFDB'],
  ['controls and escape sequences', '411B5B324A0A42', 'A[2JB'],
  ['characters that turn the direction', '41E280AE42E2808F', 'AB'],
  ['blanks around', '204C454220', 'LEB'],
])('shows %s', (_name, hex, text) => {
  expect(decodeText(hexToBytes(hex))).toBe(text);
});

it('refuses hex that is none', () => {
  expect(() => hexToBytes('5')).toThrow(RangeError);
  expect(() => hexToBytes('5G')).toThrow(RangeError);
  expect(bytesToHex(hexToBytes('a0 00'))).toBe('A000');
});
