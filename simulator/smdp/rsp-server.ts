import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { assertNever } from '../bench/assert-never.ts';
import { listenOnRememberedPort } from '../bench/peer-server.ts';
import type { PeerState } from '../bench/peer-state.ts';
import type { Credential } from '../pki/load-pki.ts';
import type { JsonFields } from './message-fields.ts';
import type { ServerFaultKind, ServerFaults } from './server-fault.ts';
import { StatusError } from './status-error.ts';

/** A function of ES9+ or ES11: request in, answer out; null where the answer is 204 and empty. @throws StatusError */
export type RspFunction = (request: JsonFields) => JsonFields | null;

export type RspServerOptions = {
  readonly tls: Credential;
  readonly functions: Readonly<Record<string, RspFunction>>;
  readonly faults: ServerFaults;
  readonly state: PeerState;
  readonly port: number | null;
};

/** What was counted since the start: TLS handshakes that ended well, requests, and requests by function. */
export type RspCounters = { connections: number; requests: number; byFunction: Record<string, number> };

export type RspServer = { readonly port: number; readonly counters: RspCounters; close(): Promise<void> };

/** ES11 uses the path of ES9+, too (SGP.22 v2.5 §6.5.2). */
const pathPrefix = '/gsma/rsp2/es9plus/';
const longestBody = 1024 * 1024;
const keepAlive = 60_000;
const requestDeadline = 30_000;
const answerHeaders = { 'Content-Type': 'application/json;charset=UTF-8', 'X-Admin-Protocol': 'gsma/rsp/v2.5.0' };
const page = '<!doctype html><title>Sign in</title><h1>Sign in to this network</h1>\n';

/** Serves RSP functions as JSON over TLS on loopback; connections are kept (SGP.22 v2.5 §6.3, §6.5). @throws Error of the port */
export async function startRspServer({ tls, functions, faults, state, port }: RspServerOptions): Promise<RspServer> {
  const counters: RspCounters = { connections: 0, requests: 0, byFunction: {} };
  const server = createServer({ cert: tls.certificatePem, key: tls.keyPem, minVersion: 'TLSv1.2' }, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = keepAlive;
  server.requestTimeout = requestDeadline;
  server.on('secureConnection', () => {
    counters.connections += 1;
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const name = path.startsWith(pathPrefix) ? path.slice(pathPrefix.length) : '';
    const perform = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (perform === undefined) return endPlain(response, 404, 'There is no such function.\n');
    if (request.method !== 'POST') return endPlain(response, 405, 'Functions are posted.\n');
    counters.requests += 1;
    counters.byFunction[name] = (counters.byFunction[name] ?? 0) + 1;
    const fault = faults.take(name);
    if (fault !== null && (await failBefore(fault, response))) return;
    const body = await readBody(request);
    if (body === null) return endPlain(response, 413, 'This is too long.\n');
    const fields = parseFields(body);
    if (fields === null) return endPlain(response, 400, 'This is no JSON object.\n');
    send(response, run(request, fields, perform), fault);
  }

  const listened = await listenOnRememberedPort(state, 'port', port, (wanted) => listen(server, wanted));
  return {
    port: listened,
    counters,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** What happens to a request before it is looked at. @returns whether that was all */
async function failBefore(fault: ServerFaultKind, response: ServerResponse): Promise<boolean> {
  switch (fault.kind) {
    case 'dropBefore':
      response.destroy();
      return true;
    case 'status':
      endPlain(response, fault.status, 'The server is not well.\n');
      return true;
    case 'html':
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(page);
      return true;
    case 'stall':
      return true;
    case 'delay':
      await pause(fault.milliseconds, undefined, { ref: false });
      return false;
    case 'dropUnanswered':
    case 'dropDuring':
    case 'dropAfter':
      return false;
    default:
      return assertNever(fault);
  }
}

/** The answer's fields with their header, or null for 204. */
function run(request: IncomingMessage, fields: JsonFields, perform: RspFunction): JsonFields | null {
  try {
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new StatusError('1.2.1/2.1', 'Requests are JSON.');
    const version = request.headers['x-admin-protocol'];
    if (typeof version !== 'string' || !/^gsma\/rsp\/v[23]\.\d+\.\d+$/.test(version)) {
      throw new StatusError('1.2.2/2.1', 'This version of the protocol is not supported.');
    }
    const answer = perform(fields);
    return answer === null ? null : { header: { functionExecutionStatus: { status: 'Executed-Success' } }, ...answer };
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const { subjectCode, reasonCode, message } = error;
    return { header: { functionExecutionStatus: { status: 'Failed', statusCodeData: { subjectCode, reasonCode, message } } } };
  }
}

function send(response: ServerResponse, answer: JsonFields | null, fault: ServerFaultKind | null): void {
  if (fault?.kind === 'dropUnanswered') {
    response.destroy();
    return;
  }
  const body = answer === null ? '' : JSON.stringify(answer);
  const closing = fault?.kind === 'dropAfter' ? { Connection: 'close' } : {};
  if (answer === null) response.writeHead(204, { ...answerHeaders, ...closing });
  else response.writeHead(200, { ...answerHeaders, 'Content-Length': Buffer.byteLength(body), ...closing });
  if (fault?.kind === 'dropDuring') {
    // Half of the body leaves the machine first, so that the client has begun to read.
    response.write(body.slice(0, Math.ceil(body.length / 2)), () => response.destroy());
    return;
  }
  response.end(body);
}

function endPlain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain' }).end(text);
}

/** The body as text, or null where it is longer than a mebibyte. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > longestBody) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parseFields(body: string): JsonFields | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonFields) : null;
  } catch {
    return null;
  }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
