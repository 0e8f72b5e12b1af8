import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSystemSecretStore, type SystemCipher } from './system-secret-store.ts';

/** Stands for the system's key: sealing under one generation of it cannot be opened under another. */
function cipherOf(options: {
  generation?: number;
  available?: boolean;
  backend?: 'basic_text' | 'gnome_libsecret';
  renew?: boolean;
}): SystemCipher {
  const mark = `v${options.generation ?? 1}:`;
  return {
    isAsyncEncryptionAvailable: async () => options.available ?? true,
    getSelectedStorageBackend: () => options.backend ?? 'gnome_libsecret',
    encryptStringAsync: async (text) => Buffer.from(mark + Buffer.from(text).toString('hex')),
    async decryptStringAsync(sealed) {
      const text = sealed.toString();
      if (!text.startsWith(mark)) throw new Error('another key');
      return { shouldReEncrypt: options.renew ?? false, result: Buffer.from(text.slice(mark.length), 'hex').toString() };
    },
  };
}

let folder = '';
const file = (): string => readFileSync(join(folder, 'secrets-desktop.json'), 'utf8');
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'leb-secrets-'))));
afterEach(() => rmSync(folder, { recursive: true }));

it('keeps secrets sealed and for the next start', async () => {
  const store = await createSystemSecretStore(folder, cipherOf({}));
  expect(store.kind).toBe('system');
  await Promise.all([store.write('session', 'token-of-the-session'), store.write('other', 'x')]);
  expect(file()).not.toContain('token-of-the-session');
  const next = await createSystemSecretStore(folder, cipherOf({}));
  expect([await next.read('session'), await next.read('other'), await next.read('missing')]).toEqual(['token-of-the-session', 'x', null]);
  await next.delete('session');
  expect(await store.read('session')).toBeNull();
});

it('a key that is gone means signed out, not broken', async () => {
  await (await createSystemSecretStore(folder, cipherOf({}))).write('session', 'token');
  expect(await (await createSystemSecretStore(folder, cipherOf({ generation: 2 }))).read('session')).toBeNull();
  writeFileSync(join(folder, 'secrets-desktop.json'), '{ not json');
  expect(await (await createSystemSecretStore(folder, cipherOf({}))).read('session')).toBeNull();
});

it('seals again when the system asks for it', async () => {
  const store = await createSystemSecretStore(folder, cipherOf({}));
  await store.write('session', 'token');
  const before = file();
  writeFileSync(join(folder, 'secrets-desktop.json'), before.replace('}', ',"kept":"x"}'));
  expect(await (await createSystemSecretStore(folder, cipherOf({ renew: true }))).read('session')).toBe('token');
  expect(file()).toContain('"kept":"x"');
});

it.each([{ available: false }, ...(process.platform === 'linux' ? [{ backend: 'basic_text' as const }] : [])])(
  'nothing reaches the disk where the system keeps no key: %j',
  async (options) => {
    const store = await createSystemSecretStore(folder, cipherOf(options));
    await store.write('session', 'token');
    expect([store.kind, await store.read('session')]).toEqual(['memory', 'token']);
    expect(file).toThrow('ENOENT');
  },
);
