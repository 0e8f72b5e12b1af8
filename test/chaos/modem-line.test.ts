import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AtExchange } from '#native/at/channel-types.ts';
import { makeModemUnderTest, type ModemUnderTest, type Outcome } from './support/modem-under-test.ts';
import { chaosSeed, createSeededRandom } from './support/seeded-random.ts';

/** The line to a modem misbehaves in each of its ways. What must hold: every request ends, no answer goes to another command, and it comes back. */
const commands = ['AT+CGMI', 'AT+CGMM', 'AT+CGSN', 'AT+CIMI', 'AT+QCCID', 'AT+CPIN?', 'AT+CSMS?', 'AT+NOSUCH', 'AT+CGMF'];
const right = new Map<string, AtExchange>();
const random = createSeededRandom(chaosSeed);
let modem: ModemUnderTest;

beforeAll(async () => {
  modem = await makeModemUnderTest();
  for (const command of ['ATE1', 'AT+CMEE=1']) await modem.untilAnswered(command);
  while (!(await modem.untilAnswered('AT+CPIN?')).lines.includes('+CPIN: READY')) await wait(5);
  for (const command of commands) right.set(command, await modem.untilAnswered(command));
});
afterAll(() => modem.close());
beforeEach(async () => {
  modem.line.misbehave();
  await expectRecovered();
});

function isRight(command: string, outcome: Outcome): boolean {
  return JSON.stringify(outcome) === JSON.stringify(right.get(command));
}

/** Whole answers come through again, one for each command. */
async function expectRecovered(): Promise<void> {
  await modem.untilAnswered('ATE1');
  for (const command of commands) expect(isRight(command, await modem.untilAnswered(command)), command).toBe(true);
}

/** Asks many times; an answer must be the right one, or be missing. @returns how many were answered */
async function askMany(count: number, before: () => Promise<void> | void = () => undefined): Promise<number> {
  let answered = 0;
  for (let asked = 0; asked < count; asked += 1) {
    if (modem.channel.closed) await modem.open();
    await before();
    const command = random.pick(commands);
    const outcome = await modem.ask(command);
    if (typeof outcome === 'string') {
      expect(['AT_TIMEOUT', 'PORT_CLOSED', 'AT_ANSWER'], `${command} after ${asked}`).toContain(outcome);
      continue;
    }
    expect(outcome, `${command}, the ${asked}th`).toEqual(right.get(command));
    answered += 1;
  }
  return answered;
}

/** What only other commands answer. */
function linesOfOthers(command: string): ReadonlySet<string> {
  return new Set(commands.filter((other) => other !== command).flatMap((other) => right.get(other)?.lines ?? []));
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** Now and then, without a word to us. */
async function flipEcho(): Promise<void> {
  if (random.below(4) !== 0) return;
  let swallowed = '';
  const done = new Promise<void>((resolve) => {
    modem.line.misbehave({
      toHost(bytes) {
        swallowed += Buffer.from(bytes).toString('latin1');
        if (swallowed.endsWith('\r\nOK\r\n')) resolve();
      },
    });
  });
  modem.line.intrude(`ATE${random.below(2)}\r`);
  await done;
  modem.line.misbehave();
}

describe(`a line (CHAOS_SEED=${random.seed})`, () => {
  it('that delays and splits what it carries', async () => {
    let last = Promise.resolve();
    modem.line.misbehave({
      toHost(bytes, deliver) {
        for (let start = 0; start < bytes.length;) {
          const piece = bytes.slice(start, start + 1 + random.below(40));
          start += piece.length;
          // Now and then longer than any deadline.
          const late = random.below(60) === 0 ? 150 : random.below(3);
          last = last.then(() => (late === 0 ? undefined : wait(late))).then(() => deliver(piece));
        }
      },
    });
    expect(await askMany(120)).toBeGreaterThan(10);
    await last;
    modem.line.misbehave();
    await expectRecovered();
  });

  it.each(['ATE1', 'ATE0'])('behind which every answer comes twice (%s)', async (echo) => {
    await modem.untilAnswered(echo);
    let answer: Uint8Array[] = [];
    modem.line.misbehave({
      toModem(bytes, deliver) {
        answer = [];
        deliver(bytes);
      },
      toHost(bytes, deliver) {
        answer.push(bytes);
        deliver(bytes);
        if (!/^(?:OK|ERROR|\+CME ERROR: .*)\r$/m.test(Buffer.concat(answer).toString())) return;
        const again = Buffer.concat(answer);
        answer = [];
        const late = random.below(2);
        if (late === 0) deliver(again);
        else setTimeout(() => deliver(again), late);
      },
    });
    expect(await askMany(100)).toBeGreaterThan(10);
  });

  it('whose echo is switched on and off behind our back', async () => {
    expect(await askMany(120, flipEcho)).toBeGreaterThan(10);
  });

  it('that another program writes on', async () => {
    const intrude = async (): Promise<void> => {
      const text = `${random.pick([...commands, 'AT', 'AT+CSQ', 'AT+CMGF=0'])}\r`;
      const moment = random.below(4);
      if (moment === 0) modem.line.intrude(text);
      if (moment === 1) setTimeout(() => modem.line.intrude(text), random.below(3));
      if (moment === 2) {
        modem.line.intrude(text);
        await wait(random.below(4));
      }
    };
    expect(await askMany(150, intrude)).toBeGreaterThan(10);
    await wait(10);
  });

  it.each([
    ['loses', 'to the host'],
    ['doubles', 'to the host'],
    ['loses', 'to the modem'],
    ['doubles', 'to the modem'],
  ])('that %s bytes on their way %s', async (fault, direction) => {
    const spoil = (bytes: Uint8Array, deliver: (bytes: Uint8Array) => void): void => {
      const spoilt = [...bytes].flatMap((byte) => (random.below(150) > 0 ? [byte] : fault === 'loses' ? [] : [byte, byte]));
      if (spoilt.length > 0) deliver(Uint8Array.from(spoilt));
    };
    modem.line.misbehave(direction === 'to the host' ? { toHost: spoil } : { toModem: spoil });
    let answered = 0;
    for (let asked = 0; asked < 60; asked += 1) {
      if (modem.channel.closed) {
        await modem.open();
        modem.line.misbehave(direction === 'to the host' ? { toHost: spoil } : { toModem: spoil });
      }
      const command = random.pick(commands);
      const outcome = await modem.ask(command);
      if (typeof outcome === 'string') continue;
      answered += 1;
      const strangers = linesOfOthers(command);
      for (const text of outcome.lines) expect(strangers.has(text), `${command}: ${text}`).toBe(false);
    }
    expect(answered).toBeGreaterThan(5);
  });

  it('that carries ten megabytes of noise, in the middle of a command', async () => {
    let begun = false;
    const noise = Uint8Array.from({ length: 4_095 }, () => random.below(256));
    modem.line.misbehave({
      toHost(bytes, deliver) {
        deliver(bytes);
        if (begun) return;
        begun = true;
        for (let sent = 0; sent < 10_000_000; sent += noise.length) {
          noise[random.below(noise.length)] = random.below(256);
          deliver(noise);
        }
      },
    });
    const outcome = await modem.ask('AT+CGMI');
    if (typeof outcome === 'string') expect(outcome).toBe('AT_TIMEOUT');
    modem.line.misbehave();
    await expectRecovered();
  });

  it('behind which nothing answers, until the port is taken for dead', async () => {
    modem.line.misbehave({ toHost: () => undefined });
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => modem.ask('AT+CGMI')));
    expect(new Set(outcomes)).toEqual(new Set(['AT_TIMEOUT', 'PORT_CLOSED']));
    expect(modem.channel.closed).toBe(true);
    await modem.open();
    await expectRecovered();
  });
});
