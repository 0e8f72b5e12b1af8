/** The stage's own web shell: the built page under the policy of the product, and one socket that speaks the contract. */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { securityHeaders } from '#headless/window-files.ts';
import type { Stage } from './stage-desk.ts';

const types: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

/** Serves `folder` on a free loopback port. `goAway` cuts every window off, and refuses them until it is back. */
export async function serveStage(
  stage: Stage,
  folder: string,
): Promise<{ readonly url: string; goAway(away: boolean): void; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://stage').pathname);
    const answer = async (): Promise<void> => {
      try {
        const body = await readFile(join(folder, path === '/' ? 'index.html' : path));
        response.writeHead(200, {
          'content-type': types[extname(path === '/' ? 'index.html' : path)] ?? 'text/html',
          ...securityHeaders("'self'"),
        });
        response.end(body);
      } catch {
        response.writeHead(404);
        response.end();
      }
    };
    void answer();
  });
  const sockets = new WebSocketServer({ server, path: '/desk' });
  const handler = new RPCHandler(stage.router);
  let away = false;
  sockets.on('connection', (socket) => {
    if (away) socket.terminate();
    else void handler.upgrade(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stage has no port.');
  const goAway = (gone: boolean): void => {
    away = gone;
    if (away) for (const socket of sockets.clients) socket.terminate();
  };
  return {
    url: `http://127.0.0.1:${address.port}/`,
    goAway,
    async close() {
      goAway(true);
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
