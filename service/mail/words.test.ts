import { expect, test } from 'vitest';
import { renewedLetter } from './letters.ts';
import { escapeHtml, fill, formatDay, formatMoney } from './words.ts';

test('places are filled, a forgotten one is noticed', () => {
  expect(fill('{{a}} and {{b}}', { a: 'x', b: 2 })).toBe('x and 2');
  expect(() => fill('{{a}}', {})).toThrowError(/no value/);
});

test('money and days in both languages', () => {
  expect(formatMoney({ amountMinor: 3591, currency: 'EUR' }, 'en')).toBe('€35.91');
  expect(formatMoney({ amountMinor: 500, currency: 'JPY' }, 'en')).toBe('JP¥500');
  expect(formatDay('2026-09-06T23:30:00.000Z', 'en')).toBe('6 September 2026');
  expect(formatDay('2026-09-06T23:30:00.000Z', 'zh-CN')).toBe('2026年9月6日');
});

test('nothing that a person or a carrier named becomes markup', () => {
  const money = { amountMinor: 3591, currency: 'EUR' };
  const letter = renewedLetter(
    {
      number: 'LEB-26-000001',
      planName: '<script>alert(1)</script>',
      msisdn: '+447700900482',
      newEnd: '2026-09-06T00:00:00.000Z',
      method: { kind: 'card', brand: 'visa', last4: '4242', funding: 'credit' },
      supportEmail: 'support@leb.example',
      trial: true,
      quote: {
        planId: 'leb-europe-20',
        period: 'quarter',
        months: 3,
        total: money,
        perMonth: money,
        savingPercent: 0,
        currentEnd: null,
        newEnd: '2026-09-06T00:00:00.000Z',
        added: { dataBytes: null, voiceMinutes: null, smsCount: null },
        lineId: 'lin_1',
        listPrice: money,
        promotion: null,
        taxIncluded: money,
        taxPercent: 19,
      },
    },
    'en',
  );
  expect(letter.subject).toBe('Renewed until 6 September 2026 (order LEB-26-000001)');
  expect(letter.html).not.toContain('<script>');
  expect(letter.html).toContain(escapeHtml('<script>alert(1)</script>'));
  expect(letter.text).toContain('Visa ending in 4242');
});
