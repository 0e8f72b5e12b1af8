import { expect, it } from 'vitest';
import { createReaderAccess } from '#native/apdu/reader-access.ts';
import type { RspEuicc } from '#native/euicc/euicc.ts';
import { openEuicc } from '#native/euicc/open-euicc.ts';
import { isDeviceError } from '#native/errors.ts';
import { downloadProfile } from '#native/rsp/download/download-profile.ts';
import type { DownloadResult } from '#native/rsp/download/download-state.ts';
import { createProfileServerClient, type ProfileServerClient } from '#native/rsp/http/profile-server-client.ts';
import { createVirtualHardware, type VirtualHardware, virtualReaderName } from '#simulator/hardware.ts';
import { sampleOrders } from '#simulator/smdp/sample-orders.ts';
import { startSmdp, type Smdp } from '#simulator/smdp/server.ts';
import { tellServers } from '../support/tell-servers.ts';

/** The card is pulled out at every APDU of a download, before it has seen it and after it has done it. */
const [asia] = sampleOrders;
if (asia === undefined) throw new Error('the bench has orders');
/** Short, so that every APDU can have its turn. */
const order = { ...asia, profile: { ...asia.profile, size: 3000 } };
const { iccid } = order.profile;
const signal = new AbortController().signal;

type Bench = { readonly hardware: VirtualHardware; readonly smdp: Smdp; readonly client: ProfileServerClient };

async function withCard<Result>({ hardware }: Bench, work: (euicc: RspEuicc) => Promise<Result>): Promise<Result> {
  const connection = await hardware.cardTransport.connect(virtualReaderName);
  const access = createReaderAccess(connection);
  try {
    const euicc = await openEuicc(access);
    const result = await work(euicc);
    await euicc.close();
    return result;
  } finally {
    await access.close();
    await connection.close();
  }
}

function download(bench: Bench): Promise<DownloadResult> {
  return withCard(bench, async (euicc) => {
    const { client, smdp } = bench;
    const tools = { euicc, client, ask: async () => ({ kind: 'yes' }) as const, signal };
    const run = downloadProfile(tools, { server: smdp.address, matchingId: order.matchingId, terminal: { tac: '35290611' } });
    for (;;) {
      const next = await run.next();
      if (next.done === true) return next.value;
    }
  });
}

async function onBench(work: (bench: Bench) => Promise<void>): Promise<void> {
  const hardware = createVirtualHardware({ stateDir: null });
  const smdp = await startSmdp({ stateDir: null, orders: [order] });
  const client = createProfileServerClient({ roots: [smdp.tlsRootPem] });
  try {
    await work({ hardware, smdp, client });
  } finally {
    client.close();
    await smdp.close();
    hardware.close();
  }
}

it.each(['before', 'after'] as const)(
  'pulled %s each APDU: nothing is installed twice, nothing is lost, and the next attempt is clear',
  async (moment) => {
    let length = 0;
    await onBench(async (bench) => {
      expect((await download(bench)).kind).toBe('installed');
      length = bench.hardware.controls.reader.apduCount();
    });
    expect(length).toBeGreaterThan(30);

    const ends = new Map<string, number>();
    for (let apdu = 1; apdu <= length; apdu += 1) {
      await onBench(async (bench) => {
        const { hardware, smdp, client } = bench;
        const { reader } = hardware.controls;
        reader.removeAt(apdu, moment);
        const first = await download(bench).catch((error: unknown) => error);
        const place = `APDU ${apdu}`;
        if (first instanceof Error)
          expect(isDeviceError(first) && first.code, place).toMatch(/^(?:CARD_REMOVED|PROFILE_INSTALLATION_UNKNOWN)$/);
        // Whatever it was, the card went with the command that was to be its last.
        expect(reader.present(), place).toBe(false);
        reader.insert();

        const onCard = await withCard(bench, async (euicc) => {
          await tellServers(euicc, client);
          expect(await euicc.notifications(), place).toEqual([]);
          return (await euicc.profiles()).filter((profile) => profile.iccid === iccid).length;
        });
        expect(onCard, place).toBeLessThanOrEqual(1);
        const told = smdp.notifications().map(({ result }) => (result === 'success' ? 'success' : 'failure'));
        expect(new Set(told).size, place).toBeLessThanOrEqual(1);
        // What the card says to people and what it said to the server is the same.
        if (onCard === 1) expect(told[0], place).toBe('success');
        else expect(told[0] ?? 'failure', place).toBe('failure');

        const second = await download(bench).catch((error: unknown) => error);
        const end = second instanceof Error ? (isDeviceError(second) ? second.code : String(second)) : 'installed';
        if (onCard === 1) expect(end, place).toBe('ACTIVATION_CODE_REFUSED');
        else expect(['installed', 'ACTIVATION_CODE_REFUSED'], place).toContain(end);
        const outcome = `${onCard} on the card, told ${told[0] ?? 'nothing'}, then ${end}`;
        ends.set(outcome, (ends.get(outcome) ?? 0) + 1);
      });
    }
    // Each of the three ways that it can go was met, and there is no fourth.
    expect([...ends.keys()].toSorted()).toEqual([
      '0 on the card, told failure, then installed',
      '0 on the card, told nothing, then installed',
      '1 on the card, told success, then ACTIVATION_CODE_REFUSED',
    ]);
  },
  120_000,
);
