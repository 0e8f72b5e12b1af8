import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCode } from './read-code.ts';
import { readRoots } from './read-roots.ts';
import type { Desk } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { createWords } from './words.ts';

const folder = mkdtempSync(join(tmpdir(), 'leb-read-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = createWords('en');
const code = 'LPA:1$smdp.leb.example$LEB-ASIA';
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
/** Says how it was asked instead of reading the code. */
const desk = {
  profiles: {
    readActivationCode: async ({ text }: { readonly text: string }) => `text ${text}`,
    readPicture: async ({ base64 }: { readonly base64: string }) => `picture ${base64}`,
  },
} as unknown as Desk;

describe('an activation code', () => {
  it('is what was typed', async () => expect(await readCode(desk, words, code)).toBe(`text ${code}`));

  it('is in a file of text', async () => {
    expect(await readCode(desk, words, file('code', `${code}\n`))).toBe(`text ${code}`);
  });

  it('is in a picture', async () => {
    const bytes = Buffer.from('89504E470D0A1A0A', 'hex');
    expect(await readCode(desk, words, file('code.png', bytes))).toBe(`picture ${bytes.toString('base64')}`);
  });

  it.each(['no-such.png', './no-such', join(folder, 'no-such')])('is not in %s', async (path) => {
    await expect(readCode(desk, words, path)).rejects.toThrow(UsageError);
  });

  it('is not looked for in a file of any size', async () => {
    const large = file('large', Buffer.alloc(8 * 1024 * 1024 + 1, 0xff));
    await expect(readCode(desk, words, large)).rejects.toThrow('8 MiB');
  });
});

describe('a file of roots', () => {
  it.each([
    ['missing', join(folder, 'no-such.pem')],
    ['a folder', folder],
    ['text', file('text.pem', 'not a certificate')],
    ['a damaged certificate', file('bad.pem', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n')],
  ])('is refused by its name where it is %s', async (_what, path) => {
    await expect(readRoots([path], words)).rejects.toThrow(UsageError);
    await expect(readRoots([path], words)).rejects.toThrow(path);
  });
});
