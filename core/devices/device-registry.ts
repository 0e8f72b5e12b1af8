import type { Problem } from '#contract/common.ts';
import { LebError } from '#contract/errors.ts';
import type { Device, DevicesSnapshot, TransportState } from '#contract/desk/devices.ts';
import type { CardTransport, CardTransportState } from '#native/transport/card-transport.ts';
import type { SerialPortInfo, SerialTransport, SerialTransportState } from '#native/transport/serial-transport.ts';
import { pause } from '../clock.ts';
import type { Log } from '../log.ts';
import { toProblem } from '../problem.ts';
import { createPublisher, type Publisher } from '../publisher.ts';
import type { DeviceLayer, ManagedDevice } from './managed-device.ts';
import { createModemDevice, type ModemDevice } from './modem-device.ts';
import { createReaderDevice, type ReaderDevice } from './reader-device.ts';

/** Every reader and modem of every transport, real and virtual alike. */
export type DeviceRegistry = {
  readonly snapshot: Publisher<DevicesSnapshot>;
  /** @throws LebError DEVICE_UNKNOWN */
  find(deviceId: string): ManagedDevice;
  /** Reads a device again and gives what it then shows. @throws LebError DEVICE_UNKNOWN, DEVICE_BUSY */
  refresh(deviceId: string): Promise<Device>;
  /** Drops a ghost. @throws LebError DEVICE_UNKNOWN, DEVICE_UNSUITABLE for a device that is there */
  forget(deviceId: string): void;
  close(): Promise<void>;
};

const watchAgainAfter = 3000;

export function createDeviceRegistry(options: {
  readonly cardTransports: readonly CardTransport[];
  readonly serialTransports: readonly SerialTransport[];
  readonly layer: DeviceLayer;
  readonly log: Log;
}): DeviceRegistry {
  const { log } = options;
  const readers = new Map<string, ReaderDevice>();
  const modems = new Map<string, ModemDevice>();
  /** In the order in which they were seen: a row never jumps. */
  const order: string[] = [];
  const transports = new Map<string, TransportState>();
  const closing = new AbortController();
  const snapshot = createPublisher<DevicesSnapshot>({ devices: [], transports: [] });

  let scheduled = false;
  const changed = (): void => {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      snapshot.publish({ devices: order.filter(isShown).flatMap((id) => find(id)?.view() ?? []), transports: [...transports.values()] });
    });
  };
  const speaking = (port: SerialPortInfo): ModemDevice | undefined =>
    [...modems.values()].find((other) => other.port !== port && other.imei !== null && sameHardware(other.port, port));
  /** A modem has several ports; those that do not speak, or say the same once more, are not devices to a person. */
  const isShown = (deviceId: string): boolean => {
    const modem = modems.get(deviceId);
    return modem === undefined || !modem.shadow || speaking(modem.port) === undefined;
  };
  const surroundings = {
    layer: options.layer,
    log,
    changed,
    hasTwin: (port: SerialPortInfo, imei: string) => speaking(port)?.imei === imei,
  };
  const find = (deviceId: string): ManagedDevice | undefined => readers.get(deviceId) ?? modems.get(deviceId);
  const known = (deviceId: string): ManagedDevice => {
    const device = find(deviceId);
    if (device === undefined) throw new LebError('DEVICE_UNKNOWN', { deviceId });
    return device;
  };
  const drop = (deviceId: string): void => {
    readers.delete(deviceId);
    modems.delete(deviceId);
    const position = order.indexOf(deviceId);
    if (position >= 0) order.splice(position, 1);
    changed();
  };

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
          order.push(deviceId);
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
    const ports = state.available ? state.ports.filter(({ probe }) => probe) : [];
    const listed = new Set(ports.map(({ path }) => `serial:${path}`));
    for (const modem of modems.values()) {
      if (modem.transport === transport && !listed.has(modem.deviceId)) modem.update(false);
    }
    for (const port of ports) {
      const deviceId = `serial:${port.path}`;
      let modem = modems.get(deviceId);
      if (modem === undefined) {
        // A modem that comes back under another path is the same device: its ghost makes room.
        const former = [...modems.values()].find((other) => other.ghost && sameHardware(other.port, port));
        if (former !== undefined) drop(former.deviceId);
        modem = createModemDevice(transport, port, surroundings);
        modems.set(deviceId, modem);
        order.push(deviceId);
      }
      if (modem.transport === transport) modem.update(true);
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
      if (!device.ghost) throw new LebError('DEVICE_UNSUITABLE', { deviceId, state: device.view().state });
      void device.close();
      drop(deviceId);
    },
    async close() {
      closing.abort();
      await Promise.all([...readers.values(), ...modems.values()].map((device) => device.close()));
      await Promise.race([Promise.all(watching), pause(2000, AbortSignal.timeout(2000))]);
      snapshot.close();
    },
  };
}

/** By what USB says; ports of other kinds are each a thing of their own. */
function sameHardware(one: SerialPortInfo, other: SerialPortInfo): boolean {
  return (
    one.usbVendorId !== null &&
    one.serialNumber !== null &&
    one.usbVendorId === other.usbVendorId &&
    one.usbProductId === other.usbProductId &&
    one.serialNumber === other.serialNumber
  );
}
