import { createAtChannel } from '#native/at/channel.ts';
import type { AtChannel, AtChannelTimings, AtExchange } from '#native/at/channel-types.ts';
import { isDeviceError } from '#native/errors.ts';
import { createVirtualHardware, virtualModemPath, type VirtualHardware } from '#simulator/hardware.ts';
import { makeFaultyLine, type FaultyLine } from './faulty-line.ts';

/** The usual proportions, fifty times faster. */
const quickTimings: AtChannelTimings = { quietMs: 8, gapMs: 2, pingMs: 40, heldPollMs: 100, promptMs: 80 };
const quickDeadlineMs = 80;
/** More than ten missed deadlines with all attempts to regain the modem between them take, on a busy machine too. */
const patienceMs = 20_000;

/** How a request ended: its answer, or the code of its failure. */
export type Outcome = AtExchange | string;

/** The simulated modem, a line that can misbehave, and the channel at its end. */
export type ModemUnderTest = {
  readonly hardware: VirtualHardware;
  readonly line: FaultyLine;
  readonly channel: AtChannel;
  /** What the modem said by itself since the port was opened. */
  readonly news: readonly string[];
  /** Opens the port anew: there is no other way back from a port that has closed. */
  open(): Promise<void>;
  /** @throws Error where a request hangs */
  ask(line: string, payload?: string): Promise<Outcome>;
  /** Asks again until the modem answers, opening the port where it has closed. @throws Error where it never does */
  untilAnswered(line: string): Promise<AtExchange>;
  close(): Promise<void>;
};

/** @param options in place of the quick deadlines */
export async function makeModemUnderTest(
  options: { readonly timings?: AtChannelTimings; readonly deadlineMs?: number } = {},
): Promise<ModemUnderTest> {
  const { timings = quickTimings, deadlineMs = quickDeadlineMs } = options;
  const hardware = createVirtualHardware({ stateDir: null, timeScale: 0.001 });
  let line: FaultyLine;
  let channel: AtChannel;
  let news: string[] = [];

  async function open(): Promise<void> {
    line = makeFaultyLine(await hardware.serialTransport.open(virtualModemPath));
    news = [];
    channel = createAtChannel(line.connection, { onUnsolicited: (text) => news.push(text), onClose: () => undefined }, timings);
  }

  async function ask(command: string, payload?: string): Promise<Outcome> {
    const asked = channel.exchange({
      line: command,
      timeoutMs: deadlineMs,
      ...(payload === undefined ? {} : { payload: Buffer.from(payload, 'latin1') }),
    });
    return inTime(
      asked.catch((error: unknown) => {
        if (isDeviceError(error)) return error.code;
        throw error;
      }),
      command,
    );
  }

  const under: ModemUnderTest = {
    hardware,
    get line() {
      return line;
    },
    get channel() {
      return channel;
    },
    get news() {
      return news;
    },
    open,
    ask,
    async untilAnswered(command) {
      for (let attempt = 0; attempt < 30; attempt += 1) {
        if (channel.closed) await open();
        const outcome = await ask(command);
        if (typeof outcome !== 'string') return outcome;
      }
      throw new Error(`${command} was never answered again`);
    },
    async close() {
      await channel.close();
      hardware.close();
    },
  };
  await open();
  return under;
}

function inTime<Value>(work: Promise<Value>, name: string): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} hangs`)), patienceMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
