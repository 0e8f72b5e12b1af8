import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CardAccess } from '#native/apdu/card-access.ts';
import { createReaderAccess } from '#native/apdu/reader-access.ts';
import type { ProfileSelector, RspEuicc } from '#native/euicc/euicc.ts';
import { readMep } from '#native/euicc/mep.ts';
import { openEuicc } from '#native/euicc/open-euicc.ts';
import { openSecureElements } from '#native/euicc/open-secure-elements.ts';
import { bytesToHex, hexToBytes } from '#native/euicc/tlv/hex.ts';
import { downloadProfile } from '#native/rsp/download/download-profile.ts';
import type { DownloadAnswer, DownloadResult } from '#native/rsp/download/download-state.ts';
import { createProfileServerClient, type ProfileServerClient } from '#native/rsp/http/profile-server-client.ts';
import type { CardConnection } from '#native/transport/card-transport.ts';
import { createVirtualHardware, furtherReaderName, type VirtualHardware } from '#simulator/hardware.ts';
import { startSmdp, type Smdp } from '#simulator/smdp/server.ts';

/** The device layer against each awkward card of the bench: what the card refuses, and the way that works. */
let hardware: VirtualHardware | null = null;
const folders: string[] = [];
afterEach(() => {
  hardware?.close();
  hardware = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const yes = async (): Promise<DownloadAnswer> => ({ kind: 'yes' });

type Stage = {
  readonly access: CardAccess;
  readonly connection: CardConnection;
  readonly atr: Uint8Array;
  /** Every command and its status word so far. */
  readonly seen: readonly string[];
};

async function insert(kind: string, stateDir: string | null = null): Promise<Stage> {
  hardware = createVirtualHardware({ stateDir, cards: kind });
  const connection = await hardware.cardTransport.connect(furtherReaderName(kind));
  const seen: string[] = [];
  const counted: CardConnection = {
    ...connection,
    async transmit(command) {
      const answer = await connection.transmit(command);
      seen.push(`${bytesToHex(command)} > ${bytesToHex(answer.slice(-2))}`);
      return answer;
    },
  };
  return { access: createReaderAccess(counted), connection, atr: connection.atr, seen };
}

async function open(kind: string): Promise<RspEuicc> {
  return openEuicc((await insert(kind)).access);
}

async function send(connection: CardConnection, ...commands: readonly string[]): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const command of commands) answers.push(bytesToHex(await connection.transmit(hexToBytes(command))));
  return answers;
}

/** The disabled one of the two profiles that each further card has, by both its names. */
async function findDisabled(euicc: RspEuicc): Promise<{ readonly iccid: string; readonly isdpAid: string }> {
  const found = (await euicc.profiles()).find(({ state }) => state === 'disabled');
  if (found?.isdpAid == null) throw new Error('no disabled profile');
  return { iccid: found.iccid, isdpAid: found.isdpAid };
}

async function enabled(euicc: RspEuicc): Promise<readonly string[]> {
  return (await euicc.profiles()).filter(({ state }) => state === 'enabled').map(({ iccid }) => iccid);
}

describe('cards that take profiles in one form alone', () => {
  const forms = [
    ['only-iccid', 'iccid', null],
    ['only-aid', 'isdpAid', null],
    ['only-refresh', null, true],
    ['only-no-refresh', null, false],
    ['only-aid+only-refresh', 'isdpAid', true],
    ['only-iccid+only-no-refresh', 'iccid', false],
  ] as const;

  const refusals = {
    '': { code: 'EUICC_REFUSED', details: { result: 127 } },
    '+silent': null,
    '+says-not-found': { code: 'PROFILE_NOT_FOUND' },
    '+says-6a80': { code: 'CARD_STATUS', details: { sw: '6A80' } },
  } as const;
  type Refusal = keyof typeof refusals;

  it.each(
    forms.flatMap(([kind, name, flag]) => (Object.keys(refusals) as Refusal[]).map((refusal) => [kind, refusal, name, flag] as const)),
  )('%s%s', async (kind, refusal, name, flag) => {
    const { access } = await insert(`${kind}${refusal}`);
    const euicc = await openEuicc(access);
    const { iccid, isdpAid } = await findDisabled(euicc);
    const selectors: Readonly<Record<'iccid' | 'isdpAid', ProfileSelector>> = { iccid: { iccid }, isdpAid: { isdpAid } };
    for (const tried of ['iccid', 'isdpAid'] as const) {
      for (const refresh of [true, false]) {
        if ((name ?? tried) === tried && (flag ?? refresh) === refresh) continue;
        const attempt = euicc.enableProfile(selectors[tried], refresh);
        const expected = refusals[refusal];
        if (expected === null) await attempt;
        else await expect(attempt).rejects.toMatchObject(expected);
        expect(await enabled(euicc)).not.toContain(iccid);
      }
    }
    await euicc.enableProfile(selectors[name ?? 'iccid'], flag ?? false);
    await access.refresh({ kind: 'reset' });
    expect(await enabled(await openEuicc(access))).toEqual([iccid]);
  });
});

describe('a busy card', () => {
  it('takes the switch after so many attempts, and is busy again for the next', async () => {
    const euicc = await open('cat-busy=2');
    const profile = await findDisabled(euicc);
    for (const _attempt of [1, 2]) await expect(euicc.enableProfile(profile, false)).rejects.toMatchObject({ code: 'CAT_BUSY' });
    await euicc.enableProfile(profile, false);
    await expect(euicc.disableProfile(profile, false)).rejects.toMatchObject({ code: 'CAT_BUSY' });
  });

  it('is cured by a reset', async () => {
    const { access } = await insert('cat-busy');
    const euicc = await openEuicc(access);
    const profile = await findDisabled(euicc);
    await expect(euicc.enableProfile(profile, false)).rejects.toMatchObject({ code: 'CAT_BUSY' });
    await access.refresh({ kind: 'reset' });
    const again = await openEuicc(access);
    await again.enableProfile(profile, false);
    expect(await enabled(again)).toEqual([profile.iccid]);
  });

  it('is cured by a TERMINAL RESPONSE', async () => {
    const { access, connection } = await insert('cat-busy');
    const euicc = await openEuicc(access);
    const profile = await findDisabled(euicc);
    await expect(euicc.enableProfile(profile, false)).rejects.toMatchObject({ code: 'CAT_BUSY' });
    expect(await send(connection, '801400000C810301010482028281830100')).toEqual(['9000']);
    await euicc.enableProfile(profile, false);
  });
});

describe('channels and blocks', () => {
  it.each([
    ['stale-channel', ['0070000001 > 9000', '02A4040010A0000005591010FFFFFFFF8900000100 > 6999']],
    ['stale-own-channel', ['0070000001 > 9000', '01A4040010A0000005591010FFFFFFFF8900000100 > 6999']],
    ['high-channels', ['0070000001 > 9000', '40A4040010A0000005591010FFFFFFFF8900000100 > 6121']],
    ['high-channels=19', ['0070000001 > 9000', '4FA4040010A0000005591010FFFFFFFF8900000100 > 6121']],
    ['t1', ['0070000001 > 9000', '01A4040010A0000005591010FFFFFFFF890000010000 > 9000']],
    ['t1+stale-channel+high-channels', ['0070000001 > 9000', '41A4040010A0000005591010FFFFFFFF890000010000 > 6999']],
  ])('%s', async (kind, beginning) => {
    const { access, seen } = await insert(kind);
    const euicc = await openEuicc(access);
    expect(seen.slice(1, 3)).toEqual(beginning);
    const profile = await findDisabled(euicc);
    await euicc.enableProfile(profile, false);
    expect(await enabled(euicc)).toEqual([profile.iccid]);
    await access.close();
  });

  it.each([63, 100, 121])('blocks of no more than %i bytes', async (most) => {
    const { access, seen } = await insert(`short-block=${most}`);
    const euicc = await openEuicc(access);
    const { iccid } = await findDisabled(euicc);
    const nickname = 'é'.repeat(32);
    for (const _time of [1, 2]) await euicc.setNickname(iccid, nickname);
    expect((await euicc.profiles()).find((profile) => profile.iccid === iccid)?.nickname).toBe(nickname);
    // What was refused once is not sent again.
    const refusals = seen.filter((exchange) => exchange.endsWith('6700'));
    expect(new Set(refusals).size).toBe(refusals.length);
  });

  it.each(['5ber', 'esim.me', 'xesim', 'estk.me-older', 'linksfield', 'glocalme', 'A0000005591010FFFFFFFF8900000177'])(
    'an ISD-R under the AID of %s',
    async (maker) => {
      const euicc = await open(`isdr-aid=${maker}`);
      expect(await euicc.profiles()).toHaveLength(2);
    },
  );
});

describe('numbers', () => {
  it('ICCIDs of 18 digits', async () => {
    const euicc = await open('short-iccid');
    const profile = await findDisabled(euicc);
    expect(profile.iccid).toMatch(/^\d{18}$/);
    await euicc.enableProfile({ iccid: profile.iccid }, false);
    expect(await enabled(euicc)).toEqual([profile.iccid]);
  });

  it.each([
    ['sequence=0', [0, 1]],
    ['sequence', [126, 127]],
    ['sequence=127', [127, 128]],
    ['sequence=32767', [32_767, 32_768]],
  ])('%s', async (kind, numbers) => {
    const euicc = await open(kind);
    await euicc.enableProfile(await findDisabled(euicc), false);
    expect((await euicc.notifications()).map(({ seqNumber }) => seqNumber)).toEqual(numbers);
    for (const seqNumber of numbers) {
      expect(await euicc.signedNotifications(seqNumber)).toMatchObject([{ seqNumber }]);
      await euicc.removeNotification(seqNumber);
    }
    expect(await euicc.notifications()).toEqual([]);
  });

  it('little memory', async () => {
    expect((await (await open('full')).info2()).freeNonVolatileMemory).toBe(2048);
  });

  it('a list of fields that the card does not know', async () => {
    const { access, seen } = await insert('strict-tags');
    const euicc = await openEuicc(access);
    for (const _time of [1, 2]) expect(await euicc.profiles()).toMatchObject([{ policyRules: [], port: null }, { port: null }]);
    expect(seen.filter((exchange) => exchange.includes('9F24'))).toHaveLength(1);
  });
});

describe('two secure elements', () => {
  it('are found beside one another, and each keeps its own', async () => {
    const stateDir = mkdtempSync(join(tmpdir(), 'two-se-'));
    folders.push(stateDir);
    const { access, connection } = await insert('two-se', stateDir);
    const found: { readonly isdrAid: string; readonly eid: string; readonly iccids: readonly string[] }[] = [];
    for await (const euicc of openSecureElements(access)) {
      const profiles = await euicc.profiles();
      found.push({ isdrAid: euicc.isdrAid, eid: await euicc.eid(), iccids: profiles.map(({ iccid }) => iccid) });
      if (found.length === 2) await euicc.enableProfile(await findDisabled(euicc), false);
      expect(await euicc.notifications()).toHaveLength(found.length === 2 ? 2 : 0);
    }
    expect(found.map(({ isdrAid }) => isdrAid)).toEqual(['A06573746B6D65FFFF4953442D522030', 'A06573746B6D65FFFF4953442D522031']);
    expect(new Set(found.map(({ eid }) => eid)).size).toBe(2);
    expect(new Set(found.flatMap(({ iccids }) => iccids)).size).toBe(4);

    // The applet that says what this is; without a channel of its own it answers on the basic one.
    expect(await send(connection, '00A4040010A06573746B6D65FFFFFFFFFFFF6D6774', '0000030000', '0000040000')).toEqual([
      '9000',
      `${Buffer.from('Bench two SE').toString('hex').toUpperCase()}9000`,
      '6A86',
    ]);

    hardware?.close();
    const again = await insert('two-se', stateDir);
    const second = await openEuicc(again.access, { knownIsdrAid: found[1]?.isdrAid ?? '' });
    expect(await second.eid()).toBe(found[1]?.eid);
    expect(await enabled(second)).toEqual([found[1]?.iccids[1]]);
  });

  it('cost no command on a card with one', async () => {
    const { access, seen } = await insert('normal');
    for await (const euicc of openSecureElements(access)) await euicc.eid();
    expect(seen.map((exchange) => exchange.slice(0, 4))).toEqual(['80AA', '0070', '01A4', '81E2', '81C0', '0070']);
  });
});

describe('several enabled profiles', () => {
  it('MEP-A1: the terminal says the port', async () => {
    const { access, atr, connection } = await insert('mep');
    const euicc = await openEuicc(access);
    expect(readMep(atr, [])).toEqual({ mode: null });
    expect((await euicc.profiles()).map(({ state, port }) => [state, port])).toEqual([
      ['enabled', 1],
      ['disabled', null],
    ]);
    const second = await findDisabled(euicc);
    await euicc.enableProfile(second, false, 2);
    expect((await euicc.profiles()).map(({ port }) => port)).toEqual([1, 2]);
    await euicc.disableProfile(second, false);
    await expect(euicc.enableProfile(second, false, 3)).rejects.toMatchObject({ code: 'EUICC_REFUSED' });
    // Nobody said a port: the card refuses that form, and gets its first.
    await euicc.enableProfile(second, false);
    expect((await euicc.profiles()).map(({ port }) => port)).toEqual([null, 1]);

    // The files of a profile are on its port; the port of the ISD-R has none.
    const iccidFile = ['00A4000C022FE2', '00B000000A'];
    expect(await send(connection, ...iccidFile)).toEqual(['6A82', '6986']);
    expect(await send(connection, '807C0001', ...iccidFile)).toEqual(['9000', '9000', expect.stringMatching(/^984499.*9000$/)]);
    expect(await send(connection, '00A4040010A0000005591010FFFFFFFF8900000100')).toEqual(['6A82']);
  });

  it('MEP-A2: the card takes a free port, while there is one', async () => {
    const { access } = await insert('mep-a2');
    const euicc = await openEuicc(access);
    const [first, second] = await euicc.profiles();
    if (first === undefined || second === undefined) throw new Error('two profiles');
    await euicc.enableProfile({ iccid: second.iccid }, true);
    await access.refresh({ kind: 'reset' });
    const again = await openEuicc(access);
    expect((await again.profiles()).map(({ state, port }) => [state, port])).toEqual([
      ['enabled', 1],
      ['enabled', 2],
    ]);
    await again.disableProfile({ iccid: first.iccid }, false);
    expect((await again.profiles()).map(({ port }) => port)).toEqual([null, 2]);
  });

  it('MEP-B: the port of the command is the port of the profile', async () => {
    const { access, atr, connection } = await insert('mep-b');
    const euicc = await openEuicc(access);
    const profiles = await euicc.profiles();
    expect(profiles.map(({ port }) => port)).toEqual([0, null]);
    expect(readMep(atr, profiles)).toEqual({ mode: 'B' });
    // Highest port 1; mode B of B; two enabled profiles.
    expect(await send(connection, '807C040000')).toEqual(['80010181010090020303910102 9000'.replace(' ', '')]);
    await euicc.enableProfile(await findDisabled(euicc), false);
    expect((await euicc.profiles()).map(({ port }) => port)).toEqual([null, 0]);
  });
});

describe('a download', () => {
  let smdp: Smdp;
  let client: ProfileServerClient;
  beforeAll(async () => {
    smdp = await startSmdp({ stateDir: null });
    client = createProfileServerClient({ roots: [smdp.tlsRootPem] });
  });
  afterAll(async () => {
    client.close();
    await smdp.close();
  });

  async function download(euicc: RspEuicc): Promise<DownloadResult> {
    const request = { server: smdp.address, matchingId: 'LEB-AGAIN', terminal: { tac: '35290611' } };
    const run = downloadProfile({ euicc, client, ask: yes, signal: new AbortController().signal }, request);
    for (;;) {
      const next = await run.next();
      if (next.done === true) return next.value;
    }
  }

  it.each([
    'short-block=63',
    'short-block',
    'high-channels',
    'stale-own-channel',
    't1',
    't1+short-block',
    'mep',
    'mep-b',
    'only-aid',
    'sequence=0',
  ])('is taken by %s', async (kind) => {
    const euicc = await open(kind);
    expect(await download(euicc)).toMatchObject({ kind: 'installed', serverTold: true });
    expect(await euicc.profiles()).toHaveLength(3);
    expect(await euicc.notifications()).toEqual([]);
  });

  it('is taken by each of two secure elements', async () => {
    const { access } = await insert('two-se');
    const counts: number[] = [];
    for await (const euicc of openSecureElements(access)) {
      expect(await download(euicc)).toMatchObject({ kind: 'installed', serverTold: true });
      counts.push((await euicc.profiles()).length);
    }
    expect(counts).toEqual([3, 3]);
  });

  it('is refused by the server where the card says that it is full', async () => {
    const failure: unknown = await download(await open('full')).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'EUICC_MEMORY_FULL' });
  });

  it('is refused by the card where the memory is not what it said', async () => {
    const { access } = await insert('less-memory');
    const euicc = await openEuicc(access);
    const failure: unknown = await download(euicc).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'EUICC_MEMORY_FULL', details: { bppCommandId: 5, errorReason: 10 } });
    expect(await euicc.profiles()).toHaveLength(2);
  });
});

it('keeps being of its kind, wherever it is put', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'kind-'));
  folders.push(stateDir);
  await insert('only-aid', stateDir);
  hardware?.close();
  const euicc = await openEuicc((await insert('only-aid', stateDir)).access);
  const { iccid } = await findDisabled(euicc);
  await expect(euicc.enableProfile({ iccid }, false)).rejects.toMatchObject({ code: 'EUICC_REFUSED' });
});
