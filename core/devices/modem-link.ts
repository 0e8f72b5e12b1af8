import type { Problem } from '#contract/common.ts';
import { DeviceError, isDeviceError } from '#native/errors.ts';
import type { Modem, OpenModem } from '#native/modem/modem.ts';
import type { SerialPortInfo, SerialTransport } from '#native/transport/serial-transport.ts';
import { pause, withDeadline } from '../clock.ts';
import type { Log } from '../log.ts';
import { toProblem } from '../problem.ts';

const openDeadline = 30_000;
/** Between attempts to open a port that could not be used. */
const retryIntervals = [1000, 3000, 10_000, 30_000];

/**
 * The way to one modem: whichever of its ports speaks, opened again as long as it is there. A modem that has spoken and leaves is expected
 * back for a while, under whatever name: that is no failure yet.
 */
export type ModemLink = {
  readonly presence: 'listed' | 'reconnecting' | 'gone';
  /** Null while none speaks. */
  readonly modem: Modem | null;
  /** The port that speaks or spoke last; before that the first to try. */
  readonly path: string;
  /** The ports that the modem has, or had last. */
  readonly ports: readonly SerialPortInfo[];
  /** Whether they are there now. */
  readonly plugged: boolean;
  /** Why no port could be used; null while one is, and while they are tried. */
  readonly problem: Problem | null;
  /**
   * The ports of the modem now, the best first; none: it is not there.
   * @param after nothing is opened before this has settled
   */
  update(ports: readonly SerialPortInfo[], after?: Promise<void>): void;
  /** Tries again now. */
  hurry(): void;
  /** Lets go of the ports; the modem is gone. Resolves when they are closed. */
  release(): Promise<void>;
  close(): Promise<void>;
};

export type ModemLinkOptions = {
  readonly transport: SerialTransport;
  readonly openModem: OpenModem;
  readonly reconnectMs: number;
  readonly log: Log;
  readonly changed: () => void;
  /** Whether the modem that answers on a port is the one that is meant. False: the ports are released, `release` has been called. */
  readonly accept: (modem: Modem, path: string) => boolean;
  /** Lives with an open modem until its port closes or `signal` aborts. */
  readonly converse: (modem: Modem, signal: AbortSignal) => Promise<void>;
  readonly expectsReturn: () => boolean;
  /** The modem has left and is not expected back. */
  readonly left: () => void;
};

export function createModemLink(firstPorts: readonly SerialPortInfo[], options: ModemLinkOptions): ModemLink {
  const { transport, log, changed } = options;
  const closing = new AbortController();
  let presence: ModemLink['presence'] = 'gone';
  let ports = firstPorts;
  let path = firstPorts[0]?.path ?? '';
  let modem: Modem | null = null;
  let problem: Problem | null = null;
  /** Set while ports are listed; its end ends the conversation. */
  let listing: AbortController | null = null;
  let running: Promise<void> = Promise.resolve();
  let waiting = new AbortController();
  /** Ends the patience with a modem that has left. */
  let patience: AbortController | null = null;

  async function live(listed: AbortSignal): Promise<void> {
    for (let attempt = 0; !listed.aborted; attempt += 1) {
      if (await tryPorts(listed)) {
        attempt = 0;
        if (!listed.aborted) awaitReturn();
      }
      if (listed.aborted) break;
      problem ??= { code: 'PORT_CLOSED', details: { port: path } };
      changed();
      // One that restarts is looked for more often than one that has been refusing for long.
      const last = presence === 'reconnecting' ? 1 : retryIntervals.length - 1;
      const wait = retryIntervals[Math.min(attempt, last)] ?? 0;
      waiting = new AbortController();
      await pause(wait, AbortSignal.any([listed, waiting.signal]));
    }
  }

  /** One port after the other: a modem's firmware may not stand several at once. True if a conversation was had, and is over. */
  async function tryPorts(listed: AbortSignal): Promise<boolean> {
    let reason: Problem | null = null;
    const known = ports.filter((port) => port.path === path);
    for (const port of [...known, ...ports.filter((other) => other.path !== path)]) {
      if (listed.aborted) return false;
      try {
        await session(port.path, listed);
        return true;
      } catch (error) {
        if (!isDeviceError(error)) log.error('modem.session', error);
        // "Nothing answers" is what one expects of a modem's other ports; anything else tells more.
        if (reason === null || reason.code === 'MODEM_SILENT') reason = toProblem(error);
      }
    }
    problem = reason;
    return false;
  }

  /** @throws why the port could not be used, or why the conversation broke off other than by the port's end */
  async function session(tried: string, listed: AbortSignal): Promise<void> {
    const connection = await transport.open(tried);
    let opened: Modem | null = null;
    try {
      opened = await withDeadline(options.openModem(connection), openDeadline, () => new DeviceError('MODEM_SILENT', { port: tried }));
      if (listed.aborted || !options.accept(opened, tried)) return;
      modem = opened;
      path = tried;
      problem = null;
      presence = 'listed';
      patience?.abort();
      changed();
      await options.converse(opened, listed);
    } catch (error) {
      if (modem === null || !isDeviceError(error) || error.code !== 'PORT_CLOSED') throw error;
    } finally {
      modem = null;
      await opened?.close();
      await connection.close();
    }
  }

  function awaitReturn(): void {
    presence = 'reconnecting';
    changed();
    patience?.abort();
    patience = new AbortController();
    void giveUpAfterAll(AbortSignal.any([patience.signal, closing.signal]));
  }

  async function giveUpAfterAll(signal: AbortSignal): Promise<void> {
    if (!(await pause(options.reconnectMs, signal)) || presence !== 'reconnecting') return;
    if (listing === null) {
      leave();
      return;
    }
    presence = 'listed';
    changed();
  }

  function leave(): void {
    presence = 'gone';
    problem = null;
    patience?.abort();
    options.left();
    changed();
  }

  return {
    get presence() {
      return presence;
    },
    get modem() {
      return modem;
    },
    get path() {
      return path;
    },
    get ports() {
      return ports;
    },
    get plugged() {
      return listing !== null;
    },
    get problem() {
      return problem;
    },
    update(next, after) {
      const before = ports;
      if (next.length > 0) ports = next;
      if (listing !== null) {
        // A device that left and came back between two looks may have other names; what is open under an old one is dead.
        const stillThere = next.some((port) => port.path === path) || (modem === null && next.length > 0);
        if (stillThere) {
          if (next.some((port) => !before.some((known) => known.path === port.path))) waiting.abort();
          return;
        }
        listing.abort();
        listing = null;
        if (options.expectsReturn()) awaitReturn();
        else if (next.length === 0) leave();
      }
      if (next.length === 0) return;
      if (presence === 'gone') presence = 'listed';
      problem = null;
      const current = new AbortController();
      listing = current;
      running = running.then(() => after).then(() => live(current.signal));
      changed();
    },
    hurry: () => waiting.abort(),
    async release() {
      listing?.abort();
      listing = null;
      leave();
      await running;
    },
    async close() {
      closing.abort();
      listing?.abort();
      await withDeadline(running, 3000, () => new DeviceError('PORT_CLOSED', { port: path })).catch(() => undefined);
    },
  };
}
