import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createReaderAccess } from '#native/apdu/reader-access.ts';
import { openEuicc } from '#native/euicc/open-euicc.ts';
import { isDeviceError } from '#native/errors.ts';
import { downloadProfile } from '#native/rsp/download/download-profile.ts';
import type { DownloadResult } from '#native/rsp/download/download-state.ts';
import { createProfileServerClient } from '#native/rsp/http/profile-server-client.ts';
import { virtualReaderName } from '#simulator/hardware.ts';
import type { Order } from '#simulator/smdp/order.ts';
import { sampleOrders } from '#simulator/smdp/sample-orders.ts';
import type { ServerFaultKind } from '#simulator/smdp/server-fault.ts';
import { type OpenApplication, untilTaskEnds } from '../integration/core-stage.ts';
import { downloadApproved, type LpaStage, openLpaStage, readerId } from '../support/lpa-stage.ts';
import { tellServers } from '../support/tell-servers.ts';
import { expectAllTold, untilSeen } from './support/agreement.ts';

/** The server fails at every request of a download and of the delivery of a notification, in each of its ways. */
const [sample] = sampleOrders;
if (sample === undefined) throw new Error('the bench has orders');
const functions = ['initiateAuthentication', 'authenticateClient', 'getBoundProfilePackage', 'handleNotification'] as const;
const faults: readonly ServerFaultKind[] = [
  { kind: 'dropBefore' },
  { kind: 'dropUnanswered' },
  { kind: 'dropDuring' },
  { kind: 'dropAfter' },
  { kind: 'status', status: 500 },
  { kind: 'html' },
];
const cases = functions.flatMap((at) => faults.map((fault) => ({ at, fault, name: `${fault.kind} at ${at}` })));
const stalls = functions.map((at) => ({ at }));

/** One order for each case, so that one card and one run of the application serve them all. */
const orders: readonly Order[] = [...cases, ...stalls].map((_one, index) => ({
  ...sample,
  matchingId: `ORDER-${index}`,
  profile: { ...sample.profile, iccid: `8944990000008${String(index).padStart(3, '0')}000`, iconColour: null, size: 2000 },
}));

let stage: LpaStage;
beforeAll(async () => {
  stage = await openLpaStage({ orders });
});
afterAll(() => stage.close());

function orderOf(index: number): { readonly matchingId: string; readonly iccid: string; readonly code: string } {
  const order = orders[index];
  if (order === undefined) expect.fail('there is an order for each case');
  return { matchingId: order.matchingId, iccid: order.profile.iccid, code: stage.smdp.activationCode(order.matchingId) ?? '' };
}
const copiesOnCard = (iccid: string): number => stage.card.state().profiles.filter((profile) => profile.iccid === iccid).length;

describe('a download', () => {
  let application: OpenApplication;
  beforeAll(async () => {
    application = await stage.open();
  });
  afterAll(() => application.close());
  afterEach(() => stage.smdp.setFaults([]));

  it.each(cases.map((one, index) => ({ ...one, index })))('$name: ends clearly, and the next attempt too', async ({ at, fault, index }) => {
    const { desk } = application;
    const { matchingId, iccid, code } = orderOf(index);
    const installed = (): boolean => stage.smdp.order(matchingId)?.progress.state === 'installed';
    const requests = stage.smdp.counters.byFunction[at] ?? 0;
    stage.smdp.setFaults([{ at, ...fault }]);
    const first = await downloadApproved(desk, { deviceId: readerId, code });
    expect(stage.smdp.counters.byFunction[at]).toBeGreaterThan(requests);
    // Once the card has it, a server that did not listen is no failure; a whole answer is an answer, however the connection ends; and what
    // begins a session is said once more where a kept connection ends without an answer.
    const isRepeated = index > 0 && at === 'initiateAuthentication' && (fault.kind === 'dropBefore' || fault.kind === 'dropUnanswered');
    const isFine = at === 'handleNotification' || fault.kind === 'dropAfter' || isRepeated;
    expect(first.error?.code ?? first.state).toMatch(isFine ? /^done$/ : /^PROFILE_SERVER_(?:UNREACHABLE|ANSWER)$/);
    expect(copiesOnCard(iccid)).toBe(isFine ? 1 : 0);
    await untilSeen(desk, stage.card);

    const sent = await untilTaskEnds(desk, desk.notifications.send({ deviceId: readerId }));
    expect([sent.state, stage.card.state().notifications, installed()]).toEqual(['done', [], isFine]);
    const second = await downloadApproved(desk, { deviceId: readerId, code });
    expect(second.error?.code ?? second.state).toBe(isFine ? 'ACTIVATION_CODE_REFUSED' : 'done');
    expect([copiesOnCard(iccid), installed(), stage.card.state().notifications]).toEqual([1, true, []]);
    await untilSeen(desk, stage.card);
    for await (const waiting of await desk.notifications.watch()) {
      expect(waiting).toEqual([]);
      break;
    }
    expectAllTold(stage);
  });
});

describe('a server that never answers', () => {
  it.each(stalls.map((one, index) => ({ ...one, index: cases.length + index })))(
    'at $at: is given up, and the next attempt is clear',
    async ({ at, index }) => {
      const { matchingId, iccid } = orderOf(index);
      const connection = await stage.transport.connect(virtualReaderName);
      const access = createReaderAccess(connection);
      const client = createProfileServerClient({ roots: [stage.smdp.tlsRootPem], deadlineMs: 1500 });
      const signal = new AbortController().signal;
      try {
        const euicc = await openEuicc(access);
        const download = async (): Promise<DownloadResult> => {
          const tools = { euicc, client, ask: async () => ({ kind: 'yes' }) as const, signal };
          const run = downloadProfile(tools, { server: stage.smdp.address, matchingId, terminal: { tac: '35290611' } });
          for (;;) {
            const next = await run.next();
            if (next.done === true) return next.value;
          }
        };
        stage.smdp.setFaults([{ at, kind: 'stall' }]);
        const first = await download().catch((error: unknown) => error);
        if (at === 'handleNotification') {
          expect(first).toMatchObject({ kind: 'installed', serverTold: false });
          expect(await euicc.notifications()).toHaveLength(1);
          await tellServers(euicc, client);
          await expect(download()).rejects.toMatchObject({ code: 'ACTIVATION_CODE_REFUSED' });
        } else {
          expect(isDeviceError(first) && first.code).toBe('PROFILE_SERVER_TIMEOUT');
          expect(await download()).toMatchObject({ kind: 'installed', serverTold: true });
        }
        expect([copiesOnCard(iccid), await euicc.notifications()]).toEqual([1, []]);
      } finally {
        client.close();
        await access.close();
      }
      expectAllTold(stage);
    },
  );
});
