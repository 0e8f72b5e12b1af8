import { expect, test } from 'vitest';
import { maskRecipient, parseLogin } from './login.ts';

test.each([
  ['Sam@LEB.Example', { kind: 'email', email: 'sam@leb.example' }],
  ['  sam+card@leb.example ', { kind: 'email', email: 'sam+card@leb.example' }],
  ['＋４４ 7700 900482', { kind: 'phone', phone: '+447700900482' }],
  ['+44 (0)7700 900-482', { kind: 'phone', phone: '+447700900482' }],
  ['0044 7700 900482', { kind: 'phone', phone: '+447700900482' }],
  ['+86 139.1234.5678', { kind: 'phone', phone: '+8613912345678' }],
])('%s', (typed, login) => {
  expect(parseLogin(typed)).toEqual(login);
});

test.each([
  'sam',
  'sam@',
  '@leb.example',
  '07700 900482',
  '+0 7700 900482',
  '+44 77',
  '+4477009004821234',
  '+44 7700 sam',
  'a@b@c.example',
])('no login: %s', (typed) => {
  expect(() => parseLogin(typed)).toThrowError(/LOGIN_INVALID/);
});

test('a masked recipient is recognised by its owner alone', () => {
  expect(maskRecipient('sample@leb.example')).toBe('s••••@leb.example');
  expect(maskRecipient('+447700900482')).toBe('+44••••482');
});
