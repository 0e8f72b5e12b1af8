/**
 * What we use of the package `smartcard` (its `types.d.ts`). The shapes are written down here because the package is optional: where its
 * native part cannot be built it is not installed, and everything else must still compile and run.
 */
type NativeReader = {
  readonly name: string;
  readonly state: number;
  readonly atr: Uint8Array | null;
  connect(shareMode: number, protocols: number): Promise<NativeCard>;
};
type NativeCard = {
  readonly protocol: number;
  readonly atr: Uint8Array | null;
  transmit(command: Buffer, options: { readonly maxRecvLength: number }): Promise<Uint8Array>;
  disconnect(disposition: number): void;
  reconnect(shareMode: number, protocols: number, initialization: number): Promise<number>;
};
type NativeContext = {
  listReaders(): NativeReader[];
  waitForChange(readers: readonly ReaderStatus[], timeoutMs: number): Promise<unknown>;
  cancel(): void;
  close(): void;
};

export type ReaderStatus = { readonly name: string; readonly state: number };
export type ListedReader = ReaderStatus & { readonly atr: Uint8Array | null };
export type ConnectedCard = { readonly card: number; readonly protocol: number; readonly atr: Uint8Array | null };

/** What can be asked of the worker; contexts and cards are numbers to the outside. */
export type PcscCalls = {
  openContext: () => number;
  listReaders: (context: number) => readonly ListedReader[];
  waitForChange: (context: number, readers: readonly ReaderStatus[], timeoutMs: number) => void;
  cancel: (context: number) => void;
  closeContext: (context: number) => void;
  connect: (context: number, reader: string, shareMode: number, protocols: number) => ConnectedCard;
  transmit: (card: number, command: Uint8Array, maxAnswerLength: number) => Uint8Array;
  reconnect: (card: number, shareMode: number, protocols: number, initialization: number) => void;
  disconnect: (card: number, disposition: number) => void;
};

export type PcscRequest = { readonly id: number; readonly method: keyof PcscCalls; readonly args: readonly unknown[] };
export type PcscReply = { readonly id: number } & ({ readonly value: unknown } | { readonly failure: string });
/** The first message: whether the native part could be loaded. */
export type PcscReady = { readonly ready: boolean; readonly reason: string };

/**
 * The body of the worker thread. Half of the package's calls are synchronous, and SCardDisconnect waits in PC/SC for whatever the reader
 * is doing: on the main thread that stops the whole application, and for ever where the card is simulated by the same process.
 *
 * The function is sent to the worker as text (see `pcsc-client.ts`), so that no bundler has to know of one more file: it must not use
 * anything from outside itself.
 */
export function pcscWorkerMain(): void {
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const { createRequire } = process.getBuiltinModule('node:module');
  const port = parentPort;
  if (port === null) throw new Error('not in a worker');

  const contexts = new Map<number, { context: NativeContext; readers: NativeReader[] }>();
  const cards = new Map<number, NativeCard>();
  let lastHandle = 0;
  let Context: new () => NativeContext;

  const contextOf = (handle: number): { context: NativeContext; readers: NativeReader[] } => {
    const found = contexts.get(handle);
    if (found === undefined) throw new Error('Invalid handle');
    return found;
  };
  const cardOf = (handle: number): NativeCard => {
    const found = cards.get(handle);
    if (found === undefined) throw new Error('Invalid handle');
    return found;
  };

  const calls: { [Method in keyof PcscCalls]: (...args: Parameters<PcscCalls[Method]>) => unknown } = {
    openContext: () => {
      lastHandle += 1;
      contexts.set(lastHandle, { context: new Context(), readers: [] });
      return lastHandle;
    },
    listReaders: (handle) => {
      const entry = contextOf(handle);
      entry.readers = entry.context.listReaders();
      return entry.readers.map(({ name, state, atr }) => ({ name, state, atr: atr === null ? null : Uint8Array.from(atr) }));
    },
    waitForChange: async (handle, readers, timeoutMs) => {
      await contextOf(handle).context.waitForChange(readers, timeoutMs);
    },
    cancel: (handle) => contextOf(handle).context.cancel(),
    closeContext: (handle) => {
      const { context } = contextOf(handle);
      contexts.delete(handle);
      context.close();
    },
    connect: async (handle, name, shareMode, protocols) => {
      const reader = contextOf(handle).readers.find((one) => one.name === name);
      if (reader === undefined) throw new Error('Unknown reader');
      const card = await reader.connect(shareMode, protocols);
      lastHandle += 1;
      cards.set(lastHandle, card);
      return { card: lastHandle, protocol: card.protocol, atr: card.atr === null ? null : Uint8Array.from(card.atr) };
    },
    transmit: async (handle, command, maxRecvLength) =>
      Uint8Array.from(await cardOf(handle).transmit(Buffer.from(command), { maxRecvLength })),
    reconnect: async (handle, shareMode, protocols, initialization) => {
      await cardOf(handle).reconnect(shareMode, protocols, initialization);
    },
    disconnect: (handle, disposition) => {
      const card = cardOf(handle);
      cards.delete(handle);
      card.disconnect(disposition);
    },
  };

  const answer = async ({ id, method, args }: PcscRequest): Promise<void> => {
    try {
      const value = await (calls[method] as (...args: readonly unknown[]) => unknown)(...args);
      port.postMessage({ id, value } satisfies PcscReply);
    } catch (error) {
      port.postMessage({ id, failure: error instanceof Error ? error.message : String(error) } satisfies PcscReply);
    }
  };

  try {
    ({ Context } = createRequire(workerData as string)(workerData as string) as { Context: new () => NativeContext });
    port.on('message', (request: PcscRequest) => void answer(request));
    port.postMessage({ ready: true, reason: '' } satisfies PcscReady);
  } catch (error) {
    port.postMessage({ ready: false, reason: error instanceof Error ? error.message : String(error) } satisfies PcscReady);
  }
}
