import type { Shell } from '#core/ports.ts';
import type { CardConnection, CardTransport } from '#native/transport/card-transport.ts';
import type { SerialConnection, SerialTransport } from '#native/transport/serial-transport.ts';

export type TraceEntry =
  | {
      readonly kind: 'apdu';
      readonly deviceId: string;
      readonly command: Uint8Array;
      readonly response: Uint8Array | null;
      readonly failure: string | null;
      readonly milliseconds: number;
    }
  | { readonly kind: 'card'; readonly deviceId: string; readonly what: 'connect' | 'powerCycle' | 'close'; readonly failure: string | null }
  | { readonly kind: 'port'; readonly deviceId: string; readonly what: 'open' | 'close' | 'unplugged'; readonly failure: string | null }
  | { readonly kind: 'at'; readonly deviceId: string; readonly direction: 'sent' | 'received'; readonly line: string }
  | {
      readonly kind: 'http';
      readonly method: string;
      readonly url: string;
      readonly request: string | null;
      readonly status: number | null;
      readonly response: string | null;
      readonly failure: string | null;
      readonly milliseconds: number;
    };

export type TraceSink = { write(entry: TraceEntry): void; close(): void };

/** The same world, with every exchange of its hardware written down. */
export function traceShell(shell: Shell, sink: TraceSink): Shell {
  return {
    ...shell,
    cardTransports: shell.cardTransports.map((transport) => traceCards(transport, sink)),
    serialTransports: shell.serialTransports.map((transport) => traceSerial(transport, sink)),
  };
}

const nameOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error));

function traceCards(transport: CardTransport, sink: TraceSink): CardTransport {
  return {
    id: transport.id,
    virtual: transport.virtual,
    watch: (signal) => transport.watch(signal),
    async connect(readerName) {
      const deviceId = `pcsc:${readerName}`;
      const note = (what: 'connect' | 'powerCycle' | 'close', failure: string | null): void =>
        sink.write({ kind: 'card', deviceId, what, failure });
      const connection = await noting(
        () => transport.connect(readerName),
        (failure) => note('connect', failure),
      );
      return traceCard(connection, deviceId, sink, note);
    },
  };
}

function traceCard(
  connection: CardConnection,
  deviceId: string,
  sink: TraceSink,
  note: (what: 'powerCycle' | 'close', failure: string | null) => void,
): CardConnection {
  return {
    atr: connection.atr,
    protocol: connection.protocol,
    async transmit(command) {
      const begun = performance.now();
      const entry = { kind: 'apdu' as const, deviceId, command };
      try {
        const response = await connection.transmit(command);
        sink.write({ ...entry, response, failure: null, milliseconds: Math.round(performance.now() - begun) });
        return response;
      } catch (error) {
        sink.write({ ...entry, response: null, failure: nameOf(error), milliseconds: Math.round(performance.now() - begun) });
        throw error;
      }
    },
    powerCycle: () =>
      noting(
        () => connection.powerCycle(),
        (failure) => note('powerCycle', failure),
      ),
    close: () =>
      noting(
        () => connection.close(),
        (failure) => note('close', failure),
      ),
  };
}

export function traceSerial(transport: SerialTransport, sink: TraceSink): SerialTransport {
  return {
    id: transport.id,
    virtual: transport.virtual,
    watch: (signal) => transport.watch(signal),
    async open(path) {
      const deviceId = `serial:${path}`;
      const connection = await noting(
        () => transport.open(path),
        (failure) => sink.write({ kind: 'port', deviceId, what: 'open', failure }),
      );
      return tracePort(connection, deviceId, sink);
    },
  };
}

function tracePort(connection: SerialConnection, deviceId: string, sink: TraceSink): SerialConnection {
  const sent = createLines((line) => sink.write({ kind: 'at', deviceId, direction: 'sent', line }));
  const received = createLines((line) => sink.write({ kind: 'at', deviceId, direction: 'received', line }));
  return {
    path: connection.path,
    write(bytes) {
      sent(bytes);
      return connection.write(bytes);
    },
    listen: (listener) =>
      connection.listen({
        onData(bytes) {
          received(bytes);
          listener.onData(bytes);
        },
        onClose(unplugged) {
          sink.write({ kind: 'port', deviceId, what: unplugged ? 'unplugged' : 'close', failure: null });
          listener.onClose(unplugged);
        },
      }),
    close: () => connection.close(),
  };
}

/** Bytes into lines; a line that never ends is cut, so that nothing grows. */
function createLines(take: (line: string) => void): (bytes: Uint8Array) => void {
  let rest = '';
  return (bytes) => {
    const parts = (rest + Buffer.from(bytes).toString('latin1')).split(/[\r\n]+/u);
    rest = parts.pop() ?? '';
    for (const part of parts) if (part !== '') take(part);
    if (rest.length > 8192) {
      take(rest);
      rest = '';
    }
  };
}

async function noting<Result>(work: () => Promise<Result>, note: (failure: string | null) => void): Promise<Result> {
  try {
    const result = await work();
    note(null);
    return result;
  } catch (error) {
    note(nameOf(error));
    throw error;
  }
}

/** Writes down what this process asks over HTTP, until the returned function is called. */
export function traceHttp(sink: TraceSink): () => void {
  const original = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const begun = performance.now();
    const entry = { kind: 'http' as const, method: request.method, url: request.url, request: (await request.clone().text()) || null };
    const milliseconds = (): number => Math.round(performance.now() - begun);
    try {
      const response = await original(request);
      sink.write({
        ...entry,
        status: response.status,
        response: await response.clone().text(),
        failure: null,
        milliseconds: milliseconds(),
      });
      return response;
    } catch (error) {
      sink.write({ ...entry, status: null, response: null, failure: nameOf(error), milliseconds: milliseconds() });
      throw error;
    }
  };
  return () => {
    globalThis.fetch = original;
  };
}
