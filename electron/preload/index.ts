// The only thing that the preload does: it gets the page a port to the application. Nothing is exposed on `window`.
import { ipcRenderer } from 'electron';

const { port1, port2 } = new MessageChannel();
ipcRenderer.postMessage('desk-port', null, [port1]);
// By then the page's own module has run and listens. Another page than ours never gets it: the browser compares the origin.
window.addEventListener('DOMContentLoaded', () => window.postMessage('desk-port', 'app://bundle', [port2]), { once: true });
