import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LebError } from '#contract/errors.ts';
import { DeviceError, type DeviceErrorCode, type ErrorDetails } from '#native/errors.ts';
import type { RspEuicc, SignedNotification } from '#native/euicc/euicc.ts';
import { encodeText } from '#native/euicc/tlv/text.ts';
import { encodeInteger } from '#native/euicc/tlv/integer.ts';
import { encodeTlv } from '#native/euicc/tlv/tlv-writer.ts';
import { createLog } from '../log.ts';
import { openStore, type Store } from '../store/store.ts';
import { createOutbox, type Outbox } from './outbox.ts';

const eid = '8'.repeat(32);
const unreachable: Failure = ['PROFILE_SERVER_UNREACHABLE'];
const refused: Failure = ['PROFILE_SERVER_REFUSED', { subjectCode: '8.1.1', reasonCode: '3.9' }];
type Failure = readonly [DeviceErrorCode, ErrorDetails?];

/** One with the card's signature, which may be another one at each reading. */
function makeNotification(seqNumber: number, address = 'a.example', signature = 1): SignedNotification {
  const metadata = encodeTlv(0xbf2f, encodeTlv(0x80, encodeInteger(seqNumber)), encodeTlv(0x0c, encodeText(address)));
  const bytes = encodeTlv(0x30, metadata, encodeTlv(0x5f37, Uint8Array.of(signature)));
  return { seqNumber, event: 'enable', address, iccid: '8944990000004821602', bytes };
}

/** A card's list and nothing else of it. */
function makeCard(...notifications: SignedNotification[]) {
  let list = [...notifications];
  const removed: number[] = [];
  const euicc = {
    signedNotifications: (seqNumber?: number) =>
      Promise.resolve(list.filter((one) => seqNumber === undefined || one.seqNumber === seqNumber)),
    removeNotification(seqNumber: number) {
      removed.push(seqNumber);
      list = list.filter((one) => one.seqNumber !== seqNumber);
      return Promise.resolve();
    },
  } satisfies Partial<RspEuicc>;
  return {
    card: { euicc: euicc as unknown as RspEuicc, eid, ciKeyIds: ['AB'] },
    removed,
    get list() {
      return list.map(({ seqNumber }) => seqNumber);
    },
  };
}

/** Servers by name: what each says next, and what it has heard. */
function makeServers() {
  const heard: string[] = [];
  const asked: string[] = [];
  const failures = new Map<string, Failure>();
  const gates = new Map<string, Promise<void>>();
  const client = {
    async call(address: string, _function: unknown, bytes: unknown): Promise<never> {
      const seqNumber = bytes instanceof Uint8Array ? bytes[7] : undefined;
      asked.push(`${address} ${seqNumber}`);
      await gates.get(address);
      const failure = failures.get(address);
      if (failure !== undefined) throw new DeviceError(...failure);
      heard.push(`${address} ${seqNumber}`);
      return undefined as never;
    },
    rootOf: () => null,
    close: () => undefined,
  };
  return { heard, asked, failures, gates, session: () => ({ client, usesTestRoots: () => false }) };
}

let folder = '';
let store: Store;
let servers: ReturnType<typeof makeServers>;
let outbox: Outbox;
const signal = new AbortController().signal;
const reopen = (): Outbox => createOutbox({ store, servers, log: createLog(folder), random: () => 1 });
const pass = async (milliseconds: number): Promise<void> => void (await vi.advanceTimersByTimeAsync(milliseconds));
const states = () => outbox.entries.value.map(({ seqNumber, state }) => `${seqNumber} ${state}`);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: Date.parse('2026-01-01T00:00:00.000Z') });
  folder = mkdtempSync(join(tmpdir(), 'leb-outbox-'));
  store = await openStore(folder, createLog(folder));
  servers = makeServers();
  outbox = reopen();
});
afterEach(async () => {
  await outbox.close();
  store.close();
  rmSync(folder, { recursive: true });
  vi.useRealTimers();
});

describe('with the card at hand', () => {
  it('delivers in order for each server, and takes off the card what was heard', async () => {
    const card = makeCard(...[0, 1, 2, 127].map((seqNumber) => makeNotification(seqNumber, seqNumber === 1 ? 'b.example' : 'a.example')));
    const { deliveries, left } = await outbox.deliver(card.card, { signal });
    expect(servers.heard.filter((one) => one.startsWith('a'))).toEqual(['a.example 0', 'a.example 2', 'a.example 127']);
    expect(servers.heard).toContain('b.example 1');
    expect(deliveries.map(({ seqNumber, state }) => [seqNumber, state])).toEqual([0, 1, 2, 127].map((one) => [one, 'delivered']));
    expect(card.list).toEqual([]);
    expect(left).toEqual([]);
    expect(outbox.entries.value).toEqual([]);
  });

  it('has everything on the disk before anything is sent', async () => {
    const gate = Promise.withResolvers<void>();
    servers.gates.set('a.example', gate.promise);
    const delivering = outbox.deliver(makeCard(makeNotification(1), makeNotification(2)).card, { signal });
    await vi.waitFor(() => expect(servers.asked).toHaveLength(1));
    expect(store.all('select seq_number from notification')).toHaveLength(2);
    gate.resolve();
    await delivering;
  });

  it('a dead server keeps its own and nobody else’s', async () => {
    servers.failures.set('a.example', unreachable);
    const card = makeCard(makeNotification(1), makeNotification(2), makeNotification(3, 'b.example'));
    const { deliveries, left } = await outbox.deliver(card.card, { signal });
    expect(deliveries.map(({ state, problem }) => [state, problem?.code])).toEqual([
      ['queued', 'PROFILE_SERVER_UNREACHABLE'],
      ['queued', undefined],
      ['delivered', undefined],
    ]);
    expect(servers.asked).toEqual(['a.example 1', 'b.example 3']);
    expect(left.map(({ seqNumber }) => seqNumber)).toEqual([1, 2]);
    expect(card.removed).toEqual([3]);
  });

  it('a refusal counts as heard, and says why', async () => {
    servers.failures.set('a.example', refused);
    const card = makeCard(makeNotification(1), makeNotification(2));
    const { deliveries } = await outbox.deliver(card.card, { signal });
    expect(deliveries.map(({ state, problem }) => [state, problem?.details['reasonCode']])).toEqual([
      ['delivered', '3.9'],
      ['delivered', '3.9'],
    ]);
    expect(card.list).toEqual([]);
  });

  it('takes only what was chosen', async () => {
    const card = makeCard(makeNotification(1), makeNotification(2));
    await outbox.deliver(card.card, { seqNumbers: [2], signal });
    expect(card.list).toEqual([1]);
    expect(outbox.entries.value).toEqual([]);
  });

  it('takes one notification once, also when the card signs it anew', async () => {
    servers.failures.set('a.example', unreachable);
    await outbox.deliver(makeCard(makeNotification(1, 'a.example', 1)).card, { signal });
    await outbox.deliver(makeCard(makeNotification(1, 'a.example', 2)).card, { signal });
    expect(states()).toEqual(['1 waiting']);
    expect(outbox.entries.value[0]?.attempts).toBe(2);
  });

  it('does not hold the card for a server that stalls, and takes the notification off the next time', async () => {
    const gate = Promise.withResolvers<void>();
    servers.gates.set('a.example', gate.promise);
    const card = makeCard(makeNotification(1));
    const delivering = outbox.deliver(card.card, { signal });
    await vi.waitFor(() => expect(servers.asked).toHaveLength(1));
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await delivering).deliveries).toMatchObject([{ state: 'queued', problem: null }]);
    expect(states()).toEqual(['1 sending']);
    gate.resolve();
    await vi.waitFor(() => expect(states()).toEqual(['1 delivered']));
    expect(card.list).toEqual([1]);
    await outbox.sweep(card.card.euicc, eid);
    expect(card.list).toEqual([]);
    expect(states()).toEqual([]);
  });
});

describe('by itself', () => {
  it('waits longer after each failure, up to an hour, and across a restart', async () => {
    servers.failures.set('a.example', unreachable);
    await outbox.deliver(makeCard(makeNotification(1), makeNotification(2)).card, { signal });
    outbox.start();
    const waits: number[] = [];
    for (let attempt = 1; attempt < 10; attempt += 1) {
      const [head, second] = outbox.entries.value;
      expect(head?.attempts).toBe(attempt);
      expect(second?.nextAttemptAt).toBeNull();
      const wait = Date.parse(head?.nextAttemptAt ?? '') - Date.now();
      waits.push(Math.round(wait / 1000));
      await outbox.close();
      outbox = reopen();
      outbox.start();
      await pass(wait - 1000);
      expect(servers.asked).toHaveLength(attempt);
      await pass(2000);
    }
    expect(waits.map((wait) => Math.round(wait / 10) * 10)).toEqual([30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    servers.failures.clear();
    outbox.retry();
    await pass(1);
    await vi.waitFor(() => expect(servers.heard).toEqual(['a.example 1', 'a.example 2']));
  });

  it('asks a dead server once for many cards', async () => {
    servers.failures.set('a.example', unreachable);
    for (const digit of ['1', '2', '3']) {
      const { card } = makeCard(makeNotification(1));
      await outbox.deliver({ ...card, eid: digit.repeat(32) }, { signal });
    }
    servers.asked.length = 0;
    outbox.start();
    outbox.retry();
    await pass(10);
    expect(servers.asked).toHaveLength(1);
    expect(new Set(outbox.entries.value.map(({ nextAttemptAt }) => nextAttemptAt)).size).toBe(1);
  });

  it('of two programs on one file one sends, and the claim of a dead one runs out', async () => {
    servers.failures.set('a.example', unreachable);
    await outbox.deliver(makeCard(makeNotification(1)).card, { signal });
    servers.failures.clear();
    const gate = Promise.withResolvers<void>();
    servers.gates.set('a.example', gate.promise);
    servers.asked.length = 0;
    const other = reopen();
    outbox.retry();
    other.retry();
    await pass(10);
    expect(servers.asked).toHaveLength(1);
    expect(other.entries.value[0]?.state).toBe('sending');
    // The one that sends hangs; after its time the other one goes on.
    servers.gates.clear();
    await pass(150_000);
    expect(servers.heard).toEqual(['a.example 1']);
    gate.resolve();
    await other.close();
  });

  it('takes nothing off the card that is not the same', async () => {
    servers.failures.set('a.example', unreachable);
    await outbox.deliver(makeCard(makeNotification(1)).card, { signal });
    servers.failures.clear();
    outbox.retry();
    await pass(10);
    expect(states()).toEqual(['1 delivered']);
    const reset = makeCard(makeNotification(1, 'b.example'));
    await outbox.sweep(reset.card.euicc, eid);
    expect(reset.list).toEqual([1]);
    expect(states()).toEqual([]);
  });
});

it('forgets what a person has removed', async () => {
  servers.failures.set('a.example', unreachable);
  await outbox.deliver(makeCard(makeNotification(1), makeNotification(2)).card, { signal });
  outbox.forget(eid, [1]);
  expect(states()).toEqual(['2 waiting']);
});

/** The program dies before or after its nth write: nothing of it goes on from there. */
function dieAtWrite(whole: Store, n: number, moment: 'before' | 'after'): Store {
  let writes = 0;
  return {
    ...whole,
    run(sql, parameters) {
      writes += 1;
      if (writes > n || (writes === n && moment === 'before')) throw new LebError('STORE_FAILED');
      const changed = whole.run(sql, parameters);
      if (writes === n) throw new LebError('STORE_FAILED');
      return changed;
    },
  };
}

it.each(Array.from({ length: 8 }, (_unused, index) => index + 1).flatMap((n) => [[n, 'before'] as const, [n, 'after'] as const]))(
  'loses nothing when the program dies at write %i, %s it',
  async (n, moment) => {
    const card = makeCard(makeNotification(1), makeNotification(2), makeNotification(3, 'b.example'));
    const dying = createOutbox({ store: dieAtWrite(store, n, moment), servers, log: createLog(folder), random: () => 1 });
    await dying.deliver(card.card, { signal }).catch((error: unknown) => expect(error).toMatchObject({ code: 'STORE_FAILED' }));
    // What it had begun to send is free again when its claim has run out.
    await pass(90_000);
    const { left } = await outbox.deliver(card.card, { signal });
    expect(left).toEqual([]);
    expect(card.list).toEqual([]);
    expect(outbox.entries.value).toEqual([]);
    expect(new Set(servers.heard)).toEqual(new Set(['a.example 1', 'a.example 2', 'b.example 3']));
    expect(servers.heard.indexOf('a.example 1')).toBeLessThan(servers.heard.indexOf('a.example 2'));
    await dying.close();
  },
);
