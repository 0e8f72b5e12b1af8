import { z } from 'zod';
import { createPeerServer, listenOnRememberedPort } from '../bench/peer-server.ts';
import type { PeerState } from '../bench/peer-state.ts';
import { UsageError } from '../usage-error.ts';
import { parseServerFaults, type ServerFaults } from './server-fault.ts';

export type ControlOptions = {
  readonly state: PeerState;
  readonly faults: ServerFaults;
  /** What `GET /_bench/<name>` shows. */
  readonly views: Readonly<Record<string, () => unknown>>;
  /** What `POST /_bench/<name>` does with its body; null where the body is no such thing. */
  readonly orders: Readonly<Record<string, (body: unknown) => object | null>>;
};

const faultRequest = z.strictObject({ spec: z.string().max(1000) });

/**
 * The bench's own questions to a server, apart from the server's port, so that asking changes no count: `/_bench/…` over plain HTTP on
 * loopback, and `POST /_bench/faults` with `{ "spec": … }` in the words of `--fault`.
 */
export async function startControl({ state, faults, views, orders }: ControlOptions): Promise<{ url: string; close(): Promise<void> }> {
  const server = createPeerServer();
  for (const [name, view] of Object.entries(views)) server.get(`/_bench/${name}`, () => view());
  for (const [name, perform] of Object.entries(orders)) {
    server.post(`/_bench/${name}`, (request, reply) => {
      const done = perform(request.body);
      return done === null ? reply.code(400).send({ error: 'The body does not have the right fields.' }) : reply.code(201).send(done);
    });
  }
  server.post('/_bench/faults', (request, reply) => {
    const asked = faultRequest.safeParse(request.body);
    if (!asked.success) return reply.code(400).send({ error: 'The body is { "spec": … }.' });
    try {
      faults.set(parseServerFaults(asked.data.spec));
    } catch (error) {
      if (error instanceof UsageError) return reply.code(400).send({ error: error.message });
      throw error;
    }
    return reply.code(204).send();
  });
  const port = await listenOnRememberedPort(state, 'control-port', null, async (wanted) => {
    await server.listen({ host: '127.0.0.1', port: wanted });
    const address = server.server.address();
    return typeof address === 'object' && address !== null ? address.port : wanted;
  });
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
