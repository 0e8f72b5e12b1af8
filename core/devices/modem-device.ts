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
import { createModemLink } from './modem-link.ts';
import { followModem, modemName, readThroughModem, toModemStatus } from './modem-reading.ts';
import { createReservation } from './reservation.ts';
import { openReturningAccess } from './returning-access.ts';

const readingDeadline = 120_000;
const pollInterval = 10_000;

export type ModemSurroundings = DeviceSurroundings & {
  /** How long a modem that has left is expected back. */
  readonly reconnectMs: number;
  /** An id that no other device has, for one that is reached on this port. */
  readonly idFor: (path: string) => string;
  /** False: this IMEI belongs to a device that is away. It has been given the ports, and this device has lost them. */
  readonly recognise: (imei: string) => boolean;
};

export type ModemDevice = ManagedDevice & {
  readonly transport: SerialTransport;
  /** The ports that the modem has, or had last, and whether they are there now. */
  readonly ports: readonly SerialPortInfo[];
  readonly plugged: boolean;
  /** The port in use now, or the last one. */
  readonly path: string;
  /** The number of the modem, once it has spoken. */
  readonly imei: string | null;
  /** The ports of the modem now, the best first. `after`: nothing is opened before. */
  update(ports: readonly SerialPortInfo[], after?: Promise<void>): void;
  /** Gives the ports up. */
  release(): Promise<void>;
};

export function createModemDevice(
  transport: SerialTransport,
  firstPorts: readonly SerialPortInfo[],
  surroundings: ModemSurroundings,
): ModemDevice {
  const { layer, log, changed } = surroundings;
  const queue = createDeviceQueue();
  const link = createModemLink(firstPorts, {
    transport,
    openModem: layer.openModem,
    reconnectMs: surroundings.reconnectMs,
    log,
    changed,
    accept,
    converse,
    expectsReturn: () => identity !== null || reservation.taskId !== null,
    left: forgetReading,
  });
  /** The port's name when the modem spoke first; it stays the id when the modem comes back under another. */
  let deviceId = surroundings.idFor(link.path);
  let name = firstPorts[0]?.manufacturer ?? link.path;
  let answered: string | null = null;
  let identity: Modem['identity'] | null = null;
  let status: ModemStatus | null = null;
  /** One for each secure element, in the order in which they were found. */
  let euiccs: readonly EuiccOverview[] = [];
  let euiccProblem: Problem | null = null;
  let euiccRead = false;
  const reservation = createReservation(changed);
  let seenAt = instantNow();

  function keepStatus(opened: Modem, native: NativeStatus): void {
    status = toModemStatus(opened.identity, native);
    changed();
  }

  /** @throws DeviceError PORT_NOT_FOUND for another modem in the place of one that a task waits for */
  function accept(opened: Modem, path: string): boolean {
    const { imei } = opened.identity;
    if (imei !== null && !surroundings.recognise(imei)) return false;
    if (identity === null) {
      if (path !== firstPorts[0]?.path) deviceId = surroundings.idFor(path);
    } else if (identity.imei !== imei) {
      if (reservation.taskId !== null) throw new DeviceError('PORT_NOT_FOUND', { port: path, reason: 'another modem' });
      forgetReading();
    }
    ({ identity } = opened);
    // It may have come back with another card. A task that waits for it reads by itself.
    if (reservation.taskId === null) euiccRead = false;
    name = modemName(identity) ?? path;
    answered = name;
    return true;
  }

  async function converse(opened: Modem, listed: AbortSignal): Promise<void> {
    const ended = new AbortController();
    const signal = AbortSignal.any([listed, ended.signal]);
    try {
      const events = followModem(opened, signal, {
        event: take,
        settled() {
          // During a task the task reads; its last reading is kept.
          if (reservation.taskId === null) read(opened, 'poll').catch((error: unknown) => noteFailure('modem.event', error));
        },
      });
      events.catch(() => undefined); // awaited below, but not where the reading fails first
      await read(opened, 'poll');
      void poll(opened, signal);
      await events;
    } finally {
      ended.abort();
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
    if (link.presence === 'gone') return 'ghost';
    if (link.presence === 'reconnecting') return 'reconnecting';
    if (link.problem !== null) return 'blocked';
    // A SIM that says "busy" is about to say more.
    const known = status !== null && status.sim !== 'busy' && euiccRead && (euiccs.length > 0 || euiccProblem !== null);
    return known ? 'ready' : 'reading';
  }

  function forgetReading(): void {
    status = null;
    euiccs = [];
    euiccProblem = null;
    euiccRead = false;
    answered = null;
  }

  const openModem = (): Modem => {
    const { modem, problem, presence, path } = link;
    if (modem !== null) return modem;
    if (problem !== null && presence === 'listed') throw new LebError(problem.code, problem.details);
    throw new DeviceError(presence === 'gone' ? 'PORT_NOT_FOUND' : 'PORT_CLOSED', { port: path });
  };

  return {
    get deviceId() {
      return deviceId;
    },
    kind: 'modem',
    transport,
    get ports() {
      return link.ports;
    },
    get path() {
      return link.path;
    },
    get imei() {
      return identity?.imei ?? null;
    },
    get plugged() {
      return link.plugged;
    },
    get euicc() {
      return euiccs[0] ?? null;
    },
    euiccOf: (isdrAid) => (isdrAid === null ? euiccs[0] : euiccs.find((one) => one.isdrAid === isdrAid)) ?? null,
    get ghost() {
      return link.presence === 'gone';
    },
    view: () => ({
      deviceId,
      kind: 'modem',
      name,
      virtual: transport.virtual,
      state: state(),
      busyTaskId: reservation.taskId,
      ladder: modemLadder({
        presence: link.presence,
        path: link.path,
        answered,
        status,
        euicc: euiccs[0] ?? null,
        euiccProblem,
        problem: link.problem,
      }),
      euicc: euiccs[0] ?? null,
      otherEuiccs: euiccs.slice(1),
      modem: status,
      seenAt,
    }),
    update(ports, after) {
      if (ports.length > 0) seenAt = instantNow();
      link.update(ports, after);
    },
    release: () => link.release(),
    async refresh() {
      const { modem } = link;
      if (modem === null) {
        link.hurry();
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
          const access = await openReturningAccess(openModem);
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
      if (link.presence === 'gone') return;
      euiccs = withReading(euiccs, overview);
      euiccProblem = null;
      euiccRead = true;
      changed();
    },
    modem: openModem,
    close: () => link.close(),
  };
}
