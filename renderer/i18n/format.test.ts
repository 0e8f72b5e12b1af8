import { expect, test } from 'vitest';
import { createFormat } from './format.ts';
import { shortIccid, writeEid, writeIccid, writeMccMnc, writePhone } from './identifiers.ts';

const english = createFormat('en', 'Europe/Paris');
const chinese = createFormat('zh-CN', 'Europe/Paris');
const evening = '2026-06-06T21:59:59.000Z';

test('dates are those of the place, not of UTC', () => {
  expect([english.date(evening), chinese.date(evening)]).toEqual(['6 June 2026', '2026年6月6日']);
  expect(createFormat('en', 'Asia/Shanghai').date(evening)).toBe('7 June 2026');
  expect([english.day(evening), chinese.day(evening)]).toEqual(['6 Jun', '6月6日']);
  expect([english.moment(evening), chinese.moment(evening)]).toEqual(['6 Jun, 23:59', '6月6日 23:59']);
  expect(english.timeExact('2026-05-14T22:05:06.000Z')).toBe('00:05:06');
});

test.each([
  [{ amountMinor: 3591, currency: 'EUR' }, '€35.91', '€35.91'],
  [{ amountMinor: -399, currency: 'EUR' }, '−€3.99', '−€3.99'],
  [{ amountMinor: 1490, currency: 'JPY' }, 'JP¥1,490', 'JP¥1,490'],
  [{ amountMinor: 123456, currency: 'CNY' }, 'CN¥1,234.56', '¥1,234.56'],
])('money %o', (money, en, zh) => {
  expect([english.money(money), chinese.money(money)]).toEqual([en, zh]);
});

test.each([
  [13.8e9, '13.8\u00A0GB'],
  [20e9, '20\u00A0GB'],
  [240e9, '240\u00A0GB'],
  [1.5e12, '1.5\u00A0TB'],
  [775e6, '775\u00A0MB'],
  [999, '1\u00A0KB'],
  [0, '0\u00A0MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(english.size(bytes)).toBe(text);
});

test('memory of a chip counts in 1024; signal has a true minus sign', () => {
  expect(english.memory(298_752)).toBe('291\u00A0KB');
  expect(english.signed(-87)).toBe('−87');
});

test('one of several', () => {
  expect(english.either(['3 months', '1 year'])).toBe('3 months or 1 year');
  expect(chinese.either(['3 个月', '1 年'])).toBe('3 个月或 1 年');
});

test('identifiers in groups', () => {
  expect(writeEid('89049032004008826000318000017225')).toBe('89049032 00400882 60003180 00017225');
  expect(writeIccid('8944990000004821602')).toBe('8944 9900 0000 4821 602');
  expect(shortIccid('8944990000004821602')).toBe('…4821602');
  expect(writeMccMnc('20801')).toBe('208 01');
});

test.each([
  ['+447700900482', '+44 7700 900482'],
  ['+8613800138000', '+86 138 0013 8000'],
  ['+12025550143', '+1 202 555 0143'],
  ['+33612345678', '+33 612 345 678'],
  ['not a number', 'not a number'],
])('%s is written %s', (e164, text) => {
  expect(writePhone(e164)).toBe(text);
});
