import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Balancer = { readonly url: string; close(): Promise<void> };

/** Puts any number of instances behind one address: each request goes to the next one, and to another where nobody listens. */
export async function startBalancer(instances: () => readonly string[]): Promise<Balancer> {
  let next = 0;
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const urls = instances();
      next += 1;
      pass(
        incoming,
        Buffer.concat(chunks),
        outgoing,
        urls.map((_, index) => urls[(next + index) % urls.length] ?? ''),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function pass(incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse, [url, ...others]: readonly string[]): void {
  if (url === undefined) {
    outgoing.writeHead(503).end();
    return;
  }
  const passed = request(`${url}${incoming.url ?? '/'}`, { method: incoming.method, headers: incoming.headers, agent: false }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
    // The instance died in the middle of its answer.
    answer.on('error', () => outgoing.destroy());
  });
  passed.on('error', (error) => {
    if (outgoing.headersSent) outgoing.destroy();
    else if ('code' in error && error.code === 'ECONNREFUSED') pass(incoming, body, outgoing, others);
    // Whether it has been done is not known: that is for the client to find out.
    else outgoing.writeHead(502).end();
  });
  passed.end(body);
}
