import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { DeskContract } from '#contract/desk/index.ts';
import { createStore, type Store } from './store.ts';

export type DeskClient = ContractRouterClient<DeskContract>;
type Link = ClientLink<ClientContext>;

/** `epoch` counts the carriers that were opened: what was watched over an older one must be watched again. */
export type ConnectionState = { readonly link: 'connecting' | 'open' | 'lost'; readonly epoch: number };
export type Connection = { readonly client: DeskClient; readonly state: Store<ConnectionState> };

/** A shell hands its port over at once; this long without one means that none will come. */
const portDeadlineMs = 10_000;
const firstRetryMs = 250;
const slowestRetryMs = 5_000;

/** What every call ends in while no carrier is open. */
export class ConnectionLostError extends Error {
  constructor() {
    super('The connection to the application is not open.');
    this.name = 'ConnectionLostError';
  }
}

/**
 * Opens the one way out of the page: a port that the desktop shell hands in, or the web shell's socket. The client stays the same object
 * over reconnections; calls wait for the first carrier and fail with ConnectionLostError while it is lost.
 */
export function openConnection(): Connection {
  const state = createStore<ConnectionState>({ link: 'connecting', epoch: 0 });
  let current: Link | null = null;
  const opened = (link: Link): void => {
    current = link;
    state.set({ link: 'open', epoch: state.get().epoch + 1 });
  };
  const lost = (): void => {
    current = null;
    state.set({ link: 'lost', epoch: state.get().epoch });
  };

  if (location.protocol === 'http:') keepSocket(`ws://${location.host}/desk`, opened, lost);
  else awaitPort(opened, lost);

  const relay: Link = {
    async call(path, input, options) {
      await untilDecided(state, options.signal);
      if (current === null) throw new ConnectionLostError();
      return current.call(path, input, options);
    },
  };
  return { client: createORPCClient(relay), state };
}

function awaitPort(opened: (link: Link) => void, lost: () => void): void {
  const deadline = setTimeout(lost, portDeadlineMs);
  const receive = (event: MessageEvent): void => {
    const port = event.ports[0];
    // Only this very window (its preload) may hand in a port.
    if (event.source !== window || event.data !== 'desk-port' || port === undefined) return;
    clearTimeout(deadline);
    window.removeEventListener('message', receive);
    port.addEventListener('close', lost, { once: true });
    const link = new PortLink({ port });
    port.start();
    opened(link);
  };
  window.addEventListener('message', receive);
}

function keepSocket(url: string, opened: (link: Link) => void, lost: () => void): void {
  let delayMs = firstRetryMs;
  const connect = (): void => {
    const socket = new WebSocket(url);
    socket.addEventListener('open', () => {
      delayMs = firstRetryMs;
      opened(new SocketLink({ websocket: socket }));
    });
    socket.addEventListener('close', () => {
      lost();
      setTimeout(connect, delayMs);
      delayMs = Math.min(delayMs * 2, slowestRetryMs);
    });
  };
  connect();
}

function untilDecided(state: Store<ConnectionState>, signal: AbortSignal | undefined): Promise<void> {
  if (state.get().link !== 'connecting') return Promise.resolve();
  return new Promise((resolve, reject) => {
    const stop = state.subscribe(() => {
      if (state.get().link === 'connecting') return;
      stop();
      resolve();
    });
    signal?.addEventListener('abort', () => {
      stop();
      reject(new ConnectionLostError());
    });
  });
}
