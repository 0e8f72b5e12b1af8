import { Agent, type RequestOptions, request as startRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { DetailedPeerCertificate, PeerCertificate } from 'node:tls';
import { DeviceError, isDeviceError } from '../../errors.ts';
import { type JsonObject, type RspFunction, checkStatus, isJsonObject } from '../messages/rsp-function.ts';
import { type ServerAddress, parseServerAddress } from '../server-address.ts';
import { requestFailure } from './request-failure.ts';
import { checkServerIdentity, rootOf } from './server-identity.ts';
import { usableRoots } from './trusted-roots.ts';

/** The way to SM-DP+ and SM-DS servers: one kept-alive TLS connection each. */
export type ProfileServerClient = {
  /**
   * @param address host name, with a port where it is not 443
   * @throws DeviceError PROFILE_SERVER_UNREACHABLE, _TIMEOUT, _UNTRUSTED, _ANSWER, _REFUSED with `server` and `function`; CANCELLED
   */
  call<Args, Value>(address: string, rspFunction: RspFunction<Args, Value>, args: Args, signal?: AbortSignal): Promise<Value>;
  /** DER of the root that the server's certificate was last trusted by; null where it was not trusted yet. */
  rootOf(address: string): Uint8Array | null;
  /** Ends the connections that are kept. */
  close(): void;
};

export type ProfileServerClientOptions = {
  /** PEM of the roots that a server must chain to. The system's own are not used. */
  readonly roots: readonly string[];
  /** Where HTTPS_PROXY and NO_PROXY are read. Left out: no proxy. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where a server really listens; the name that its certificate must have stays the address's own. */
  readonly locate?: (address: ServerAddress) => ServerAddress | null;
  /** Shorter than every function's own deadline, for tests. */
  readonly deadlineMs?: number;
};

/** A package is at most a mebibyte, which base64 makes a third longer; the rest of an answer is small. */
export const maxBodyLength = 2 * 1024 * 1024;
const path = '/gsma/rsp2/es9plus/';
/** Idle connections are let go before servers usually do it, so that fewer requests meet one that is just being closed. */
const keepAliveMs = 20_000;

export function createProfileServerClient(options: ProfileServerClientOptions): ProfileServerClient {
  const rootByHost = new Map<string, Uint8Array>();
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 1,
    maxFreeSockets: 1,
    scheduling: 'lifo',
    timeout: keepAliveMs,
    ca: [...usableRoots(options.roots)],
    minVersion: 'TLSv1.2',
    checkServerIdentity(host: string, certificate: PeerCertificate) {
      const failure = checkServerIdentity(host, certificate);
      const root = rootOf(certificate as DetailedPeerCertificate);
      if (failure === undefined) rootByHost.set(host, root.raw);
      return failure;
    },
    ...(options.environment === undefined ? {} : { proxyEnv: { ...options.environment } }),
  });

  async function post(address: ServerAddress, name: string, repeatable: boolean, body: string, signal: AbortSignal): Promise<Answer> {
    const place = options.locate?.(address) ?? address;
    const headers = {
      // SGP.22 v2.5 §6.5.1: these names, and the version of the specification that the LPA follows.
      'User-Agent': 'gsma-rsp-lpad',
      'X-Admin-Protocol': 'gsma/rsp/v2.5.0',
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      Host: address.port === 443 ? address.host : `${address.host}:${address.port}`,
    };
    const request: RequestOptions = {
      agent,
      method: 'POST',
      host: place.host,
      port: place.port,
      servername: address.host,
      path: path + name,
    };
    try {
      return await exchange({ ...request, headers, signal }, body);
    } catch (error) {
      // A kept connection that the server closed in the same moment: most likely nothing of the request was looked at.
      if (!(error instanceof StaleConnection)) throw error;
      if (!repeatable) throw error.cause;
      return exchange({ ...request, headers, signal }, body);
    }
  }

  return {
    async call(address, rspFunction, args, signal) {
      const { name, repeatable } = rspFunction;
      const place = parseServerAddress(address);
      if (place === null)
        throw new DeviceError('PROFILE_SERVER_UNREACHABLE', { server: address.slice(0, 253), function: name, reason: 'address' });
      const deadline = AbortSignal.timeout(options.deadlineMs ?? rspFunction.deadlineMs);
      const bound = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
      try {
        const answer = await post(place, name, repeatable, JSON.stringify(rspFunction.encode(args)), bound);
        return rspFunction.decode(readBody(answer, name));
      } catch (error) {
        const facts = { server: address, function: name };
        if (isDeviceError(error)) throw new DeviceError(error.code, { ...facts, ...error.details }, { cause: error });
        if (signal?.aborted === true) throw new DeviceError('CANCELLED', facts, { cause: error });
        if (deadline.aborted) throw new DeviceError('PROFILE_SERVER_TIMEOUT', facts, { cause: error });
        throw requestFailure(error, facts);
      }
    },
    rootOf(address) {
      const place = parseServerAddress(address);
      return place === null ? null : (rootByHost.get(place.host) ?? null);
    },
    close: () => agent.destroy(),
  };
}

type Answer = { readonly status: number; readonly body: Buffer };

class StaleConnection extends Error {}

function exchange(options: RequestOptions, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = startRequest(options, (response) => {
      collect(response).then((whole) => resolve({ status: response.statusCode ?? 0, body: whole }), reject);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      const stale = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      reject(stale ? new StaleConnection('closed', { cause: error }) : error);
    });
    request.end(body);
  });
}

async function collect(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > maxBodyLength) throw new DeviceError('PROFILE_SERVER_ANSWER', { reason: 'too long' });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * The JSON of an answer. A failure that names its status codes says more than the HTTP status that it came with; redirects are not
 * followed (SGP.22 v2.5 §6.5: the address is what the operator signed).
 */
function readBody({ status, body }: Answer, name: string): JsonObject {
  const json = parse(body);
  if (status === 204 || (status === 200 && body.length === 0 && name === 'handleNotification')) return {};
  if (json !== null) checkStatus(json, name);
  if (status !== 200)
    throw new DeviceError('PROFILE_SERVER_ANSWER', { reason: status >= 300 && status < 400 ? 'redirect' : 'status', status });
  if (json === null) throw new DeviceError('PROFILE_SERVER_ANSWER', { reason: 'not JSON', length: body.length });
  return json;
}

function parse(body: Buffer): JsonObject | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
