/** The HTTP side of the web shell: serves the built window and hands WebSockets of our own page on. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { readWindowFile, securityHeaders } from '../window-files.ts';
import { createAccess, type Access } from './access.ts';

/** A call of the desk is a few hundred bytes; a picture with a QR code may have 8 MiB, which base64 makes a third larger. */
const largestMessage = 12 * 1024 * 1024;
const usualHeartbeatMs = 30_000;

export type WindowServer = {
  /** With the one-time token. */
  readonly url: string;
  close(): Promise<void>;
};

/** @param port 0: any free one. @throws Error EADDRINUSE, EACCES as Node gives them */
export async function openWindowServer(options: {
  readonly port: number;
  readonly windowFolder: string;
  readonly onSocket: (socket: WebSocket) => void;
  /** How often a page is asked whether it is still there. */
  readonly heartbeatMs?: number;
}): Promise<WindowServer> {
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const access = createAccess(host);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false });
  server.on('request', (request, response) => void answer(request, response, access, options.windowFolder));
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (request.url !== '/desk' || !access.isAddressedToUs(request, true) || !access.hasSession(request)) return refuse(socket);
    sockets.handleUpgrade(request, socket, head, (opened) => {
      keepAlive(opened, options.heartbeatMs ?? usualHeartbeatMs);
      options.onSocket(opened);
    });
  });
  return {
    url: `http://${host}/?token=${access.token}`,
    async close() {
      for (const socket of sockets.clients) socket.close(1001); // going away
      await closeServer(server);
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, access: Access, folder: string): Promise<void> {
  const headers = securityHeaders("'self'");
  const text = (status: number, sentence: string): void => {
    response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
  };
  if (!access.isAddressedToUs(request, false)) return text(421, 'This address is not served here.');
  if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, 'Only reading is possible here.');
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const token = url.searchParams.get('token');
  if (url.pathname === '/' && token !== null) {
    const cookie = access.redeem(token);
    if (cookie !== null) return void response.writeHead(303, { ...headers, location: '/', 'set-cookie': cookie }).end();
    // Whoever is in already may reload the opening address.
    if (access.hasSession(request)) return void response.writeHead(303, { ...headers, location: '/' }).end();
  }
  if (!access.hasSession(request)) {
    return text(
      403,
      'Open the address that LEB Companion printed; it works once. Start the program again for a new one.\n请打开 LEB Companion 显示的地址，该地址只能使用一次。如需新地址，请重新启动程序。',
    );
  }
  const file = await readWindowFile(folder, url.pathname);
  if (file === null) return text(404, 'There is no such file.');
  response.writeHead(200, { ...headers, 'content-type': file.mediaType, 'content-length': file.body.byteLength });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

/** A page that is gone without a word (a sleeping laptop, a killed browser) ends its streams after two beats. */
function keepAlive(socket: WebSocket, beatMs: number): void {
  let answered = true;
  const heart = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, beatMs).unref();
  socket.on('pong', () => (answered = true));
  socket.on('error', () => socket.terminate()); // a message that is too long or broken ends its socket and nothing else
  socket.on('close', () => clearInterval(heart));
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
