import { setImmediate } from 'node:timers/promises';
import { DeviceError } from '#native/errors.ts';
import type { SerialConnection, SerialPortInfo, SerialTransport } from '#native/transport/serial-transport.ts';
import { makeSnapshots } from '../snapshots.ts';
import type { ModemPlug, PluggableModem } from './modem-plug.ts';
import type { VirtualModem } from './virtual-modem.ts';

/** The plug in the process: modems of the bench as one more serial transport. */
export type BenchSerialTransport = { readonly transport: SerialTransport; close(): void };

/** What a system knows of a port before anybody has opened it. */
export type PortFacts = Pick<SerialPortInfo, 'usbVendorId' | 'usbProductId' | 'usbInterface' | 'manufacturer' | 'serialNumber'> & {
  /** It has another path each time that it comes back. */
  readonly renames: boolean;
};

export type PluggedModem = { readonly modem: PluggableModem; readonly plug: ModemPlug; readonly port: PortFacts };

export function portOf({ kind, imei }: VirtualModem): PortFacts {
  const { usb, manufacturer } = kind.vendor;
  return {
    usbVendorId: usb.vendorId,
    usbProductId: usb.productId,
    usbInterface: usb.interface,
    manufacturer,
    serialNumber: imei,
    renames: kind.traits.renames,
  };
}

type Listener = Parameters<SerialConnection['listen']>[0];

/** @param modems by the paths of their ports */
export function makeBenchSerialTransport(modems: ReadonlyMap<string, PluggedModem>): BenchSerialTransport {
  const snapshots = makeSnapshots(() => ({ available: true as const, ports: ports.flatMap((port) => port.list()) }));
  const ports = [...modems].map(([path, plugged], index) => makeBenchPort(path, `bench-${index}`, plugged, () => snapshots.announce()));
  return {
    transport: {
      id: 'bench',
      virtual: true,
      watch: (signal) => snapshots.watch(signal),
      async open(wanted) {
        const port = ports.find((one) => one.path() === wanted);
        if (port === undefined) throw new DeviceError('PORT_NOT_FOUND', { port: wanted });
        return port.connect();
      },
    },
    close() {
      for (const port of ports) port.close();
    },
  };
}

type BenchPort = { path(): string; list(): readonly SerialPortInfo[]; connect(): SerialConnection; close(): void };

function makeBenchPort(firstPath: string, location: string, { modem, plug, port: facts }: PluggedModem, announce: () => void): BenchPort {
  const { renames, ...known } = facts;
  let path = firstPath;
  let returns = 0;
  let open: { deliver(bytes: Uint8Array): void; end(unplugged: boolean): void } | null = null;

  modem.onOutput((bytes) => open?.deliver(bytes));
  plug.onChange((plugged) => {
    if (!plugged) open?.end(true);
    else if (renames) path = `${firstPath}-${(returns += 1)}`;
    announce();
  });

  function connect(): SerialConnection {
    const port = path;
    if (!plug.plugged()) throw new DeviceError('PORT_NOT_FOUND', { port });
    if (open !== null) throw new DeviceError('PORT_BUSY', { port });
    let listener: Listener | null = null;
    let isOpen = true;
    const early: Uint8Array[] = [];
    const line = {
      deliver(bytes: Uint8Array): void {
        if (listener === null) early.push(bytes);
        else listener.onData(bytes);
      },
      end(unplugged: boolean): void {
        if (!isOpen) return;
        isOpen = false;
        if (open === line) open = null;
        listener?.onClose(unplugged);
      },
    };
    open = line;
    return {
      path: port,
      async write(bytes) {
        await setImmediate();
        if (!isOpen) throw new DeviceError('PORT_CLOSED', { port });
        modem.receive(bytes);
      },
      listen(next) {
        listener = next;
        for (const bytes of early.splice(0)) next.onData(bytes);
      },
      async close() {
        line.end(false);
      },
    };
  }

  return {
    path: () => path,
    list: () => (plug.plugged() ? [portInfo()] : []),
    connect,
    close() {
      plug.close();
      open?.end(true);
      announce();
    },
  };

  function portInfo(): SerialPortInfo {
    return { ...known, path, product: null, driver: null, location, role: 'at', probe: true };
  }
}
