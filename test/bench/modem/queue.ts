import { SerialPort } from 'serialport';
import { createAtChannel } from '#native/at/channel.ts';
import type { AtChannel } from '#native/at/channel-types.ts';
import { createSerialTransport } from '#native/transport/serial/serial-transport.ts';
import type { Figure } from '../figure.ts';
import { startPtyModems } from './pty-modems.ts';
import { rounded } from './rounded.ts';

const command = 'AT';
/** Short rounds in turn, so that both meet the machine in the same mood. */
const rounds = 30;
const perRound = 100;

/** Our queue beside the bare package on the same pseudo-terminal: command after command to a modem that answers at once. */
async function besideBarePort(): Promise<Figure> {
  const modems = await startPtyModems(1, null);
  try {
    const [path = ''] = modems.paths;
    const best = { bare: Number.POSITIVE_INFINITY, ours: Number.POSITIVE_INFINITY };
    for (let round = 0; round < rounds; round += 1) {
      best.bare = Math.min(best.bare, await onBarePort(path));
      best.ours = Math.min(best.ours, await onOurQueue(path));
    }
    return {
      name: `a command through the queue, to one on the bare port (${Math.round(best.bare * 1_000)} µs)`,
      value: rounded(best.ours / best.bare),
      unit: '× time',
      kind: 'ratio',
      atMost: 1.25,
    };
  } finally {
    await modems.close();
  }
}

/** @returns milliseconds a command */
async function onBarePort(path: string): Promise<number> {
  const port = new SerialPort({ path, baudRate: 115_200, autoOpen: false, hupcl: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error === null ? resolve() : reject(error))));
  let heard = '';
  let answered: (() => void) | null = null;
  port.on('data', (bytes: Buffer) => {
    heard += bytes.toString('latin1');
    if (heard.endsWith('\r\nOK\r\n')) answered?.();
  });
  const time = await timeEach(perRound, () => {
    heard = '';
    return new Promise<void>((resolve) => {
      answered = resolve;
      port.write(`${command}\r`);
    });
  });
  await new Promise<void>((resolve) => port.close(() => resolve()));
  return time;
}

async function onOurQueue(path: string): Promise<number> {
  const channel = await openChannel(path);
  const time = await timeEach(perRound, () => channel.request({ line: command }));
  await channel.close();
  return time;
}

async function openChannel(path: string): Promise<AtChannel> {
  const connection = await createSerialTransport({ paths: [path] }).open(path);
  return createAtChannel(connection, { onUnsolicited: () => undefined, onClose: () => undefined });
}

/** The median, in milliseconds. */
async function timeEach(count: number, work: () => Promise<unknown>): Promise<number> {
  for (let turn = 0; turn < 20; turn += 1) await work();
  const times: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times.toSorted((one, other) => one - other)[Math.floor(count / 2)] ?? Number.NaN;
}

const together = 16;
/** A fast modem on USB. */
const answerMs = 5;

type Pace = { readonly perSecond: number; readonly longest: number };

/** Modems that take a while for their answers, one of them and all at once. */
async function sixteenAtOnce(): Promise<readonly Figure[]> {
  const modems = await startPtyModems(together, answerMs);
  const channels: AtChannel[] = [];
  try {
    for (const path of modems.paths) channels.push(await openChannel(path));
    const paces: { one: Pace; all: Pace }[] = [];
    for (let round = 0; round < 5; round += 1) paces.push({ one: await pace(channels.slice(0, 1)), all: await pace(channels) });
    const best = (of: (one: (typeof paces)[number]) => number): number => Math.max(...paces.map(of));
    return [
      {
        name: `commands a second, ${together} modems of ${answerMs} ms at once to one of them`,
        value: rounded(best(({ one, all }) => all.perSecond / one.perSecond)),
        unit: '× rate',
        kind: 'ratio',
        atLeast: 5,
      },
      {
        name: `the longest command of ${together} modems at once`,
        value: rounded(-best(({ all }) => -all.longest)),
        unit: 'ms',
        kind: 'time',
        atMost: 50,
      },
    ];
  } finally {
    await Promise.all(channels.map((channel) => channel.close()));
    await modems.close();
  }
}

async function pace(channels: readonly AtChannel[]): Promise<Pace> {
  const count = 100;
  let longest = 0;
  const begun = performance.now();
  await Promise.all(
    channels.map(async (channel) => {
      for (let turn = 0; turn < count; turn += 1) {
        const sent = performance.now();
        await channel.request({ line: command });
        longest = Math.max(longest, performance.now() - sent);
      }
    }),
  );
  return { perSecond: (count * channels.length * 1_000) / (performance.now() - begun), longest };
}

export async function queueFigures(): Promise<readonly Figure[]> {
  return [await besideBarePort(), ...(await sixteenAtOnce())];
}
