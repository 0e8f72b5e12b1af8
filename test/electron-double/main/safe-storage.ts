// safeStorage: the asynchronous half only. The synchronous one is deprecated and calling it here throws.
// The cipher is real enough that no plain text is found in a file, and worth nothing as protection.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { lifecycle } from './lifecycle.ts';
import { record } from './recorder.ts';
import { strict } from './strict.ts';

type Backend = ReturnType<Electron.SafeStorage['getSelectedStorageBackend']>;
/** What the system offers. `unavailable`: a keyring that is missing or locked. */
export type StorageChoice = Exclude<Backend, 'unknown'> | 'unavailable';

const key = Buffer.from('electron-double!');
let choice = (process.env['ELECTRON_DOUBLE_SAFE_STORAGE'] ?? 'gnome_libsecret') as StorageChoice;
let reEncrypt = false;

export function chooseStorage(next: StorageChoice, shouldReEncrypt = false): void {
  choice = next;
  reEncrypt = shouldReEncrypt;
}

/** Chromium's prefixes: v10 for the password that everybody knows, v11 for a key from the keyring. */
function prefix(): string {
  return choice === 'basic_text' ? 'v10' : 'v11';
}

function requireStorage(doing: string): void {
  lifecycle.requireReady('safeStorage');
  if (choice === 'unavailable') throw new Error(`Error while ${doing} the text: encryption is not available.`);
}

export const safeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: async () => lifecycle.isReady && choice !== 'unavailable',
  getSelectedStorageBackend: () => (!lifecycle.isReady ? 'unknown' : choice === 'unavailable' ? 'gnome_libsecret' : choice),
  setUsePlainTextEncryption: (use: boolean) => record('safeStorage.setUsePlainTextEncryption', use),

  async encryptStringAsync(plainText) {
    requireStorage('encrypting');
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-128-cbc', key, iv);
    return Buffer.concat([Buffer.from(prefix()), iv, cipher.update(plainText, 'utf8'), cipher.final()]);
  },

  async decryptStringAsync(encrypted) {
    requireStorage('decrypting');
    if (encrypted.length < 35 || encrypted.toString('latin1', 0, 3) !== prefix())
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.');
    const decipher = createDecipheriv('aes-128-cbc', key, encrypted.subarray(3, 19));
    return {
      shouldReEncrypt: reEncrypt,
      result: Buffer.concat([decipher.update(encrypted.subarray(19)), decipher.final()]).toString('utf8'),
    };
  },
} satisfies Partial<Electron.SafeStorage>);
