import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { PeerCertificate } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProfileServerClient, maxBodyLength, type ProfileServerClient } from '#native/rsp/http/profile-server-client.ts';
import { checkServerIdentity } from '#native/rsp/http/server-identity.ts';
import type { JsonObject, RspFunction } from '#native/rsp/messages/rsp-function.ts';
import { checkStatus } from '#native/rsp/messages/rsp-function.ts';
import { loadPki } from '#simulator/pki/load-pki.ts';

/** The client against a real TLS server, with the bench's certificates. */
const pki = loadPki(null);
const echo: RspFunction<JsonObject, JsonObject> = {
  name: 'echo',
  deadlineMs: 5000,
  repeatable: true,
  encode: (body) => body,
  decode: (body) => {
    checkStatus(body, 'echo');
    return body;
  },
};

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;
let server: Server;
let address: string;
let handler: Handler;
let connections = 0;
let client: ProfileServerClient;

async function listen(credential: { readonly certificatePem: string; readonly keyPem: string }): Promise<void> {
  connections = 0;
  server = createServer({ cert: credential.certificatePem, key: credential.keyPem }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      handler(request, response, Buffer.concat(parts).toString('utf8'));
    });
  });
  server.on('secureConnection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `localhost:${(server.address() as AddressInfo).port}`;
}

function open(options: Partial<Parameters<typeof createProfileServerClient>[0]> = {}): void {
  client.close();
  client = createProfileServerClient({ roots: [pki.tlsRootPem], ...options });
}

beforeEach(async () => {
  client = createProfileServerClient({ roots: [pki.tlsRootPem] });
  handler = (_request, response, body) => response.end(body);
  await listen(pki.tls('dp-tls'));
});
afterEach(async () => {
  client.close();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

describe('one connection', () => {
  it('serves all requests to a server, with the headers of the specification', async () => {
    const seen: unknown[] = [];
    handler = (request, response, body) => {
      const { 'user-agent': agent, 'x-admin-protocol': protocol, 'content-type': type, host } = request.headers;
      seen.push([request.method, request.url, agent, protocol, type, host]);
      response.end(body);
    };
    for (const value of [1, 2, 3]) expect(await client.call(address, echo, { value })).toEqual({ value });
    expect(await Promise.all([4, 5].map((value) => client.call(address, echo, { value })))).toEqual([{ value: 4 }, { value: 5 }]);
    expect(connections).toBe(1);
    expect(seen[0]).toEqual(['POST', '/gsma/rsp2/es9plus/echo', 'gsma-rsp-lpad', 'gsma/rsp/v2.5.0', 'application/json', address]);
  });

  it('that the server has closed in between is opened again', async () => {
    let count = 0;
    handler = (request, response, body) => {
      count += 1;
      // The second request meets a connection that dies without an answer.
      if (count === 2) request.socket.destroy();
      else response.end(body);
    };
    expect(await client.call(address, echo, { value: 1 })).toEqual({ value: 1 });
    expect(await client.call(address, echo, { value: 2 })).toEqual({ value: 2 });
    expect(connections).toBe(2);
  });

  it('does not repeat what must not happen twice', async () => {
    expect(await client.call(address, echo, { value: 1 })).toEqual({ value: 1 });
    handler = (request) => request.socket.destroy();
    await expect(client.call(address, { ...echo, repeatable: false }, {})).rejects.toMatchObject({
      code: 'PROFILE_SERVER_UNREACHABLE',
      details: { reason: 'ECONNRESET' },
    });
    expect(connections).toBe(1);
  });

  it('goes where the caller says, under the name of the address', async () => {
    const [, port] = address.split(':');
    open({ locate: ({ host }) => (host === 'localhost' ? { host: '127.0.0.1', port: Number(port) } : null) });
    expect(await client.call('localhost', echo, { value: 1 })).toEqual({ value: 1 });
  });
});

describe('a proxy', () => {
  let proxy: HttpServer;
  let tunnels: string[];
  beforeEach(async () => {
    tunnels = [];
    proxy = createHttpServer();
    proxy.on('connect', (request: IncomingMessage, near: Duplex) => {
      tunnels.push(request.url ?? '');
      const far = connect(Number(address.split(':')[1]), '127.0.0.1', () => {
        near.write('HTTP/1.1 200 Connection established\r\n\r\n');
        far.pipe(near).pipe(far);
      });
      far.on('error', () => near.destroy());
      near.on('error', () => far.destroy());
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
  });
  afterEach(() => {
    proxy.close();
  });

  function environment(more: Record<string, string> = {}): Record<string, string> {
    return { HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, ...more };
  }

  it('of the environment is used, over one tunnel, and the server is checked as ever', async () => {
    open({ environment: environment() });
    for (const value of [1, 2]) expect(await client.call(address, echo, { value })).toEqual({ value });
    expect(tunnels).toEqual([address]);
    open({ environment: environment(), roots: [] });
    await expect(client.call(address, echo, {})).rejects.toMatchObject({ code: 'PROFILE_SERVER_UNTRUSTED' });
  });

  it('is left aside where NO_PROXY says so, or where it is not asked for', async () => {
    open({ environment: environment({ NO_PROXY: 'localhost' }) });
    expect(await client.call(address, echo, { value: 1 })).toEqual({ value: 1 });
    open();
    expect(await client.call(address, echo, { value: 1 })).toEqual({ value: 1 });
    expect(tunnels).toEqual([]);
  });

  it('that is not there is said to be the failure', async () => {
    open({ environment: { HTTPS_PROXY: 'http://127.0.0.1:1' } });
    await expect(client.call(address, echo, {})).rejects.toMatchObject({ code: 'PROFILE_SERVER_UNREACHABLE' });
  });
});

describe('trust', () => {
  it.each<[string, readonly string[]]>([
    ['no root at all', []],
    ['text that holds none', ['nothing']],
  ])('%s trusts nobody', async (_name, roots) => {
    open({ roots });
    await expect(client.call(address, echo, {})).rejects.toMatchObject({
      code: 'PROFILE_SERVER_UNTRUSTED',
      details: { server: address, function: 'echo' },
    });
  });

  it('another name than the certificate has', async () => {
    const port = Number(address.split(':')[1]);
    open({ locate: () => ({ host: '127.0.0.1', port }) });
    await expect(client.call('elsewhere.example', echo, {})).rejects.toMatchObject({
      code: 'PROFILE_SERVER_UNTRUSTED',
      details: { reason: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    });
  });

  it('a certificate that was issued for something else, where the root knows roles', () => {
    const shown = (role: 'dp-tls' | 'dp-auth', root: Uint8Array): string | undefined => {
      const { der } = role === 'dp-tls' ? pki.tls(role).certificate : pki.server(role).certificate;
      const issuerCertificate = { raw: Buffer.from(root) };
      const certificate = { subject: { CN: 'localhost' }, subjectaltname: 'DNS:localhost', raw: Buffer.from(der), issuerCertificate };
      const error = checkServerIdentity('localhost', certificate as unknown as PeerCertificate);
      return error === undefined ? undefined : (error as NodeJS.ErrnoException).code;
    };
    expect(shown('dp-tls', pki.ci.der)).toBeUndefined();
    expect(shown('dp-auth', pki.ci.der)).toBe('CERT_WRONG_ROLE');
    expect(shown('dp-auth', new Uint8Array())).toBeUndefined();
  });
});

describe('answers that are none', () => {
  it.each<[string, Handler, object]>([
    ['a page', (_request, response) => response.end('<html>'), { reason: 'not JSON' }],
    ['a list', (_request, response) => response.end('[]'), { reason: 'not JSON' }],
    ['half of it', (_request, response) => response.end('{"a":'), { reason: 'not JSON' }],
    ['a broken server', (_request, response) => response.writeHead(500).end('<html>'), { reason: 'status', status: 500 }],
    [
      'a way to elsewhere',
      (_request, response) => response.writeHead(302, { location: 'https://elsewhere.example/' }).end(),
      { reason: 'redirect', status: 302 },
    ],
    ['too much', (_request, response) => response.end('x'.repeat(maxBodyLength + 1)), { reason: 'too long' }],
    ['compressed data that nobody asked for', (_request, response) => response.end(gzipSync('{}')), { reason: 'not JSON' }],
  ])('%s', async (_name, answer, details) => {
    handler = answer;
    await expect(client.call(address, echo, {})).rejects.toMatchObject({ code: 'PROFILE_SERVER_ANSWER', details });
    handler = (_request, response, body) => response.end(body);
    expect(await client.call(address, echo, { value: 1 })).toEqual({ value: 1 });
  });

  it('a refusal counts whatever its HTTP status', async () => {
    const statusCodeData = { subjectCode: '8.1.1', reasonCode: '3.8' };
    const body = JSON.stringify({ header: { functionExecutionStatus: { status: 'Failed', statusCodeData } } });
    for (const status of [200, 400, 500]) {
      handler = (_request, response) => response.writeHead(status).end(body);
      await expect(client.call(address, echo, {})).rejects.toMatchObject({ code: 'PROFILE_SERVER_REFUSED', details: statusCodeData });
    }
  });

  it('204 says nothing, and that is well', async () => {
    handler = (_request, response) => response.writeHead(204).end();
    expect(await client.call(address, echo, {})).toEqual({});
  });

  it('a server that drops the connection', async () => {
    handler = (request) => request.socket.destroy();
    await expect(client.call(address, echo, {})).rejects.toMatchObject({
      code: 'PROFILE_SERVER_UNREACHABLE',
      details: { reason: 'ECONNRESET' },
    });
  });

  it('a server that drops it in the middle of its answer', async () => {
    handler = (request, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{');
      setTimeout(() => request.socket.destroy(), 20);
    };
    await expect(client.call(address, echo, {})).rejects.toMatchObject({ code: 'PROFILE_SERVER_UNREACHABLE' });
  });

  it('a server that is silent, and a person who does not want to wait', async () => {
    handler = () => undefined;
    open({ deadlineMs: 300 });
    await expect(client.call(address, echo, {})).rejects.toMatchObject({ code: 'PROFILE_SERVER_TIMEOUT' });
    const controller = new AbortController();
    const call = client.call(address, echo, {}, controller.signal);
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('nobody there, and no address', async () => {
    await expect(client.call('localhost:1', echo, {})).rejects.toMatchObject({ code: 'PROFILE_SERVER_UNREACHABLE' });
    await expect(client.call('https://a.b/', echo, {})).rejects.toMatchObject({
      code: 'PROFILE_SERVER_UNREACHABLE',
      details: { reason: 'address' },
    });
  });
});
