import { expect, it } from 'vitest';
import { decodeUssdText, encodeUssdText } from './ussd-text.ts';

it.each([
  ['Balance: 7.95 EUR', 15, 'GSM', 'Balance: 7.95 EUR'],
  ['Bitte w{hlen', null, 'GSM', 'Bitte wählen'],
  ['{1}', 15, 'IRA', '{1}'],
  // digits alone are a number, whatever they could be besides
  ['0020', 15, 'IRA', '0020'],
  ['447700900482', 15, 'GSM', '447700900482'],
  ['4F60597D', 72, 'IRA', '你好'],
  ['4F60597D', 0x11, 'GSM', '你好'],
  ['00420061006C0061006E00630065', 15, 'UCS2', 'Balance'],
  ['0414043B044F0020', null, 'IRA', 'Для '],
  // packed septets, told and not told
  ['D4F29C0E', 15, 'HEX', 'Test'],
  ['D9775D0E1287D961F7B8AC03D11A', 15, 'IRA', 'Your balance: 4'],
  ['BEADFACE', 15, 'IRA', 'BEADFACE'],
])('reads %s', (text, dataCoding, characterSet, expected) => {
  expect(decodeUssdText(text, dataCoding, characterSet)).toBe(expected);
});

it.each([
  ['*100#', 'IRA', '*100#'],
  ['*100#', null, '*100#'],
  ['*100#', 'UCS2', '002A0031003000300023'],
  ['*100#', 'HEX', 'AA180C3602'],
  ['你', 'HEX', null],
])('writes %s for %s', (text, characterSet, expected) => {
  expect(encodeUssdText(text, characterSet)).toBe(expected);
});
