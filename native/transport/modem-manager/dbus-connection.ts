import { connect } from 'node:net';
import { decodeMessage, encodeCall, errorReply, messageLength, methodReturn, type DbusCall, type DbusValue } from './dbus-wire.ts';

/** A connection to a message bus, for calls and their answers. What it has asked for on the bus ends with it, also when the program dies. */
export type DbusConnection = {
  /** @throws DbusError what the other side refuses; Error for a late answer or an ended connection */
  call(call: DbusCall, timeoutMs?: number): Promise<readonly DbusValue[]>;
  readonly closed: boolean;
  close(): void;
};

/** An error that came over the bus, with its D-Bus name. */
export class DbusError extends Error {
  readonly errorName: string;

  constructor(errorName: string, words: string) {
    super(`${errorName}: ${words}`);
    this.name = 'DbusError';
    this.errorName = errorName;
  }
}

type Waiting = { readonly resolve: (body: readonly DbusValue[]) => void; readonly reject: (error: Error) => void };

const bus = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' } as const;
const openDeadlineMs = 2_000;
const usualDeadlineMs = 5_000;
/** An authentication line is short; somebody who sends more is no bus. */
const longestLine = 4_096;

/** A call to the bus itself. */
export function busCall(member: string, ...names: readonly string[]): DbusCall {
  return { ...bus, member, arguments: names.map((value) => ({ type: 's', value })) };
}

/**
 * Connects to a bus and says hello.
 * @param address as in DBUS_SYSTEM_BUS_ADDRESS; the first Unix socket in it is used
 * @throws Error where nobody answers there
 */
export async function connectDbus(address: string): Promise<DbusConnection> {
  const path = socketPath(address);
  if (path === null) throw new Error(`no Unix socket in ${address}`);
  const socket = connect({ path });
  // What is asked has deadlines; an idle connection must not keep the program alive.
  socket.unref();
  const waiting = new Map<number, Waiting>();
  let received = Buffer.alloc(0);
  let authenticated = false;
  let closed = false;
  let serial = 0;
  const opened = Promise.withResolvers<void>();

  function end(error: Error): void {
    closed = true;
    socket.destroy();
    opened.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  /** EXTERNAL: the bus asks the system who is at the other end of the socket (D-Bus Specification, "Authentication Protocol"). */
  function authenticate(): void {
    const line = received.indexOf('\r\n');
    if (line < 0) {
      if (received.length > longestLine) end(new Error('no message bus'));
      return;
    }
    const answer = received.toString('latin1', 0, line);
    received = received.subarray(line + 2);
    if (!answer.startsWith('OK ')) {
      end(new Error(`the bus refuses us: ${answer}`));
      return;
    }
    socket.write('BEGIN\r\n');
    authenticated = true;
    opened.resolve();
  }

  function readMessages(): void {
    for (let length = messageLength(received); length !== null && received.length >= length; length = messageLength(received)) {
      const { type, replySerial, errorName, body } = decodeMessage(received.subarray(0, length));
      received = received.subarray(length);
      const asked = waiting.get(replySerial ?? 0);
      if (type === methodReturn) asked?.resolve(body);
      else if (type === errorReply) asked?.reject(new DbusError(errorName ?? '', typeof body[0] === 'string' ? body[0] : ''));
    }
  }

  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes]);
    try {
      if (!authenticated) authenticate();
      if (authenticated) readMessages();
    } catch (error) {
      end(error instanceof Error ? error : new Error(String(error)));
    }
  });
  socket.on('error', end);
  socket.on('close', () => end(new Error('the bus has closed the connection')));
  socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')}\r\n`);

  const connection: DbusConnection = {
    get closed() {
      return closed;
    },
    call(call, timeoutMs = usualDeadlineMs) {
      return new Promise((resolve, reject) => {
        if (closed) {
          reject(new Error('the connection to the bus has ended'));
          return;
        }
        serial += 1;
        const own = serial;
        const settle = (act: () => void): void => {
          clearTimeout(timer);
          waiting.delete(own);
          act();
        };
        const timer = setTimeout(() => settle(() => reject(new Error(`no answer to ${call.member} in ${timeoutMs} ms`))), timeoutMs);
        waiting.set(own, {
          resolve: (body) => settle(() => resolve(body)),
          reject: (error) => settle(() => reject(error)),
        });
        socket.write(encodeCall(call, own));
      });
    },
    close: () => end(new Error('closed')),
  };
  const late = setTimeout(() => end(new Error('the bus does not answer')), openDeadlineMs);
  try {
    await opened.promise;
    await connection.call(busCall('Hello'), openDeadlineMs);
  } catch (error) {
    connection.close();
    throw error;
  } finally {
    clearTimeout(late);
  }
  return connection;
}

/** `unix:path=/run/…` or `unix:abstract=…`, several divided by semicolons, with %-escapes (D-Bus Specification, "Server Addresses"). */
function socketPath(address: string): string | null {
  for (const one of address.split(';')) {
    const found = /^unix:(?:[^,]*,)*?(path|abstract)=([^,]+)/.exec(one);
    if (found?.[2] !== undefined) return (found[1] === 'abstract' ? '\0' : '') + decodeURIComponent(found[2]);
  }
  return null;
}
