import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openWindowServer, type WindowServer } from './window-server.ts';

let folder = '';
let server: WindowServer;
let origin = '';
let cookie = '';

/** fetch() does not let a test lie about Host and Origin. */
function get(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(origin), { path, method, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** The first message that comes over a socket, or the status of the refusal. */
function greet(headers: Record<string, string>, path = '/desk'): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers });
    socket.on('message', (data) => {
      resolve((data as Buffer).toString());
      socket.close();
    });
    socket.on('error', (error) => resolve(error.message));
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'leb-web-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>LEB</title>');
  server = await openWindowServer({ port: 0, windowFolder: folder, onSocket: (socket) => socket.send('hello') });
  origin = new URL(server.url).origin;
  const opened = await get(new URL(server.url).pathname + new URL(server.url).search);
  expect([opened.status, opened.headers['location']]).toEqual([303, '/']);
  const set = opened.headers['set-cookie']?.[0] ?? '';
  expect(set).toContain('HttpOnly; SameSite=Strict; Path=/');
  cookie = set.split(';')[0] ?? '';
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('the page', () => {
  it('is there for whoever holds the cookie, under a strict policy', async () => {
    const page = await get('/', { cookie });
    expect([page.status, page.body]).toEqual([200, '<!doctype html><title>LEB</title>']);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['content-security-policy']).toContain("connect-src 'self'");
  });

  it('is not there without it, nor with another', async () => {
    expect((await get('/')).status).toBe(403);
    expect((await get('/', { cookie: `${cookie}x` })).status).toBe(403);
    expect((await get('/index.html', { cookie: 'leb-1=x' })).status).toBe(403);
  });

  it('the token works once', async () => {
    const { pathname, search } = new URL(server.url);
    expect((await get(pathname + search)).status).toBe(403);
    expect((await get('/?token=wrong')).status).toBe(403);
    expect((await get(pathname + search, { cookie })).status).toBe(303);
  });

  it('is not served under another name, nor to another page', async () => {
    expect((await get('/', { cookie, host: 'rebound.example' })).status).toBe(421);
    expect((await get('/', { cookie, host: origin.replace('http://127.0.0.1', 'localhost') })).status).toBe(421);
    expect((await get('/', { cookie, origin: 'https://evil.example' })).status).toBe(421);
    expect((await get('/', { cookie, origin })).status).toBe(200);
  });

  it('gives nothing but the window, and only to read', async () => {
    expect((await get('/../package.json', { cookie })).status).toBe(404);
    expect((await get('/%2e%2e/package.json', { cookie })).status).toBe(404);
    expect((await get('/', { cookie }, 'POST')).status).toBe(405);
    expect(await get('/', { cookie }, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });
});

describe('the socket', () => {
  it('opens for our own page', async () => expect(await greet({ cookie, origin })).toBe('hello'));

  it.each([
    ['without an origin', () => ({ cookie })],
    ['from another page', () => ({ cookie, origin: 'https://evil.example' })],
    ['from another port', () => ({ cookie, origin: 'http://127.0.0.1:1' })],
    ['without the cookie', () => ({ origin })],
    ['under another name', () => ({ cookie, origin, host: 'rebound.example' })],
  ])('stays closed %s', async (_name, headers) => expect(await greet(headers())).toContain('403'));

  it('is kept while the page answers, and ended when it does not', async () => {
    const quick = await openWindowServer({ port: 0, windowFolder: folder, onSocket: () => undefined, heartbeatMs: 30 });
    const address = new URL(quick.url);
    const entered = await fetch(address, { redirect: 'manual' });
    const headers = { cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '', origin: address.origin };
    const open = (autoPong: boolean): WebSocket => new WebSocket(`ws://${address.host}/desk`, { headers, autoPong });
    const [alive, dead] = [open(true), open(false)];
    let beats = 0;
    alive.on('ping', () => (beats += 1));
    await new Promise((resolve) => dead.once('close', resolve));
    await expect.poll(() => beats).toBeGreaterThan(4);
    expect(alive.readyState).toBe(WebSocket.OPEN);
    await quick.close();
  });

  it('stays closed elsewhere', async () => expect(await greet({ cookie, origin }, '/other')).toContain('403'));
});
