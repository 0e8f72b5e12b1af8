import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createReaderAccess } from '#native/apdu/reader-access.ts';
import { isDeviceError } from '#native/errors.ts';
import type { Euicc } from '#native/euicc/euicc.ts';
import { openEuicc } from '#native/euicc/open-euicc.ts';
import { createPcscTransport } from '#native/transport/pcsc/pcsc-transport.ts';
import type { CardConnection, CardTransportState } from '#native/transport/card-transport.ts';
import { ensurePcscd, virtualReaders } from './support/pcscd.ts';
import type { SimulatorProcess } from './support/simulator-process.ts';
import { startSimulator } from './support/simulator-process.ts';

/** Our whole way to a card, from the ES10 functions down to PC/SC, with the simulated card in a real pcscd. */
const [, reader] = virtualReaders;
const transport = createPcscTransport();
let simulator: SimulatorProcess | null = null;
let connection: CardConnection | null = null;
let latest: CardTransportState | null = null;
const watching = new AbortController();
let watched: Promise<void>;

beforeAll(async () => {
  await ensurePcscd();
  watched = (async () => {
    for await (const state of transport.watch(watching.signal)) latest = state;
  })();
  await untilCard('empty');
});
afterEach(async () => {
  await connection?.close();
  connection = null;
  await simulator?.stop();
  simulator = null;
  await untilCard('empty');
});
afterAll(async () => {
  watching.abort();
  await watched;
});

async function insert(...options: readonly string[]): Promise<void> {
  simulator = await startSimulator('euicc', '--vpcd', `${reader.host}:${reader.port}`, ...options);
  await untilCard('present');
}

async function untilCard(wanted: 'present' | 'empty'): Promise<void> {
  await vi.waitFor(() => expect(cardState()).toBe(wanted), { timeout: 8_000, interval: 20 });
}

function cardState(): string {
  if (latest === null || !latest.available) return 'unavailable';
  return latest.readers.find(({ name }) => name === reader.name)?.card ?? 'gone';
}

async function connect(): Promise<CardConnection> {
  connection = await transport.connect(reader.name);
  return connection;
}

async function readOverview(euicc: Euicc): Promise<readonly string[]> {
  const eid = await euicc.eid();
  const { svn } = await euicc.info2();
  await euicc.configuredAddresses();
  const profiles = await euicc.profiles();
  await euicc.notifications();
  await euicc.close();
  return [eid, svn, ...profiles.map(({ state }) => state)];
}

describe.each([
  { protocol: 'T=0', atMost: 14 },
  { protocol: 'T=1', atMost: 9 },
] as const)('a card that speaks $protocol', ({ protocol, atMost }) => {
  it(`is read in ${atMost} APDUs, switched and renamed on one power-up, and read again after a reset`, async () => {
    await insert('--protocol', protocol);
    const direct = await connect();
    expect(direct.protocol).toBe(protocol);
    expect(direct.atr.length).toBeGreaterThan(2);
    let apdus = 0;
    const access = createReaderAccess({
      ...direct,
      transmit: (command) => {
        apdus += 1;
        return direct.transmit(command);
      },
    });
    expect(await readOverview(await openEuicc(access))).toEqual([
      '89044990000000000000000000000188',
      '2.2.0',
      'enabled',
      'disabled',
      'disabled',
    ]);
    expect(apdus).toBeLessThanOrEqual(atMost);

    const euicc = await openEuicc(access);
    const [enabled, other] = await euicc.profiles();
    if (enabled === undefined || other === undefined) expect.fail('the card has no two profiles');
    await euicc.setNickname(other.iccid, '旅行 travel');
    await euicc.enableProfile({ iccid: other.iccid }, false);
    await expect(euicc.enableProfile({ iccid: other.iccid }, false)).rejects.toMatchObject({ code: 'PROFILE_NOT_DISABLED' });
    await expect(euicc.deleteProfile({ iccid: other.iccid })).rejects.toMatchObject({ code: 'PROFILE_NOT_DISABLED' });
    await access.refresh({ kind: 'reset' });
    await expect(euicc.eid()).rejects.toMatchObject({ code: 'CHANNEL_UNAVAILABLE' });

    const again = await openEuicc(access, { knownIsdrAid: euicc.isdrAid });
    const profiles = await again.profiles();
    expect(profiles.map(({ iccid, state, nickname }) => [iccid, state, nickname]).slice(0, 2)).toEqual([
      [enabled.iccid, 'disabled', null],
      [other.iccid, 'enabled', '旅行 travel'],
    ]);
    const pending = await again.notifications();
    expect(pending.map(({ event, iccid }) => `${event} ${iccid}`).sort()).toEqual([`disable ${enabled.iccid}`, `enable ${other.iccid}`]);
    await access.close();
  });
});

it('is ours alone while we hold it, and ours is not called held', async () => {
  await insert();
  await connect();
  await expect(transport.connect(reader.name)).rejects.toMatchObject({ code: 'DEVICE_BUSY' });
  await expect(createPcscTransport().connect(reader.name)).rejects.toMatchObject({ code: 'CARD_BUSY' });
  expect(cardState()).toBe('present');
  for await (const state of createPcscTransport().watch(AbortSignal.timeout(10_000))) {
    expect(state.available && state.readers.find(({ name }) => name === reader.name)?.card).toBe('held');
    break;
  }
});

it('says what is wrong before a card is there', async () => {
  await insert();
  simulator?.order('remove');
  await untilCard('empty');
  await expect(transport.connect(reader.name)).rejects.toMatchObject({ code: 'NO_CARD' });
  await expect(transport.connect('No such reader')).rejects.toMatchObject({ code: 'READER_GONE' });
});

/** 4: in the middle of SELECT. 6: before the answer is fetched. 12: somewhere in the list of profiles. */
it.each([1, 4, 6, 12])('pulled out at APDU %i: CARD_REMOVED within two seconds, and all is well after it is back', async (apdu) => {
  await insert('--fault', `remove-at=${apdu}`);
  const direct = await connect();
  let askedAt = 0;
  const access = createReaderAccess({
    ...direct,
    transmit: (command) => {
      askedAt = performance.now();
      return direct.transmit(command);
    },
  });
  const failure: unknown = await openEuicc(access)
    .then(readOverview)
    .catch((error: unknown) => error);
  expect(isDeviceError(failure) && failure.code).toBe('CARD_REMOVED');
  expect(performance.now() - askedAt).toBeLessThan(2_000);
  await expect(direct.transmit(Uint8Array.of(0, 0x70, 0, 0, 1))).rejects.toMatchObject({ code: 'CARD_REMOVED' });
  await access.close();
  await untilCard('empty');

  simulator?.order('insert');
  await untilCard('present');
  expect(await readOverview(await openEuicc(createReaderAccess(await connect())))).toContain('enabled');
});
