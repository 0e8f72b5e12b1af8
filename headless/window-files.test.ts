import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWindowFile, securityHeaders, windowPath } from './window-files.ts';

describe('a path of an address', () => {
  it.each([
    ['/', 'index.html'],
    ['/index.html', 'index.html'],
    ['/assets/index-B1a_2.js', 'assets/index-B1a_2.js'],
  ])('%s means %s', (path, name) => expect(windowPath(path)).toBe(name));

  it.each([
    '',
    'index.html',
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/..%5cpackage.json',
    '/%252e%252e/package.json',
    '//etc/passwd',
    '/C:/windows.html',
    '/.env.html',
    '/assets/.hidden.js',
    '/index.html%00.js',
    '/%',
    '/index.js.map',
    '/assets/',
    '/main.exe',
  ])('%j means nothing', (path) => expect(windowPath(path)).toBeNull());
});

describe('the folder', () => {
  let outside = '';
  let folder = '';
  beforeAll(() => {
    outside = mkdtempSync(join(tmpdir(), 'leb-window-'));
    folder = join(outside, 'renderer');
    mkdirSync(folder);
    writeFileSync(join(folder, 'index.html'), '<!doctype html>');
    writeFileSync(join(outside, 'secret.json'), '{}');
    symlinkSync(join(outside, 'secret.json'), join(folder, 'link.json'));
  });
  afterAll(() => rmSync(outside, { recursive: true }));

  it('gives its files with their types', async () => {
    const file = await readWindowFile(folder, '/');
    expect([Buffer.from(file?.body ?? []).toString(), file?.mediaType]).toEqual(['<!doctype html>', 'text/html; charset=utf-8']);
  });

  it('gives nothing that lies elsewhere', async () => {
    expect(await readWindowFile(folder, '/link.json')).toBeNull();
    expect(await readWindowFile(folder, '/missing.js')).toBeNull();
  });
});

it('the policy starts from nothing and allows nothing inline', () => {
  const policy = securityHeaders("'none'")['content-security-policy'] ?? '';
  expect(policy.startsWith("default-src 'none'; ")).toBe(true);
  expect(policy).toContain("connect-src 'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
});
