/** `service-instance.ts PLACE`: one instance as a process of its own; it says where it listens and ends with its input. */
import { z } from 'zod';
import { keepCompiled } from '#service/keep-compiled.ts';

const place = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sqlite'), path: z.string() }),
  z.object({ kind: z.literal('postgres'), url: z.string() }),
]);
const where = place.parse(JSON.parse(process.argv[2] ?? ''));
keepCompiled(where.kind === 'sqlite' ? where.path : null);
const { startService } = await import('#service/start-service.ts');
const { benchConfig, instantPeers } = await import('./instant-peers.ts');
const config = benchConfig(where);
const service = await startService(config, instantPeers(config));
process.stdin.resume().once('end', () => void service.close().then(() => process.exit(0)));
process.stdout.write(`${JSON.stringify({ url: service.url, pid: process.pid })}\n`);
