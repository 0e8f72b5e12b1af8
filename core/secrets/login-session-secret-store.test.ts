import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLoginSessionSecretStore } from './login-session-secret-store.ts';

describe.skipIf(process.platform === 'win32')('secrets of a login session', () => {
  let dataDir = '';
  let runtime = '';
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'leb-data-'));
    runtime = mkdtempSync(join(tmpdir(), 'leb-run-'));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true });
    rmSync(runtime, { recursive: true });
  });
  const openStore = () => createLoginSessionSecretStore(dataDir, { XDG_RUNTIME_DIR: runtime });

  it('gives back what was written, also to the next program, and nothing in clear on the disk', async () => {
    const first = await openStore();
    expect(first.kind).toBe('loginSession');
    await Promise.all([first.write('session', 'a very secret token'), first.write('other', 'x')]);
    expect(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).not.toContain('secret token');
    const second = await openStore();
    expect(await second.read('session')).toBe('a very secret token');
    await second.delete('session');
    expect(await first.read('session')).toBeNull();
    expect(await first.read('other')).toBe('x');
  });

  it('ends with the login session', async () => {
    await (await openStore()).write('session', 'token');
    rmSync(join(runtime, 'leb-companion.key'));
    expect(await (await openStore()).read('session')).toBeNull();
  });

  it('does not use a folder that others can look into', async () => {
    chmodSync(runtime, 0o755);
    const store = await openStore();
    await store.write('session', 'token');
    expect(() => readFileSync(join(runtime, 'leb-companion.key'))).toThrow();
    chmodSync(runtime, 0o700);
  });
});
