/* oxlint-disable no-restricted-imports -- an Electron application of its own */
// The only thing that the preload does: it gets the page a port to the application.
import { contextBridge, ipcRenderer } from 'electron';

const hand = (port: MessagePort | undefined) => port && window.postMessage('desk-port', 'app://bundle', [port]);

if (process.argv.includes('--port-from=main')) {
  ipcRenderer.once('connected', (event) => hand(event.ports[0]));
  window.addEventListener('DOMContentLoaded', () => ipcRenderer.send('connect')); // the page listens by then
} else {
  const { port1, port2 } = new MessageChannel();
  ipcRenderer.postMessage('connect', null, [port1]);
  window.addEventListener('DOMContentLoaded', () => hand(port2));
}

// Beyond the port, to show that the bridge works as well.
contextBridge.exposeInMainWorld('bridge', {
  version: 1,
  nested: { list: [1, 2] },
  twice: (n: number) => n * 2,
  later: async (value: unknown) => ({ value }),
  fail: () => {
    throw new TypeError('no');
  },
  each: (items: number[], callback: (n: number) => number) => items.map((item) => callback(item)),
  missing: () => (ipcRenderer as unknown as { sendToHost(): void }).sendToHost(),
  sendFunction: () => ipcRenderer.send('connect', () => 1),
  invoke: (channel: string, ...args: unknown[]) => ipcRenderer.invoke(channel, ...args) as Promise<unknown>,
  on: (channel: string, listener: (...args: unknown[]) => void) =>
    void ipcRenderer.on(channel, (_event, ...args: unknown[]) => listener(...args)),
});
Object.assign(globalThis, { secretOfPreload: 1 });
