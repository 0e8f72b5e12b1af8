import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stepName } from '#contract/desk/tasks.ts';
import { compileCacheFolder } from '#headless/compile-cache.ts';
import { loadPki, type Pki } from '#simulator/pki/load-pki.ts';
import type { Order } from '#simulator/smdp/order.ts';
import { sampleOrders } from '#simulator/smdp/sample-orders.ts';
import { type Smdp, startSmdp } from '#simulator/smdp/server.ts';
import { makeFolder, removeFolder, untilTaskEnds } from '../integration/core-stage.ts';
import { downloadApproved, openLpaApplication, openLpaReader, readerId } from '../support/lpa-stage.ts';
import { expectAllTold, untilSeen } from './support/agreement.ts';
import type { KillAt, VictimOrders } from './support/victim.ts';

/** The application is killed (SIGKILL) while it downloads and enables a profile, at each step and at every ninth APDU. */
const [sample] = sampleOrders;
if (sample === undefined) throw new Error('the bench has orders');
/** Those of a download that enables; the card disables the former profile itself. */
const steps = stepName.extract([
  'openCard',
  'readCard',
  'contactServer',
  'checkServer',
  'checkCard',
  'prepareCard',
  'fetchPackage',
  'preview',
  'installProfile',
  'tellServer',
  'enableProfile',
  'refreshCard',
  'readBack',
  'sendNotifications',
]).options;
const places: readonly KillAt[] = [
  ...steps.map((step) => ({ step })),
  ...Array.from({ length: 7 }, (_unused, index) => ({ apdu: 9 * index + 3 })),
];
const orders: readonly Order[] = places.map((_place, index) => ({
  ...sample,
  matchingId: `ORDER-${index}`,
  profile: { ...sample.profile, iccid: `8944990000007${String(index).padStart(3, '0')}000`, iconColour: null, size: 2000 },
}));
const victim = fileURLToPath(new URL('support/victim.ts', import.meta.url));

let folder: string;
let pki: Pki;
let smdp: Smdp;
beforeAll(async () => {
  folder = await makeFolder();
  pki = loadPki(join(folder, 'pki'));
  smdp = await startSmdp({ stateDir: null, pki, orders });
});
afterAll(async () => {
  await smdp.close();
  await removeFolder(folder);
});

/** @returns what it said where it was not killed */
async function runVictim(given: VictimOrders): Promise<string> {
  const child = spawn(process.execPath, [victim, JSON.stringify(given)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: compileCacheFolder },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const timer = setTimeout(() => child.kill('SIGTERM'), 60_000);
  const [status, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  return signal === 'SIGKILL' ? '' : `${status} ${signal} ${said}`;
}

/** How the tasks ended that were begun in this folder. */
function recorded(dataDir: string): readonly unknown[] {
  const database = new SqliteDatabase(join(dataDir, 'desk.db'), { readonly: true });
  try {
    return database.prepare('select state from profile_task order by started_at').pluck().all();
  } finally {
    database.close();
  }
}

it.concurrent.each(
  places.map((killAt, index) => ({ killAt, index, name: 'step' in killAt ? `step ${killAt.step}` : `APDU ${killAt.apdu}` })),
)('killed at $name: nothing is installed twice, nothing is lost, and the next attempt is clear', async ({ killAt, index }) => {
  const dataDir = await makeFolder();
  const chipDir = join(dataDir, 'chip');
  const { matchingId } = orders[index] ?? expect.fail('there is an order for each place');
  const code = smdp.activationCode(matchingId) ?? '';
  const serial = 1000 + index;
  const { address: smdpAddress, tlsRootPem } = smdp;
  const survived = await runVictim({ dataDir, chipDir, pkiDir: join(folder, 'pki'), serial, smdpAddress, tlsRootPem, code, killAt });
  expect(survived).toBe('');

  const reader = openLpaReader({ smdpAddress, pki, serial, stateDir: chipDir });
  const application = await openLpaApplication(smdp, { dataDir, transport: reader.transport });
  const { desk } = application;
  try {
    const { card } = reader;
    const iccid = orders[index]?.profile.iccid ?? '';
    const copies = (): number => card.state().profiles.filter((profile) => profile.iccid === iccid).length;
    const isTold = (): boolean => smdp.order(matchingId)?.progress.state === 'installed';
    await untilSeen(desk, card);
    expect(recorded(dataDir)).toEqual(['interrupted']);
    const before = copies();
    expect(before).toBeLessThanOrEqual(1);

    const sent = await untilTaskEnds(desk, desk.notifications.send({ deviceId: readerId }));
    expect([sent.state, card.state().notifications, isTold()]).toEqual(['done', [], before === 1]);
    const second = await downloadApproved(desk, { deviceId: readerId, code, enable: true });
    expect(second.error?.code ?? second.state).toBe(before === 1 ? 'ACTIVATION_CODE_REFUSED' : 'done');
    if (card.state().enabledIccid !== iccid) {
      expect((await untilTaskEnds(desk, desk.profiles.enable({ deviceId: readerId, iccid }))).state).toBe('done');
    }
    expect([copies(), isTold(), card.state().enabledIccid]).toEqual([1, true, iccid]);
    await untilSeen(desk, card);
    for await (const waiting of await desk.notifications.watch()) {
      expect(waiting).toEqual([]);
      break;
    }
    expectAllTold({ smdp, card });
  } finally {
    await application.close();
    reader.close();
    await removeFolder(dataDir);
  }
});
