/* oxlint-disable unicorn/prefer-add-event-listener -- what it wraps is the on… property itself */
/* oxlint-disable unicorn/consistent-function-scoping -- injected by its source text: what it uses has to be inside */
// What a sandboxed preload finds around it, in an isolated world of the page: ipcRenderer, contextBridge, MessagePorts.
// Injected by its source text: it must not refer to anything outside itself.
import type { Codec, createCodec } from '../shared/codec.ts';
import type { MainFrame, PageFrame, PreloadSetup } from '../shared/frames.ts';
import type { createWorldBridge } from './world-bridge.ts';

type Preload = (require: (id: string) => unknown, process: object, module: { exports: object }, exports: object) => void;
type Listener = (event: object, ...args: unknown[]) => void;

export function startPreloadWorld(
  setup: PreloadSetup,
  makeCodec: typeof createCodec,
  createBridge: typeof createWorldBridge,
  preload: Preload,
): void {
  if (window.parent !== window) return; // preloads run in the main frame only
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const codec: Codec = makeCodec({
    encode: (bytes) => (bytes as Uint8Array & { toBase64(): string }).toBase64(),
    decode: (text) => (Uint8Array as unknown as { fromBase64(text: string): Uint8Array<ArrayBuffer> }).fromBase64(text),
  });
  const post = (frame: PageFrame): void => world[setup.binding]?.(codec.encode(frame));

  function strict<T extends object>(name: string, target: T): T {
    return new Proxy(target, {
      get(object, key, receiver) {
        if (key in object || typeof key === 'symbol' || key === 'then') return Reflect.get(object, key, receiver);
        throw new Error(`the Electron double does not model ${name}.${key} in a preload`);
      },
    });
  }

  function clone<T>(value: T): T {
    try {
      return structuredClone(value);
    } catch {
      throw new Error('An object could not be cloned.');
    }
  }

  // --- MessagePorts: the page's real ports end here, and their messages go on to the main process by name.
  const ports = new Map<string, MessagePort>();
  const early = new Map<string, ((port: MessagePort) => void)[]>();
  let lastPort = 0;

  function hold(id: string, port: MessagePort): void {
    ports.set(id, port);
    port.addEventListener('close', () => {
      if (ports.delete(id)) post({ kind: 'port-close', port: id });
    });
    port.onmessage = (event) => post({ kind: 'port-message', port: id, data: event.data as unknown, ports: event.ports.map(giveReceived) });
    for (const action of early.get(id) ?? []) action(port);
    early.delete(id);
  }

  function giveReceived(port: MessagePort): string {
    const id = `page-${++lastPort}`;
    hold(id, port);
    return id;
  }

  // Transfers for real, through a channel of our own, so that the sender's port is neutered as it is in Electron.
  function give(transfer: readonly MessagePort[]): string[] {
    const ids = transfer.map(() => `page-${++lastPort}`);
    if (ids.length === 0) return ids;
    const carrier = new MessageChannel();
    carrier.port1.postMessage(null, [...transfer]);
    for (const id of ids) early.set(id, []);
    carrier.port2.onmessage = (event) => {
      for (const [i, port] of event.ports.entries()) hold(ids[i] ?? '', port);
      carrier.port2.close();
    };
    return ids;
  }

  function take(id: string): MessagePort {
    const channel = new MessageChannel();
    hold(id, channel.port1);
    return channel.port2;
  }

  function withPort(id: string, action: (port: MessagePort) => void): void {
    const port = ports.get(id);
    if (port) action(port);
    else early.get(id)?.push(action);
  }

  // --- ipcRenderer
  const listeners = new Map<string, Listener[]>();
  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void; channel: string }>();
  let lastCall = 0;
  const listenersOf = (channel: string): Listener[] => listeners.get(channel) ?? [];
  const add = (channel: string, listener: Listener) => (listeners.set(channel, [...listenersOf(channel), listener]), ipcRenderer);
  const remove = (channel: string, listener: Listener) => (
    listeners.set(
      channel,
      listenersOf(channel).filter((other) => other !== listener && (other as { wraps?: Listener }).wraps !== listener),
    ),
    ipcRenderer
  );

  const ipcRenderer = strict('ipcRenderer', {
    send: (channel: string, ...args: unknown[]) => post({ kind: 'send', channel, args: clone(args), ports: [] }),
    postMessage: (channel: string, message: unknown, transfer: readonly MessagePort[] = []) => {
      const args = [clone(message)];
      post({ kind: 'send', channel, args, ports: give(transfer) });
    },
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        post({ kind: 'invoke', call: ++lastCall, channel, args: clone(args) });
        calls.set(lastCall, { resolve, reject, channel });
      }),
    on: add,
    addListener: add,
    once: (channel: string, listener: Listener) => {
      const wrapper: Listener = (...args) => (remove(channel, listener), listener(...args));
      return add(channel, Object.assign(wrapper, { wraps: listener }));
    },
    off: remove,
    removeListener: remove,
    removeAllListeners: (channel: string) => (listeners.delete(channel), ipcRenderer),
    listenerCount: (channel: string) => listenersOf(channel).length,
  });

  // The main process calls this through the DevTools protocol. It exists in this world only.
  world[setup.receiver] = (text) => {
    const frame = codec.decode(text) as MainFrame;
    switch (frame.kind) {
      case 'message': {
        const event = strict('IpcRendererEvent', { sender: ipcRenderer, ports: frame.ports.map(take) });
        for (const listener of listenersOf(frame.channel)) listener(event, ...frame.args);
        return;
      }
      case 'port-message':
        return withPort(frame.port, (port) => port.postMessage(frame.data, frame.ports.map(take)));
      case 'port-close':
        return withPort(frame.port, (port) => (ports.delete(frame.port), port.close()));
      case 'reply':
        calls.get(frame.call)?.resolve(frame.value);
        break;
      case 'failure':
        calls.get(frame.call)?.reject(new Error(`Error invoking remote method '${calls.get(frame.call)?.channel}': ${frame.message}`));
        break;
    }
    calls.delete(frame.call);
  };

  // --- contextBridge and the rest of what `require` gives to a sandboxed preload
  const bridge = createBridge(`${setup.bridgeEvent}:to-page`, `${setup.bridgeEvent}:to-preload`, () => {});
  const exposed = new Set<string>();
  const contextBridge = strict('contextBridge', {
    exposeInMainWorld: (key: string, api: unknown) => {
      if (exposed.has(key) || key in window)
        throw new Error(`Cannot bind an API on top of an existing property on the window object: ${key}`);
      exposed.add(key);
      bridge.expose(key, api);
    },
  });

  // The page's origin is not app://, so a target origin that names it has to be translated.
  const nativePost = window.postMessage.bind(window) as (message: unknown, ...rest: unknown[]) => void;
  const translate = (target: unknown) => (typeof target === 'string' ? (setup.origins[target.replace(/\/$/, '')] ?? target) : target);
  window.postMessage = (message: unknown, target?: unknown, transfer?: unknown) =>
    typeof target === 'object' && target !== null
      ? nativePost(message, { ...target, targetOrigin: translate((target as WindowPostMessageOptions).targetOrigin) })
      : nativePost(message, translate(target) ?? '/', transfer ?? []);

  const electron = strict('electron', { ipcRenderer, contextBridge });
  const modules: Record<string, unknown> = {
    electron,
    'electron/renderer': electron,
    timers: { setTimeout, clearTimeout, setInterval, clearInterval },
  };
  const require = (id: string): unknown => {
    const found = modules[id.replace(/^node:/, '')];
    if (!found) throw new Error(`module not found: ${id} (a sandboxed preload cannot load it)`);
    return found;
  };
  const process = strict('process', {
    argv: [...setup.argv],
    platform: setup.platform,
    versions: setup.versions,
    env: {},
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
  });
  const module = { exports: {} };
  try {
    preload(require, process, module, module.exports);
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
    post({ kind: 'preload-error', message, stack: stack ?? message });
    console.error('Unable to load preload script:', error);
  }
}
