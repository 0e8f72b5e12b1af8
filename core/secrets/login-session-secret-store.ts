import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { delay } from '../clock.ts';
import type { SecretStore } from '../ports.ts';

const keyLength = 32;
const ivLength = 12;
const tagLength = 16;

/**
 * Secrets for a shell on a system without a secret store. The ciphertext (AES-256-GCM) lies in `<dataDir>/secrets.json`, its key only in
 * the memory-backed folder that the system gives to a login session, so that a copied disk tells nothing and the secrets end with
 * the login. Where there is no such folder they live in this process alone.
 */
export async function createLoginSessionSecretStore(
  dataDir: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<SecretStore> {
  const folder = await runtimeFolder(environment);
  const key = folder === null ? null : await readOrMakeKey(folder);
  if (key === null) return createMemorySecretStore();
  const path = join(dataDir, 'secrets.json');
  // One write after the other: each replaces the whole file.
  let last: Promise<unknown> = Promise.resolve();
  const change = (edit: (secrets: Record<string, string>) => void): Promise<void> => {
    const work = rewrite(path, last, edit);
    last = work.catch(() => undefined);
    return work;
  };
  return {
    kind: 'loginSession',
    async read(name) {
      const sealed = (await readFileOfSecrets(path))[name];
      return sealed === undefined ? null : open(key, name, sealed);
    },
    write: (name, value) => change((secrets) => void (secrets[name] = seal(key, name, value))),
    delete: (name) => change((secrets) => void delete secrets[name]),
  };
}

async function rewrite(path: string, former: Promise<unknown>, edit: (secrets: Record<string, string>) => void): Promise<void> {
  await former;
  const secrets = await readFileOfSecrets(path);
  edit(secrets);
  await writeFile(`${path}.new`, JSON.stringify(secrets), { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
}

/** Secrets that end with the process. */
export function createMemorySecretStore(): SecretStore {
  const secrets = new Map<string, string>();
  return {
    kind: 'memory',
    read: (name) => Promise.resolve(secrets.get(name) ?? null),
    write: (name, value) => Promise.resolve(void secrets.set(name, value)),
    delete: (name) => Promise.resolve(void secrets.delete(name)),
  };
}

/** The name is authenticated too, so that one secret cannot be passed off as another. */
function seal(key: Uint8Array, name: string, value: string): string {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
}

/** null where the key is another one (a former login) or the text was changed: then the secret is simply no longer there. */
function open(key: Uint8Array, name: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < ivLength + tagLength) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivLength), { authTagLength: tagLength })
      .setAAD(Buffer.from(name))
      .setAuthTag(bytes.subarray(ivLength, ivLength + tagLength));
    return Buffer.concat([decipher.update(bytes.subarray(ivLength + tagLength)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

async function readFileOfSecrets(path: string): Promise<Record<string, string>> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof content !== 'object' || content === null) return {};
    return Object.fromEntries(Object.entries(content).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}

async function runtimeFolder(environment: Readonly<Record<string, string | undefined>>): Promise<string | null> {
  if (process.platform === 'win32' || process.getuid === undefined) return null;
  const uid = process.getuid();
  const given = environment['XDG_RUNTIME_DIR'];
  if (given !== undefined && given !== '' && (await isPrivateFolder(given, uid))) return given;
  if (process.platform !== 'linux') return null;
  const own = `/dev/shm/leb-${uid}`;
  try {
    await mkdir(own, { mode: 0o700 });
    await chmod(own, 0o700); // whatever the umask took away
  } catch {
    // It exists already, or there is no such place: the check below tells.
  }
  return (await isPrivateFolder(own, uid)) ? own : null;
}

/** In /dev/shm anyone can make a folder of any name: ours only if we own it, nobody else may look in, and it is no symbolic link. */
async function isPrivateFolder(path: string, uid: number): Promise<boolean> {
  try {
    const status = await lstat(path);
    return status.isDirectory() && status.uid === uid && (status.mode & 0o077) === 0;
  } catch {
    return false;
  }
}

async function readOrMakeKey(folder: string): Promise<Uint8Array | null> {
  const path = join(folder, 'leb-companion.key');
  try {
    // `wx`: of two programs that start at once only one makes the key, and the other reads it.
    await writeFile(path, randomBytes(keyLength), { mode: 0o600, flag: 'wx' });
  } catch {
    // There already, or the folder cannot be written: reading tells.
  }
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const key = await readFile(path).catch(() => null);
    if (key === null) return null;
    if (key.length === keyLength) return key;
    await delay(20); // the other program is just writing it
  }
  return null;
}
