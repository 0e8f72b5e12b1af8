import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { createMemorySecretStore } from '#core/secrets/login-session-secret-store.ts';
import type { SecretStore } from '#core/ports.ts';

/** The asynchronous half of Electron's safeStorage, the only one that stays. */
export type SystemCipher = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptStringAsync' | 'decryptStringAsync'
>;

/**
 * Secrets under a key of the system's own store (Keychain, DPAPI, Secret Service, KWallet), as ciphertext in
 * `<dataDir>/secrets-desktop.json`. On Linux without such a store Chromium falls back to a password that everybody knows
 * (`basic_text`); that protects nothing, so the secrets then live in memory and the window says so.
 */
export async function createSystemSecretStore(dataDir: string, cipher: SystemCipher): Promise<SecretStore> {
  if (!(await isTrustworthy(cipher))) return createMemorySecretStore();
  const path = join(dataDir, 'secrets-desktop.json');
  // One write after the other: each replaces the whole file.
  let last: Promise<unknown> = Promise.resolve();
  const change = (edit: (secrets: Record<string, string>) => void): Promise<void> => {
    const work = last.then(async () => {
      const secrets = await readSecrets(path);
      edit(secrets);
      await writeFile(`${path}.new`, JSON.stringify(secrets), { mode: 0o600, flush: true });
      await rename(`${path}.new`, path);
      return undefined;
    });
    last = work.catch(() => undefined);
    return work;
  };
  const write = async (name: string, value: string): Promise<void> => {
    const sealed = (await cipher.encryptStringAsync(value)).toString('base64');
    await change((secrets) => void (secrets[name] = sealed));
  };
  return {
    kind: 'system',
    write,
    async read(name) {
      const sealed = (await readSecrets(path))[name];
      if (sealed === undefined) return null;
      try {
        const opened = await cipher.decryptStringAsync(Buffer.from(sealed, 'base64'));
        if (opened.shouldReEncrypt) await write(name, opened.result); // the system has changed its key
        return opened.result;
      } catch {
        return null; // sealed under another key, or damaged: the person signs in again
      }
    },
    delete: (name) => change((secrets) => void delete secrets[name]),
  };
}

async function isTrustworthy(cipher: SystemCipher): Promise<boolean> {
  if (!(await cipher.isAsyncEncryptionAvailable())) return false;
  return process.platform !== 'linux' || cipher.getSelectedStorageBackend() !== 'basic_text';
}

async function readSecrets(path: string): Promise<Record<string, string>> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof content !== 'object' || content === null) return {};
    return Object.fromEntries(Object.entries(content).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}
