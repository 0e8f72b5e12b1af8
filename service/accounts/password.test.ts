import { expect, test } from 'vitest';
import { checkPasswordRules, hashPassword, verifyPassword } from './password.ts';

test.each([
  ['seven77', 'short'],
  ['四个字而已', 'short'],
  ['PassW0rd', 'common'],
  ['aaaaaaaaaaaa', 'common'],
  ['SAM@leb.example', 'login'],
])('%s is weak: %s', (password, reason) => {
  expect(() => checkPasswordRules(password, [null, 'sam@leb.example'])).toThrowError(
    expect.objectContaining({ code: 'PASSWORD_WEAK', details: { reason, minimumLength: 8 } }),
  );
});

test('no rule about kinds of characters, and long ones are taken whole', () => {
  expect(() => checkPasswordRules('harbour lantern', [])).not.toThrow();
  expect(() => checkPasswordRules('纯中文的密码也可以', [])).not.toThrow();
  expect(() => checkPasswordRules('x1'.repeat(128), [])).not.toThrow();
});

test('argon2id with its parameters in the string; composed and decomposed letters are the same password', async () => {
  const stored = await hashPassword('caf\u00e9 au lait');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(stored, 'cafe\u0301 au lait')).toBe(true);
  expect(await verifyPassword(stored, 'cafe au lait')).toBe(false);
  expect(await verifyPassword(null, 'no account has this password')).toBe(false);
});
