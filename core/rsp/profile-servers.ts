import { gsmaRoots, rootsFor } from '../facts/gsma-roots.ts';
import { createProfileServerClient, type ProfileServerClient } from '#native/rsp/http/profile-server-client.ts';
import { parseServerAddress } from '#native/rsp/server-address.ts';
import type { BenchServers } from './bench-servers.ts';

/** The servers as one card may reach them. */
export type ServerSession = {
  readonly client: ProfileServerClient;
  /** A server was trusted by a root that is not one of the GSMA's. */
  usesTestRoots(): boolean;
};

/** The way to SM-DP+ and SM-DS servers. Connections are kept between tasks. */
export type ProfileServers = {
  /** Servers are checked against the GSMA roots that the card lists, and against the roots that the person has added (SGP.22 v2.5 §2.6.6). */
  session(ciKeyIds: readonly string[]): ServerSession;
  close(): void;
};

export function createProfileServers(options: {
  /** PEM of roots that the person has added. */
  readonly extraRoots: () => readonly string[];
  /** The servers of the virtual bench; null where there is none. */
  readonly bench: (() => Promise<BenchServers>) | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
}): ProfileServers {
  const { environment } = options;
  const gsma = new Set(gsmaRoots.map(({ pem }) => derOf(pem)));
  const clients = new Map<string, ProfileServerClient>();

  /** One client for each set of roots, so that its connections outlive a task; the bench's knows where its servers are. */
  const clientWith = (kind: 'bench' | 'usual', roots: readonly string[], make: () => ProfileServerClient): ProfileServerClient => {
    const key = [kind, ...roots].join('\n');
    const client = clients.get(key) ?? make();
    clients.set(key, client);
    return client;
  };

  async function benchClient(address: string): Promise<ProfileServerClient | null> {
    if (options.bench === null || !mayBeBench(address)) return null;
    const bench = await options.bench();
    if (addressInBench(bench, address) === null) return null;
    return clientWith('bench', [bench.tlsRootPem, bench.smdp, bench.smds], () =>
      createProfileServerClient({
        roots: [bench.tlsRootPem],
        locate: ({ host }) => {
          const place = addressInBench(bench, host);
          return place === null ? null : parseServerAddress(place);
        },
      }),
    );
  }

  return {
    session(ciKeyIds) {
      const roots = [...rootsFor(ciKeyIds).map(({ pem }) => pem), ...options.extraRoots()];
      const usual = clientWith('usual', roots, () => createProfileServerClient({ roots, environment }));
      let usesTestRoots = false;
      return {
        usesTestRoots: () => usesTestRoots,
        client: {
          async call(address, rspFunction, args, signal) {
            const client = (await benchClient(address)) ?? usual;
            try {
              return await client.call(address, rspFunction, args, signal);
            } finally {
              const root = client.rootOf(address);
              if (root !== null && !gsma.has(Buffer.from(root).toString('base64'))) usesTestRoots = true;
            }
          },
          rootOf: (address) => usual.rootOf(address),
          close: () => undefined,
        },
      };
    },
    close() {
      for (const client of clients.values()) client.close();
      clients.clear();
    },
  };
}

/** Names under which the virtual bench is known to its cards and codes, and what its own addresses look like. */
const benchNames: Readonly<Record<string, 'smdp' | 'smds'>> = {
  'smdp.leb.example': 'smdp',
  'smdp.bench.example': 'smdp',
  'smds.bench.example': 'smds',
};

function mayBeBench(address: string): boolean {
  const host = parseServerAddress(address)?.host ?? '';
  return host === 'localhost' || Object.hasOwn(benchNames, host);
}

/** Where a server of the bench listens, or null for any other. */
function addressInBench(bench: BenchServers, address: string): string | null {
  const name = benchNames[address];
  if (name !== undefined) return bench[name];
  return [bench.smdp, bench.smds].includes(address) ? address : null;
}

function derOf(pem: string): string {
  return pem.replaceAll(/-----[^-]+-----|\s/g, '');
}
