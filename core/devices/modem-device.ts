import type { Problem } from '#contract/common.ts';
import { LebError } from '#contract/errors.ts';
import type { Device, EuiccOverview, ModemStatus } from '#contract/desk/devices.ts';
import { DeviceError, isDeviceError } from '#native/errors.ts';
import type { Modem, ModemEvent, ModemStatus as NativeStatus } from '#native/modem/modem.ts';
import type { SerialPortInfo, SerialTransport } from '#native/transport/serial-transport.ts';
import { instantNow, pause, withDeadline } from '../clock.ts';
import { toProblem } from '../problem.ts';
import { createDeviceQueue } from './device-queue.ts';
import { withReading } from './euicc-overview.ts';
import { modemLadder } from './ladder.ts';
import type { DeviceSurroundings, ManagedDevice } from './managed-device.ts';
import { followModem, modemName, readThroughModem, toModemStatus } from './modem-reading.ts';
import { createReservation } from './reservation.ts';

const openDeadline = 30_000;
const readingDeadline = 120_000;
const pollInterval = 10_000;
/** A modem that restarts leaves the bus for 10 to 30 s. */
const reconnectDeadline = 45_000;
/** Between attempts to open a port that could not be used. */
const retryIntervals = [1000, 3000, 10_000, 30_000];

export type ModemDevice = ManagedDevice & {
  readonly transport: SerialTransport;
  readonly port: SerialPortInfo;
  /** Whether the transport lists the port. */
  update(listed: boolean): void;
  /** The number of the modem that speaks on this port now; null while none does. */
  readonly imei: string | null;
  /** Nothing of its own to show: a silent port, or a second one, of a modem that is reached through another. */
  readonly shadow: boolean;
};

export function createModemDevice(transport: SerialTransport, port: SerialPortInfo, surroundings: DeviceSurroundings): ModemDevice {
  const { path } = port;
  const deviceId = `serial:${path}`;
  const { layer, log, changed } = surroundings;
  const queue = createDeviceQueue();
  const closing = new AbortController();
  let presence: 'listed' | 'reconnecting' | 'gone' = 'gone';
  let name = port.manufacturer ?? path;
  let answered: string | null = null;
  let modem: Modem | null = null;
  let identity: Modem['identity'] | null = null;
  let status: ModemStatus | null = null;
  /** One for each secure element, in the order in which they were found. */
  let euiccs: readonly EuiccOverview[] = [];
  let euiccProblem: Problem | null = null;
  let euiccRead = false;
  let problem: Problem | null = null;
  const reservation = createReservation(changed);
  let seenAt = instantNow();
  /** Set while the port is listed; its end ends the session. */
  let listing: AbortController | null = null;
  let running: Promise<void> = Promise.resolve();
  let hurry = new AbortController();
  let twin = false;

  function keepStatus(opened: Modem, native: NativeStatus): void {
    status = toModemStatus(opened.identity, native);
    changed();
  }

  /** Opens the port and speaks with the modem until the port closes or is no longer listed. Opens again while it is listed. */
  async function live(listed: AbortSignal): Promise<void> {
    for (let attempt = 0; !listed.aborted;) {
      try {
        await session(listed);
        attempt = 0;
      } catch (error) {
        problem = toProblem(error);
        if (!isDeviceError(error)) log.error('modem.session', error);
      }
      modem = null;
      if (listed.aborted) break;
      if (twin) {
        // An AT port is never shared: the first one has the modem, until this port is listed anew.
        changed();
        return;
      }
      problem ??= { code: 'PORT_CLOSED', details: { port: path } };
      changed();
      const wait = retryIntervals[Math.min(attempt, retryIntervals.length - 1)] ?? 0;
      attempt += 1;
      hurry = new AbortController();
      await pause(wait, AbortSignal.any([listed, hurry.signal]));
    }
  }

  async function session(listed: AbortSignal): Promise<void> {
    const connection = await transport.open(path);
    const ended = new AbortController();
    try {
      const opened = await withDeadline(layer.openModem(connection), openDeadline, () => new DeviceError('MODEM_SILENT', { port: path }));
      modem = opened;
      identity = opened.identity;
      if (identity.imei !== null && surroundings.hasTwin(port, identity.imei)) {
        twin = true;
        return;
      }
      name = modemName(identity) ?? path;
      answered = name;
      problem = null;
      presence = 'listed';
      changed();
      const events = followModem(opened, AbortSignal.any([listed, ended.signal]), {
        event: take,
        settled() {
          // During a task the task reads; its last reading is kept.
          if (reservation.taskId === null) read(opened, 'poll').catch((error: unknown) => noteFailure('modem.event', error));
        },
      });
      events.catch(() => undefined); // awaited below, but not where the reading fails first
      await read(opened, 'poll');
      void poll(opened, AbortSignal.any([listed, ended.signal]));
      await events;
    } finally {
      ended.abort();
      await modem?.close();
      modem = null;
      await connection.close();
    }
  }

  async function read(opened: Modem, priority: 'user' | 'poll'): Promise<void> {
    keepStatus(opened, await opened.status(priority));
    if (!euiccRead && status?.sim !== 'busy') await readEuicc(opened, priority);
  }

  /** Once for each SIM: the answer is kept, for each reading stops the modem's other work. */
  async function readEuicc(opened: Modem, priority: 'user' | 'poll'): Promise<void> {
    euiccRead = true;
    try {
      euiccs = await queue.run(priority, () =>
        withDeadline(readThroughModem(opened, layer), readingDeadline, () => new DeviceError('AT_TIMEOUT')),
      );
      euiccProblem = null;
    } catch (error) {
      euiccProblem = toProblem(error);
      euiccs = [];
      if (!isDeviceError(error)) log.error('modem.euicc', error);
      if (isDeviceError(error) && error.code === 'PORT_CLOSED') {
        euiccRead = false;
        throw error;
      }
    }
    changed();
  }

  function take(event: ModemEvent): void {
    seenAt = instantNow();
    if (status === null) return;
    if (event.kind === 'registration') status = { ...status, registration: { ...event.registration }, readAt: seenAt };
    else if (event.kind === 'sim') status = { ...status, sim: event.state, readAt: seenAt };
    else return;
    if (status.sim === 'absent' && reservation.taskId === null) {
      // Another card may be put in.
      euiccs = [];
      euiccRead = false;
    }
    changed();
  }

  async function poll(opened: Modem, signal: AbortSignal): Promise<void> {
    while (await pause(pollInterval, signal)) {
      if (queue.busy || reservation.taskId !== null) continue;
      try {
        const settled = status?.sim === 'ready' && ['home', 'roaming'].includes(status.registration.state);
        if (!settled) {
          await read(opened, 'poll');
          continue;
        }
        const measured = await opened.signal('poll');
        if (status !== null) status = { ...status, signal: { ...measured }, readAt: instantNow() };
        seenAt = instantNow();
        changed();
      } catch (error) {
        noteFailure('modem.poll', error);
      }
    }
  }

  /** A failed poll is not the device's state: the next one, or the port's end, tells. */
  function noteFailure(event: string, error: unknown): void {
    if (!isDeviceError(error)) log.error(event, error);
  }

  function state(): Device['state'] {
    if (presence === 'gone') return 'ghost';
    if (presence === 'reconnecting') return 'reconnecting';
    if (problem !== null) return 'blocked';
    // A SIM that says "busy" is about to say more.
    const known = status !== null && status.sim !== 'busy' && euiccRead && (euiccs.length > 0 || euiccProblem !== null);
    return known ? 'ready' : 'reading';
  }

  const expectsReturn = (): boolean => reservation.taskId !== null;

  async function giveUpReconnecting(): Promise<void> {
    await pause(reconnectDeadline, closing.signal);
    if (presence === 'reconnecting') leave();
  }

  function leave(): void {
    listing?.abort();
    listing = null;
    modem = null;
    status = null;
    euiccs = [];
    euiccProblem = null;
    euiccRead = false;
    problem = null;
    answered = null;
    twin = false;
    presence = 'gone';
    changed();
  }

  const openModem = (): Modem => {
    if (modem !== null) return modem;
    if (problem !== null && presence === 'listed') throw new LebError(problem.code, problem.details);
    throw new DeviceError(presence === 'gone' ? 'PORT_NOT_FOUND' : 'PORT_CLOSED', { port: path });
  };

  return {
    deviceId,
    kind: 'modem',
    transport,
    port,
    get imei() {
      return modem === null || twin ? null : (identity?.imei ?? null);
    },
    get shadow() {
      return twin || (presence === 'listed' && problem?.code === 'MODEM_SILENT');
    },
    get euicc() {
      return euiccs[0] ?? null;
    },
    euiccOf: (isdrAid) => (isdrAid === null ? euiccs[0] : euiccs.find((one) => one.isdrAid === isdrAid)) ?? null,
    get ghost() {
      return presence === 'gone';
    },
    view: () => ({
      deviceId,
      kind: 'modem',
      name,
      virtual: transport.virtual,
      state: state(),
      busyTaskId: reservation.taskId,
      ladder: modemLadder({ presence, path, answered, status, euicc: euiccs[0] ?? null, euiccProblem, problem }),
      euicc: euiccs[0] ?? null,
      otherEuiccs: euiccs.slice(1),
      modem: status,
      seenAt,
    }),
    update(listed) {
      if (listed) {
        seenAt = instantNow();
        if (listing !== null) return;
        presence = 'listed';
        problem = null;
        twin = false;
        const current = new AbortController();
        listing = current;
        running = running.then(() => live(current.signal));
        changed();
        return;
      }
      if (listing === null) return;
      listing.abort();
      listing = null;
      if (!expectsReturn()) {
        leave();
        return;
      }
      presence = 'reconnecting';
      changed();
      void giveUpReconnecting();
    },
    async refresh() {
      if (modem === null) {
        hurry.abort();
        return;
      }
      euiccRead = false;
      await read(modem, 'user').catch((error: unknown) => noteFailure('modem.refresh', error));
    },
    reserve: (taskId) => reservation.take(taskId),
    useCard(work, signal) {
      return queue.run(
        'user',
        async () => {
          const access = await openModem().cardAccess();
          try {
            return await work(access);
          } finally {
            await access.close();
          }
        },
        signal,
      );
    },
    keepReading(overview) {
      if (presence === 'gone') return;
      euiccs = withReading(euiccs, overview);
      euiccProblem = null;
      euiccRead = true;
      changed();
    },
    modem: openModem,
    async close() {
      closing.abort();
      listing?.abort();
      await withDeadline(running, 3000, () => new DeviceError('PORT_CLOSED', { port: path })).catch(() => undefined);
    },
  };
}
