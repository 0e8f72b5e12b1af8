import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { CardInterface, ReaderInterface } from 'smartcard';
import {
  Context,
  SCARD_PROTOCOL_T0,
  SCARD_PROTOCOL_T1,
  SCARD_SHARE_EXCLUSIVE,
  SCARD_STATE_EMPTY,
  SCARD_STATE_PRESENT,
  SCARD_UNPOWER_CARD,
} from 'smartcard';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ensurePcscd, virtualReaders } from './support/pcscd.ts';
import type { SimulatorProcess } from './support/simulator-process.ts';
import { startSimulator } from './support/simulator-process.ts';

/** The simulated card behind a real pcscd, spoken to without any code of ours: what a foreign program sees. */
const [reader] = virtualReaders;
const address = `${reader.host}:${reader.port}`;
const folder = mkdtempSync(join(tmpdir(), 'leb-euicc-'));
const meadow = '984499010000114720F0';

let context: InstanceType<typeof Context>;
let simulator: SimulatorProcess | null = null;

beforeAll(async () => {
  await ensurePcscd();
  context = new Context();
});
afterEach(async () => {
  await simulator?.stop();
  simulator = null;
  await untilCard('empty');
});
afterAll(() => {
  context.close();
  rmSync(folder, { recursive: true, force: true });
});

function findReader(): ReaderInterface {
  return context.listReaders().find(({ name }) => name === reader.name) ?? expect.fail(`no ${reader.name}`);
}

async function untilCard(wanted: 'present' | 'empty'): Promise<void> {
  const flag = wanted === 'present' ? SCARD_STATE_PRESENT : SCARD_STATE_EMPTY;
  const deadline = Date.now() + 15_000;
  while ((findReader().state & flag) === 0) {
    if (Date.now() > deadline) expect.fail(`${reader.name} is not ${wanted}`);
    await wait(50);
  }
}

async function connectCard(): Promise<CardInterface> {
  await untilCard('present');
  return findReader().connect(SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1);
}

async function send(card: CardInterface, command: string): Promise<string> {
  const answer = await card.transmit(Buffer.from(command, 'hex'), { autoGetResponse: false });
  return answer.toString('hex').toUpperCase();
}

async function openIsdr(card: CardInterface): Promise<void> {
  expect(await send(card, '80AA00000AA9088100820101830107')).toBe('9000');
  expect(await send(card, '0070000001')).toBe('019000');
  expect(await send(card, '01A4040010A0000005591010FFFFFFFF8900000100')).toBe('6121');
}

describe('the simulated eUICC behind pcscd', () => {
  it('speaks T=0, and keeps a switch and its notifications over power cuts and restarts', async () => {
    simulator = await startSimulator('euicc', '--vpcd', address, '--state', folder);
    expect(simulator.ready).toMatchObject({ ready: true, eid: '89044990000000000000000000000188' });
    const card = await connectCard();
    expect(card.protocol).toBe(SCARD_PROTOCOL_T0);
    expect(card.atr?.toString('hex').toUpperCase()).toBe('3B9F96801FC78031A073BE21136743200718000001A5');
    await openIsdr(card);
    expect(await send(card, '81E2910006BF3E035C015A')).toBe('6115');
    expect(await send(card, '81C0000015')).toBe('BF3E125A10890449900000000000000000000001889000');
    expect(await send(card, `81E2910014BF3111A00C5A0A${meadow}810100`)).toBe('6106');
    expect(await send(card, '81C0000006')).toBe('BF31038001009000');
    card.disconnect(SCARD_UNPOWER_CARD);
    await simulator.stop();
    await untilCard('empty');

    simulator = await startSimulator('euicc', '--vpcd', address, '--state', folder);
    const again = await connectCard();
    await openIsdr(again);
    // The one that is enabled: its class, its state, two pending notifications.
    expect(await send(again, `81E2910016BF2D13A00C5A0A${meadow}5C039F7095`)).toBe('610E');
    expect(await send(again, '81C000000E')).toBe('BF2D0BA009E3079F7001019501029000');
    expect(await send(again, '81E2910003BF2800')).toMatch(/^61/);
    expect(await send(again, '00A4000C022FE2')).toBe('9000');
    expect(await send(again, '00B000000A')).toBe(`${meadow}9000`);
    again.disconnect(SCARD_UNPOWER_CARD);
  });

  it('speaks T=1', async () => {
    simulator = await startSimulator('euicc', '--vpcd', address, '--protocol', 'T=1', '--profiles', '0');
    const card = await connectCard();
    expect(card.protocol).toBe(SCARD_PROTOCOL_T1);
    expect(await send(card, '0070000001')).toBe('019000');
    expect(await send(card, '01A4040010A0000005591010FFFFFFFF890000010000')).toMatch(/^6F1F.*9000$/);
    expect(await send(card, '81E2910003BF2D0000')).toBe('BF2D02A0009000');
    card.disconnect(SCARD_UNPOWER_CARD);
  });

  it('leaves at the APDU that it was told, and comes back', async () => {
    simulator = await startSimulator('euicc', '--vpcd', address, '--fault', 'remove-at=3');
    const card = await connectCard();
    expect(await send(card, '0070000001')).toBe('019000');
    expect(await send(card, '0070000001')).toBe('029000');
    // The driver reports a card that leaves in the middle of a command as an answer without a single byte.
    expect(await send(card, '0070000001')).toBe('');
    await untilCard('empty');
    // pcscd keeps the reader for the one who held the card, until he lets go of it.
    card.disconnect(SCARD_UNPOWER_CARD);
    simulator.order('insert');
    const again = await connectCard();
    expect(await send(again, '0070000001')).toBe('019000');
    again.disconnect(SCARD_UNPOWER_CARD);
    simulator.order('remove');
    await untilCard('empty');
  });
});
