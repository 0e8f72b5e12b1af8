import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { makeEid } from '../euicc/eid.ts';
import { chipSerials } from '../hardware.ts';
import { startBench } from './start-bench.ts';

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const runner = fileURLToPath(new URL('../cli.ts', import.meta.url));

function spawnBench(...argv: string[]) {
  const child = spawn(process.execPath, [runner, 'bench', ...argv], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

type Ready = {
  ready: boolean;
  stripe: { url: string; secretKey: string };
  mail: { inboxUrl: string };
  carrier: { url: string };
  smdp: { controlUrl: string };
  smds: { controlUrl: string };
};

async function readReady(child: ReturnType<typeof spawnBench>): Promise<Ready> {
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as Ready;
  throw new Error('The bench ended without a word.');
}

test.each([
  ['SIGTERM', (child: ReturnType<typeof spawnBench>) => void child.kill('SIGTERM')],
  ['the end of its input', (child: ReturnType<typeof spawnBench>) => void child.stdin.end()],
])(
  'one line of JSON when everything answers, and a clean end on %s',
  async (_name, end) => {
    const child = spawnBench('--json', '--until-eof');
    const ready = await readReady(child);
    expect(ready).toMatchObject({ ready: true, stripe: { secretKey: expect.stringMatching(/^sk_test_/) as string } });
    for (const url of [
      `${ready.stripe.url}/_bench/ledger`,
      `${ready.mail.inboxUrl}/messages`,
      `${ready.carrier.url}/v1/plans`,
      `${ready.smdp.controlUrl}/_bench/orders`,
      `${ready.smds.controlUrl}/_bench/events`,
    ]) {
      expect((await fetch(url)).status).toBe(200);
    }
    end(child);
    const [status] = (await once(child, 'exit')) as [number | null];
    expect(status).toBe(0);
    await expect(fetch(`${ready.carrier.url}/v1/plans`)).rejects.toThrow();
  },
  30_000,
);

test('wrong usage is said and is status 2', async () => {
  const child = spawnBench('--colour');
  const [status] = (await once(child, 'exit')) as [number | null];
  expect(status).toBe(2);
}, 30_000);

test('the webhook address can be told after the start', async () => {
  const bench = await startBench({ stateDir: null });
  try {
    bench.setWebhook('http://127.0.0.1:9/hook');
    expect(await (await fetch(`${bench.stripe.url}/_bench/webhook`)).json()).toEqual({ url: 'http://127.0.0.1:9/hook' });
    const told = await fetch(`${bench.stripe.url}/_bench/webhook`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ url: 'http://127.0.0.1:9/other' }),
    });
    expect(await told.json()).toEqual({ url: 'http://127.0.0.1:9/other' });
  } finally {
    await bench.close();
  }
});

test('a profile that waits for the chip in the reader is announced by the discovery server', async () => {
  const bench = await startBench({ stateDir: null });
  try {
    const events = (await (await fetch(`${bench.smds.controlUrl}/_bench/events`)).json()) as unknown[];
    expect(events).toContainEqual({ eventId: 'LEB-WAITING', eid: makeEid(chipSerials.reader), rspServerAddress: bench.smdp.address });
    expect(bench.smds.tlsRootPem).toBe(bench.smdp.tlsRootPem);
  } finally {
    await bench.close();
  }
});
