import Fastify, { type FastifyInstance } from 'fastify';
import type { PeerState } from './peer-state.ts';

/**
 * The HTTP server of a virtual peer. It listens on loopback only, and answers only when it is addressed as loopback,
 * so that a page of the open web cannot reach it by a name that it rebinds to 127.0.0.1.
 */
export function createPeerServer(options: { readonly bodyLimit?: number; readonly querystringParser?: (text: string) => object } = {}) {
  const server = Fastify({
    forceCloseConnections: true,
    bodyLimit: options.bodyLimit ?? 1_048_576,
    requestTimeout: 30_000,
    ...(options.querystringParser === undefined
      ? {}
      : { routerOptions: { querystringParser: options.querystringParser as (text: string) => Record<string, unknown> } }),
  });
  server.addHook('onRequest', async (request, reply) => {
    if (!isLoopbackHost(request.headers.host)) {
      await reply.code(421).type('text/plain').send('This peer answers on loopback only.\n');
    }
  });
  return server;
}

function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/.test(host);
}

/**
 * Listens on 127.0.0.1 and returns `http://127.0.0.1:<port>`.
 *
 * A wanted port that is taken is an error (`EADDRINUSE`). Without one, the port of the last start is used again when it is free,
 * so that addresses that were handed out before a restart stay true.
 */
export async function listenOnLoopback(server: FastifyInstance, state: PeerState, wantedPort: number | null): Promise<string> {
  const port = await listenOnRememberedPort(state, 'port', wantedPort, async (port) => {
    await server.listen({ host: '127.0.0.1', port });
    const address = server.server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  });
  return `http://127.0.0.1:${port}`;
}

/** The rule of {@link listenOnLoopback} for any kind of listener: `listen` gets a port (0: any) and returns the one it got. */
export async function listenOnRememberedPort(
  state: PeerState,
  settingName: string,
  wantedPort: number | null,
  listen: (port: number) => Promise<number>,
): Promise<number> {
  const remembered = wantedPort ?? Number(state.setting(settingName) ?? 0);
  let port: number;
  try {
    port = await listen(remembered);
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken || wantedPort !== null || remembered === 0) throw error;
    port = await listen(0);
  }
  state.set(settingName, String(port));
  return port;
}
