import type { Problem } from '#contract/common.ts';
import { LebError } from '#contract/errors.ts';
import type { Device, DevicesSnapshot, TransportState } from '#contract/desk/devices.ts';
import type { CardTransport, CardTransportState } from '#native/transport/card-transport.ts';
import type { SerialTransport, SerialTransportState } from '#native/transport/serial-transport.ts';
import { pause, withDeadline } from '../clock.ts';
import type { Log } from '../log.ts';
import { toProblem } from '../problem.ts';
import { createPublisher, type Publisher } from '../publisher.ts';
import type { DeviceLayer, ManagedDevice } from './managed-device.ts';
import { createModemDevice, type ModemDevice } from './modem-device.ts';
import { groupPorts, mayBeSameModem } from './modem-ports.ts';
import { createReaderDevice, type ReaderDevice } from './reader-device.ts';

/** Every reader and modem of every transport, real and virtual alike. */
export type DeviceRegistry = {
  readonly snapshot: Publisher<DevicesSnapshot>;
  /** @throws LebError DEVICE_UNKNOWN */
  find(deviceId: string): ManagedDevice;
  /** Reads a device again and gives what it then shows. @throws LebError DEVICE_UNKNOWN, DEVICE_BUSY */
  refresh(deviceId: string): Promise<Device>;
  /** Drops a device that has left. @throws LebError DEVICE_UNKNOWN, DEVICE_UNSUITABLE for one that is there, or that a task waits for */
  forget(deviceId: string): void;
  close(): Promise<void>;
};

const watchAgainAfter = 3000;
/** A modem that restarts leaves the bus for 10 to 30 s. */
const reconnectDeadline = 45_000;

export function createDeviceRegistry(options: {
  readonly cardTransports: readonly CardTransport[];
  readonly serialTransports: readonly SerialTransport[];
  readonly layer: DeviceLayer;
  readonly log: Log;
  /** How long a modem that has left is expected back. */
  readonly reconnectMs?: number;
}): DeviceRegistry {
  const { log } = options;
  const readers = new Map<string, ReaderDevice>();
  /** Each with the hardware that it was seen on last. */
  const modems = new Map<ModemDevice, string>();
  /** In the order in which they were seen: a row never jumps. */
  const order: ManagedDevice[] = [];
  const transports = new Map<string, TransportState>();
  const closing = new AbortController();
  const snapshot = createPublisher<DevicesSnapshot>({ devices: [], transports: [] });

  let scheduled = false;
  const changed = (): void => {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      snapshot.publish({ devices: order.map((device) => device.view()), transports: [...transports.values()] });
    });
  };
  const surroundings = { layer: options.layer, log, changed };
  /** By its id; a modem also by the port on which it is now. */
  const find = (deviceId: string): ManagedDevice | undefined =>
    order.find((device) => device.deviceId === deviceId) ??
    [...modems.keys()].find(({ plugged, path }) => plugged && `serial:${path}` === deviceId);
  const known = (deviceId: string): ManagedDevice => {
    const device = find(deviceId);
    if (device === undefined) throw new LebError('DEVICE_UNKNOWN', { deviceId });
    return device;
  };
  const drop = (device: ManagedDevice): void => {
    for (const [name, reader] of readers) if (reader === device) readers.delete(name);
    for (const modem of modems.keys()) if (modem === device) modems.delete(modem);
    const position = order.indexOf(device);
    if (position >= 0) order.splice(position, 1);
    changed();
  };

  function addModem(transport: SerialTransport, ports: ModemDevice['ports'], key: string): ModemDevice {
    const modem: ModemDevice = createModemDevice(transport, ports, {
      ...surroundings,
      reconnectMs: options.reconnectMs ?? reconnectDeadline,
      idFor: (path) => freeId(`serial:${path}`),
      recognise: (imei) => recognise(modem, imei),
    });
    modems.set(modem, key);
    order.push(modem);
    return modem;
  }

  /** A modem keeps the id of its first port when it moves on; whoever is found on that port later needs another. A ghost makes room. */
  function freeId(wanted: string): string {
    const holder = order.find(({ deviceId }) => deviceId === wanted);
    if (holder === undefined) return wanted;
    if (holder.ghost) {
      drop(holder);
      return wanted;
    }
    for (let number = 2; ; number += 1) {
      const id = `${wanted}#${number}`;
      if (order.every(({ deviceId }) => deviceId !== id)) return id;
    }
  }

  /** A modem is known by its IMEI: the device that it was before gets the ports on which it has come back. */
  function recognise(device: ModemDevice, imei: string): boolean {
    const former = [...modems.keys()].find(
      (other) => other !== device && other.transport === device.transport && other.imei === imei && !other.plugged,
    );
    if (former === undefined) return true;
    const { ports } = device;
    modems.set(former, modems.get(device) ?? '');
    modems.set(device, '');
    const released = device.release();
    if (device.imei === null) drop(device);
    former.update(ports, released);
    return false;
  }

  function takeReaders(transport: CardTransport, state: CardTransportState): void {
    const own = [...readers.values()].filter((reader) => reader.transport === transport);
    const problem: Problem | null = state.available ? null : { code: state.reason, details: {} };
    transports.set(`card:${transport.id}`, { id: transport.id, kind: 'reader', virtual: transport.virtual, problem });
    if (state.available) {
      for (const listed of state.readers) {
        const deviceId = `pcsc:${listed.name}`;
        const reader = readers.get(deviceId) ?? createReaderDevice(transport, listed.name, surroundings);
        if (reader.transport !== transport) continue; // two transports with one name: the first keeps it
        if (!readers.has(deviceId)) {
          readers.set(deviceId, reader);
          order.push(reader);
        }
        reader.update(listed);
      }
      const names = new Set(state.readers.map(({ name }) => `pcsc:${name}`));
      for (const reader of own) if (!names.has(reader.deviceId)) reader.update(null);
    } else if (problem !== null) {
      for (const reader of own) reader.serviceDown(problem);
    }
    changed();
  }

  function takePorts(transport: SerialTransport, state: SerialTransportState): void {
    const problem: Problem | null = state.available ? null : { code: state.reason, details: {} };
    transports.set(`serial:${transport.id}`, { id: transport.id, kind: 'modem', virtual: transport.virtual, problem });
    const own = [...modems].filter(([modem]) => modem.transport === transport);
    const absent = new Map(own);
    const groups = groupPorts(state.available ? state.ports : []);
    const found = groups.map((group) => own.find(([, key]) => key === group.key)?.[0]);
    for (const modem of found) if (modem !== undefined) absent.delete(modem);
    for (const modem of absent.keys()) modem.update([]);
    for (const [index, { key, ports }] of groups.entries()) {
      const modem =
        found[index] ??
        [...absent.keys()].find((one) => modems.has(one) && mayBeSameModem(one.ports, ports)) ??
        addModem(transport, ports, key);
      absent.delete(modem);
      modems.set(modem, key);
      modem.update(ports);
    }
    changed();
  }

  /** A transport that fails is watched again: one broken driver does not take the others with it. */
  async function watch<State>(
    transport: { readonly id: string; readonly virtual: boolean; watch(signal: AbortSignal): AsyncIterable<State> },
    kind: TransportState['kind'],
    take: (state: State) => void,
  ): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        for await (const state of transport.watch(closing.signal)) take(state);
      } catch (error) {
        if (closing.signal.aborted) return;
        log.error(`transport.${transport.id}`, error);
        transports.set(`${kind === 'reader' ? 'card' : 'serial'}:${transport.id}`, {
          id: transport.id,
          kind,
          virtual: transport.virtual,
          problem: toProblem(error),
        });
        changed();
      }
      await pause(watchAgainAfter, closing.signal);
    }
  }

  const watching = [
    ...options.cardTransports.map((transport) => watch(transport, 'reader', (state) => takeReaders(transport, state))),
    ...options.serialTransports.map((transport) => watch(transport, 'modem', (state) => takePorts(transport, state))),
  ];

  return {
    snapshot,
    find: known,
    async refresh(deviceId) {
      const device = known(deviceId);
      const { busyTaskId } = device.view();
      if (busyTaskId !== null) throw new LebError('DEVICE_BUSY', { taskId: busyTaskId });
      await device.refresh();
      return device.view();
    },
    forget(deviceId) {
      const device = known(deviceId);
      const { state, busyTaskId } = device.view();
      if (!device.ghost && (state !== 'reconnecting' || busyTaskId !== null)) throw new LebError('DEVICE_UNSUITABLE', { deviceId, state });
      void device.close();
      drop(device);
    },
    async close() {
      closing.abort();
      await Promise.all(order.map((device) => device.close()));
      // Its timer ends with the wait: a command that is done must not stay for it.
      await withDeadline(Promise.all(watching), 2000, () => new LebError('CANCELLED')).catch(() => undefined);
      snapshot.close();
    },
  };
}
