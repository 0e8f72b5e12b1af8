import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReaderAccess } from '#native/apdu/reader-access.ts';
import type { CardAccess } from '#native/apdu/card-access.ts';
import type { RspEuicc } from '#native/euicc/euicc.ts';
import { openEuicc } from '#native/euicc/open-euicc.ts';
import { openModem } from '#native/modem/open-modem.ts';
import { parseActivationCode } from '#native/rsp/activation-code.ts';
import { discoverProfiles } from '#native/rsp/discover-profiles.ts';
import { type DownloadRequest, downloadProfile } from '#native/rsp/download/download-profile.ts';
import type { DownloadAnswer, DownloadNeed, DownloadResult, DownloadState } from '#native/rsp/download/download-state.ts';
import { createProfileServerClient, type ProfileServerClient } from '#native/rsp/http/profile-server-client.ts';
import { createVirtualHardware, type VirtualHardware, virtualModemPath, virtualReaderName } from '#simulator/hardware.ts';
import { startSmds, type Smds } from '#simulator/smds/server.ts';
import { sampleOrders } from '#simulator/smdp/sample-orders.ts';
import { startSmdp, type Smdp } from '#simulator/smdp/server.ts';
import { countExchanges, type Exchanges } from '../support/count-exchanges.ts';
import { tellServers } from '../support/tell-servers.ts';

/** A whole download with real cryptography on both sides: the simulated eUICC in its reader, the simulated SM-DP+ over TLS. */
const terminal = { tac: '35290611' };
const yes = async (): Promise<DownloadAnswer> => ({ kind: 'yes' });

let hardware: VirtualHardware;
let smdp: Smdp;
let client: ProfileServerClient;
let access: CardAccess;
let euicc: RspEuicc;
let exchanges: Exchanges;
let closeCard: () => Promise<void>;

async function openCard(): Promise<void> {
  const counted = countExchanges(hardware.cardTransport);
  exchanges = counted.exchanges;
  const connection = await counted.transport.connect(virtualReaderName);
  access = createReaderAccess(connection);
  euicc = await openEuicc(access);
  closeCard = async () => {
    await euicc.close();
    await access.close();
    await connection.close();
  };
}

beforeEach(async () => {
  hardware = createVirtualHardware({ stateDir: null, timeScale: 0.1 });
  smdp = await startSmdp({ stateDir: null });
  client = createProfileServerClient({ roots: [smdp.tlsRootPem] });
  await openCard();
});
afterEach(async () => {
  await closeCard();
  client.close();
  await smdp.close();
  hardware.close();
});

type Options = {
  readonly ask?: (need: DownloadNeed) => Promise<DownloadAnswer>;
  readonly signal?: AbortSignal;
  readonly onState?: (state: DownloadState) => void;
  readonly request?: Partial<DownloadRequest>;
};

async function download(matchingId: string, options: Options = {}): Promise<{ result: DownloadResult; states: DownloadState[] }> {
  const states: DownloadState[] = [];
  const request = { server: smdp.address, matchingId, terminal, ...options.request };
  const tools = { euicc, client, ask: options.ask ?? yes, signal: options.signal ?? new AbortController().signal };
  const run = downloadProfile(tools, request);
  for (;;) {
    const next = await run.next();
    if (next.done === true) return { result: next.value, states };
    states.push(next.value);
    options.onState?.(next.value);
  }
}

async function iccids(): Promise<readonly string[]> {
  return (await euicc.profiles()).map(({ iccid }) => iccid);
}

function stepsOf(states: readonly DownloadState[]): readonly string[] {
  return states.map(({ step }) => step).filter((step, index, all) => step !== all[index - 1]);
}

const asia = '8944990000004821917';

describe('a download', () => {
  it('shows the profile, installs it and tells the server, on one connection and few APDUs', async () => {
    const code = parseActivationCode(smdp.activationCode('LEB-ASIA') ?? '');
    const { result, states } = await download(code.matchingId, { request: { server: code.smdpAddress } });
    expect(result).toMatchObject({ kind: 'installed', iccid: asia, serverTold: true });
    expect(stepsOf(states)).toEqual([
      'readCard',
      'contactServer',
      'checkServer',
      'checkCard',
      'prepareCard',
      'fetchPackage',
      'preview',
      'installProfile',
      'tellServer',
    ]);
    const preview = states.find(({ need }) => need?.kind === 'approval')?.preview;
    expect(preview).toMatchObject({
      metadata: { iccid: asia, profileName: 'LEB Asia', serviceProviderName: 'LEB', icon: { type: 'image/png' }, policyRules: [] },
      confirmationCodeRequired: false,
      needsConsent: [],
    });
    expect(preview?.packageSize).toBeGreaterThan(12_000);
    expect(preview?.freeMemory).toBeGreaterThan(100_000);
    const progress = states.flatMap((state) => state.progress ?? []);
    expect(progress[0]?.bytesDone).toBe(0);
    expect(progress.every(({ bytesDone }, index) => index === 0 || bytesDone > (progress[index - 1]?.bytesDone ?? 0))).toBe(true);
    expect(states.filter(({ cancellable }) => !cancellable).map(({ step }) => step)).not.toContain('fetchPackage');

    await euicc.close();
    expect(exchanges.apdus).toBeLessThanOrEqual(88);
    expect(smdp.counters.connections).toBe(1);
    expect(smdp.order('LEB-ASIA')?.progress.state).toBe('installed');
    expect(smdp.notifications()).toMatchObject([{ kind: 'installation', event: 'install', verified: true, result: 'success' }]);
    await closeCard();
    await openCard();
    expect(await iccids()).toContain(asia);
    expect(await euicc.signedNotifications()).toEqual([]);
    expect((await euicc.profileIcon({ iccid: asia }))?.type).toBe('image/png');
  });

  it('takes a long package, and one under the session’s own keys', async () => {
    expect((await download('LEB-LARGE')).result.kind).toBe('installed');
    expect((await download('LEB-SESSION')).result.kind).toBe('installed');
    expect(smdp.counters.connections).toBe(1);
  });

  it('asks for the confirmation code until it is right, and shows the profile once', async () => {
    const codes = ['0000', '2748'];
    const needs: DownloadNeed[] = [];
    const { result } = await download('LEB-PACIFIC', {
      ask: async (need) => {
        needs.push(need);
        return need.kind === 'confirmationCode' ? { kind: 'confirmationCode', code: codes.shift() ?? '' } : { kind: 'yes' };
      },
    });
    expect(result.kind).toBe('installed');
    expect(needs).toEqual([
      { kind: 'approval' },
      { kind: 'confirmationCode', refused: false },
      { kind: 'confirmationCode', refused: true },
    ]);
  });

  it('takes a code that is known beforehand, and ends when the server has had enough', async () => {
    const needs: DownloadNeed[] = [];
    const wrong = async (need: DownloadNeed): Promise<DownloadAnswer> => {
      needs.push(need);
      return need.kind === 'confirmationCode' ? { kind: 'confirmationCode', code: '1' } : { kind: 'yes' };
    };
    await expect(download('LEB-PACIFIC', { ask: wrong, request: { confirmationCode: '0' } })).rejects.toMatchObject({
      code: 'PROFILE_SERVER_REFUSED',
      details: { subjectCode: '8.2.7', reasonCode: '6.4' },
    });
    expect(needs.filter(({ kind }) => kind === 'confirmationCode')).toHaveLength(2);
  });

  it('asks for consent to rules that bind', async () => {
    const needs: DownloadNeed[] = [];
    const { result } = await download('LEB-FLEET', {
      ask: async (need) => {
        needs.push(need);
        return need.kind === 'consentToPpr' ? { kind: 'no', reason: 'endUserRejection' } : { kind: 'yes' };
      },
    });
    expect(result).toMatchObject({ kind: 'declined', reason: 'endUserRejection' });
    expect(needs).toEqual([{ kind: 'approval' }, { kind: 'consentToPpr', rules: ['ppr1', 'ppr2'] }]);
    expect(smdp.counters.byFunction).toMatchObject({ cancelSession: 1 });
    expect(smdp.counters.byFunction['getBoundProfilePackage']).toBeUndefined();
  });
});

describe('a way out', () => {
  const before = ['readCard', 'contactServer', 'checkServer', 'checkCard', 'preview', 'prepareCard', 'fetchPackage'] as const;

  it.each(before)('by abort at %s leaves nothing behind, and the code still works', async (step) => {
    const controller = new AbortController();
    const onState = (state: DownloadState): void => {
      if (state.step === step) controller.abort();
    };
    await expect(download('LEB-ASIA', { signal: controller.signal, onState })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await iccids()).not.toContain(asia);
    const cancelled = before.indexOf(step) >= before.indexOf('checkCard') ? 1 : undefined;
    expect(smdp.counters.byFunction['cancelSession']).toBe(cancelled);
    expect((await download('LEB-ASIA')).result.kind).toBe('installed');
  });

  it('by no longer listening at the preview', async () => {
    const run = downloadProfile(
      { euicc, client, ask: yes, signal: new AbortController().signal },
      { server: smdp.address, matchingId: 'LEB-ASIA', terminal },
    );
    for await (const { step } of run) if (step === 'preview') break;
    expect(smdp.counters.byFunction['cancelSession']).toBe(1);
    expect((await download('LEB-ASIA')).result.kind).toBe('installed');
  });

  it.each(['endUserRejection', 'postponed', 'timeout'] as const)('by answering no: %s', async (reason) => {
    const { result } = await download('LEB-ASIA', { ask: async () => ({ kind: 'no', reason }) });
    expect(result).toMatchObject({ kind: 'declined', reason, preview: { metadata: { iccid: asia } } });
    expect(smdp.counters.byFunction['cancelSession']).toBe(1);
    expect((await download('LEB-ASIA')).result.kind).toBe('installed');
  });
});

describe('what a server refuses', () => {
  it.each([
    ['NOTHING', 'ACTIVATION_CODE_REFUSED', '8.2.6', '3.8'],
    ['LEB-EXPIRED', 'PROFILE_SERVER_REFUSED', '8.8.5', '4.10'],
    ['LEB-LATER', 'PROFILE_SERVER_REFUSED', '8.2', '1.2'],
    ['LEB-RESERVED', 'PROFILE_SERVER_REFUSED', '8.1.1', '3.8'],
  ])('%s is %s', async (matchingId, code, subjectCode, reasonCode) => {
    await expect(download(matchingId)).rejects.toMatchObject({
      code,
      details: { function: 'authenticateClient', subjectCode, reasonCode },
    });
    expect(smdp.counters.byFunction['cancelSession']).toBeUndefined();
  });

  it('a code that is used up', async () => {
    await download('LEB-ASIA');
    await expect(download('LEB-ASIA')).rejects.toMatchObject({ code: 'ACTIVATION_CODE_REFUSED' });
  });

  it('a profile that is on the card already, before its order is used up', async () => {
    await expect(download('LEB-ASIA', { request: { installedIccids: [asia] } })).rejects.toMatchObject({
      code: 'PROFILE_ALREADY_INSTALLED',
    });
    expect((await download('LEB-ASIA')).result.kind).toBe('installed');
    // A code that works again is asked for again: now it is the card that says so.
    expect((await download('LEB-AGAIN')).result.kind).toBe('installed');
    await expect(download('LEB-AGAIN')).rejects.toMatchObject({
      code: 'PROFILE_ALREADY_INSTALLED',
      details: { bppCommandId: 2, errorReason: 9 },
    });
    expect(smdp.notifications().at(-1)).toMatchObject({ result: { bppCommandId: 2, errorReason: 9 }, verified: true });
  });

  it('another OID than the activation code names', async () => {
    await expect(download('LEB-ASIA', { request: { smdpOid: '2.999.1' } })).rejects.toMatchObject({
      code: 'PROFILE_SERVER_MISMATCH',
      details: { field: 'smdpOid' },
    });
  });
});

describe('a bad network', () => {
  const functions = ['initiateAuthentication', 'authenticateClient', 'getBoundProfilePackage'] as const;

  it.each(functions.flatMap((at) => (['dropBefore', 'dropUnanswered', 'dropDuring'] as const).map((kind) => [at, kind] as const)))(
    'at %s (%s): nothing is installed, and the next attempt succeeds',
    async (at, kind) => {
      // A dropped first message is simply sent again where the connection was an old one: here it is new.
      smdp.setFaults([{ at, kind }]);
      await expect(download('LEB-ASIA')).rejects.toMatchObject({ code: 'PROFILE_SERVER_UNREACHABLE', details: { function: at } });
      expect(await iccids()).not.toContain(asia);
      expect((await download('LEB-ASIA')).result.kind).toBe('installed');
      expect((await iccids()).filter((iccid) => iccid === asia)).toHaveLength(1);
    },
  );

  it('a server that does not hear the result hears it later, once', async () => {
    smdp.setFaults([{ at: 'handleNotification', kind: 'status', status: 500 }]);
    expect((await download('LEB-ASIA')).result).toMatchObject({ kind: 'installed', serverTold: false });
    expect(await tellServers(euicc, client)).toMatchObject([{ event: 'install', iccid: asia }]);
    expect(await tellServers(euicc, client)).toEqual([]);
    expect(smdp.notifications()).toHaveLength(1);
  });
});

it('a card that leaves in the middle says so, and what became of the profile is on its list', async () => {
  let pulled = false;
  const failing = download('LEB-ASIA', {
    onState: ({ progress }) => {
      if (pulled || progress === null || progress.bytesDone < 4000) return;
      pulled = true;
      hardware.controls.reader.remove();
    },
  });
  await expect(failing).rejects.toMatchObject({ code: 'PROFILE_INSTALLATION_UNKNOWN', details: { cause: 'CARD_REMOVED' } });
  hardware.controls.reader.insert();
  await closeCard();
  await openCard();
  expect(await iccids()).not.toContain(asia);
  expect(await tellServers(euicc, client)).toMatchObject([{ event: 'install' }]);
  expect(smdp.notifications()).toMatchObject([{ result: { errorReason: 11 }, verified: true }]);
});

async function discover(smdsAddress: string): Promise<unknown> {
  const run = discoverProfiles({ euicc, client, signal: new AbortController().signal }, { smdsAddress, terminal });
  for (;;) {
    const next = await run.next();
    if (next.done === true) return next.value;
  }
}

it('goes through a modem as well, in the blocks that modems take', async () => {
  const connection = await hardware.serialTransport.open(virtualModemPath);
  const modem = await openModem(connection);
  const way = await modem.cardAccess();
  const chip = await openEuicc(way);
  const run = downloadProfile(
    { euicc: chip, client, ask: yes, signal: new AbortController().signal },
    { server: smdp.address, matchingId: 'LEB-ASIA', terminal: { imei: modem.identity.imei ?? '' } },
  );
  let next = await run.next();
  while (next.done !== true) next = await run.next();
  expect(next.value).toMatchObject({ kind: 'installed', iccid: asia, serverTold: true });
  await chip.close();
  await way.close();
  await modem.close();
});

describe('discovery', () => {
  let smds: Smds;
  beforeEach(async () => {
    smds = await startSmds({ stateDir: null });
  });
  afterEach(() => smds.close());

  it('finds nothing where nothing waits', async () => {
    expect(await discover(smds.address)).toEqual([]);
  });

  it('finds what waits, and the download goes by its EventID', async () => {
    smds.registerEvent({ eid: await euicc.eid(), eventId: 'LEB-ASIA', rspServerAddress: smdp.address });
    expect(await discover(smds.address)).toEqual([{ eventId: 'LEB-ASIA', rspServerAddress: smdp.address }]);
    expect((await download('LEB-ASIA')).result).toMatchObject({ kind: 'installed', iccid: asia });
  });

  it('a download from an SM-DS follows it to the SM-DP+', async () => {
    smds.registerEvent({ eid: await euicc.eid(), eventId: 'LEB-ASIA', rspServerAddress: smdp.address });
    const { result, states } = await download('', { request: { server: smds.address } });
    expect(result).toMatchObject({ kind: 'installed', iccid: asia });
    expect(new Set(states.map(({ server }) => server))).toEqual(new Set([smds.address, smdp.address]));
    expect(smds.counters.connections).toBe(1);
  });

  it('an SM-DP+ is no SM-DS, and keeps what it offers', async () => {
    const [order] = sampleOrders;
    if (order === undefined) expect.fail('the bench has orders');
    smdp.place({ ...order, eid: await euicc.eid() });
    await expect(discover(smdp.address)).rejects.toMatchObject({ code: 'PROFILE_SERVER_MISMATCH', details: { field: 'eventEntries' } });
    expect(smdp.counters.byFunction['cancelSession']).toBe(1);
    expect((await download('')).result).toMatchObject({ kind: 'installed', iccid: asia });
  });
});
