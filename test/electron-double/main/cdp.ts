// A small client for the DevTools protocol over Chromium's pipe (NUL-separated JSON on two file descriptors).
// A pipe and not a socket: when this process dies, however it dies, Chromium reads end-of-file and exits.
import type { Readable, Writable } from 'node:stream';
import type { CDPSession as TypedSession } from '@playwright/test';

// Playwright's types know every command and event of the protocol.
type Send = TypedSession['send'];
type On = TypedSession['on'];
type Listener = (payload: never) => void;

interface Incoming {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export class CdpSession {
  private readonly listeners = new Map<string, Listener[]>();
  private readonly connection: CdpConnection;
  readonly id: string | undefined;

  constructor(connection: CdpConnection, id?: string) {
    this.connection = connection;
    this.id = id;
  }

  readonly send = ((method: string, params: unknown) => this.connection.request(method, params, this.id)) as Send;

  readonly on = ((event: string, listener: Listener) => {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }) as unknown as On;

  /** Sends without waiting. A window may be gone at any time, so a refusal is nothing to report. */
  readonly post = (...args: Parameters<Send>): void => void this.send(...args).catch(() => {});

  dispatch(method: string, params: unknown): void {
    for (const listener of this.listeners.get(method) ?? []) listener(params as never);
  }
}

export class CdpConnection {
  readonly browser = new CdpSession(this);
  private readonly sessions = new Map<string, CdpSession>();
  private readonly waiting = new Map<number, { method: string; resolve(value: unknown): void; reject(error: Error): void }>();
  private readonly output: Writable;
  private lastId = 0;
  private open = true;

  constructor(output: Writable, input: Readable) {
    this.output = output;
    let parts: string[] = [];
    input.setEncoding('utf8').on('data', (chunk: string) => {
      const pieces = chunk.split('\0');
      for (const [i, piece] of pieces.entries()) {
        parts.push(piece);
        if (i === pieces.length - 1) break; // the rest of a message that is still coming
        this.receive(JSON.parse(parts.join('')) as Incoming);
        parts = [];
      }
    });
    input.on('close', () => this.close());
    output.on('error', () => this.close());
  }

  session(id: string): CdpSession {
    const session = this.sessions.get(id) ?? new CdpSession(this, id);
    this.sessions.set(id, session);
    return session;
  }

  request(method: string, params: unknown, sessionId: string | undefined): Promise<unknown> {
    if (!this.open) return Promise.reject(new Error(`${method}: Chromium is gone`));
    const id = ++this.lastId;
    this.output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.waiting.set(id, { method, resolve, reject }));
  }

  private receive(message: Incoming): void {
    if (message.id === undefined) {
      const session = message.sessionId === undefined ? this.browser : this.sessions.get(message.sessionId);
      session?.dispatch(message.method ?? '', message.params);
      return;
    }
    const call = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.error) call?.reject(new Error(`${call.method}: ${message.error.message}`));
    else call?.resolve(message.result);
  }

  private close(): void {
    this.open = false;
    for (const call of this.waiting.values()) call.reject(new Error(`${call.method}: Chromium is gone`));
    this.waiting.clear();
  }
}
