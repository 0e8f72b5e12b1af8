/** A run of the application that downloads and enables a profile, and is killed on its way: `node victim.ts <orders as JSON>`. */
import { flushCompileCache } from 'node:module';
import { z } from 'zod';
import { loadPki } from '#simulator/pki/load-pki.ts';
import { countExchanges } from '../../support/count-exchanges.ts';
import { downloadApproved, openLpaApplication, openLpaReader, readerId } from '../../support/lpa-stage.ts';

const killAt = z.union([z.object({ step: z.string() }), z.object({ apdu: z.int() })]);
export type KillAt = z.infer<typeof killAt>;
const ordersShape = z.object({
  dataDir: z.string(),
  chipDir: z.string(),
  pkiDir: z.string(),
  serial: z.int(),
  smdpAddress: z.string(),
  tlsRootPem: z.string(),
  code: z.string(),
  killAt,
});
export type VictimOrders = z.infer<typeof ordersShape>;

// What is killed writes nothing at its end, so the next one would have to compile everything again.
flushCompileCache();

const orders = ordersShape.parse(JSON.parse(process.argv[2] ?? ''));
const die = (): void => void process.kill(process.pid, 'SIGKILL');

const reader = openLpaReader({ ...orders, stateDir: orders.chipDir, pki: loadPki(orders.pkiDir) });
let begun = false;
let apdus = 0;
const { transport } = countExchanges(reader.transport, () => {
  if (begun) apdus += 1;
  if ('apdu' in orders.killAt && apdus === orders.killAt.apdu) die();
});
const { desk } = await openLpaApplication(orders, { dataDir: orders.dataDir, transport });

async function watchSteps(step: string): Promise<void> {
  for await (const tasks of await desk.tasks.watch()) {
    if (tasks.some(({ steps }) => steps.some(({ name, state }) => name === step && state === 'running'))) die();
  }
}

begun = true;
if ('step' in orders.killAt) void watchSteps(orders.killAt.step);
const { state, error } = await downloadApproved(desk, { deviceId: readerId, code: orders.code, enable: true });
console.log(`${state} ${error?.code ?? ''}`);
process.exit(0);
