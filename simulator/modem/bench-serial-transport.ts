import { setImmediate } from 'node:timers/promises';
import { DeviceError } from '#native/errors.ts';
import type { SerialConnection, SerialPortInfo, SerialTransport } from '#native/transport/serial-transport.ts';
import { makeSnapshots } from '../snapshots.ts';
import type { ModemPlug } from './modem-plug.ts';
import type { VirtualModem } from './virtual-modem.ts';

/** The plug in the process: a modem of the bench as one more serial transport. */
export type BenchSerialTransport = { readonly transport: SerialTransport; close(): void };

type Listener = Parameters<SerialConnection['listen']>[0];

export function makeBenchSerialTransport(path: string, modem: VirtualModem, plug: ModemPlug): BenchSerialTransport {
  const port: SerialPortInfo = {
    path,
    usbVendorId: '2c7c',
    usbProductId: '0125',
    serialNumber: modem.imei,
    manufacturer: 'Quectel',
    product: null,
    driver: null,
    usbInterface: 2,
    location: null,
    role: 'at',
    probe: true,
  };
  let open: { deliver(bytes: Uint8Array): void; end(unplugged: boolean): void } | null = null;
  const snapshots = makeSnapshots(() => ({ available: true as const, ports: plug.plugged() ? [port] : [] }));

  modem.onOutput((bytes) => open?.deliver(bytes));
  plug.onChange((plugged) => {
    if (!plugged) open?.end(true);
    snapshots.announce();
  });

  function connect(): SerialConnection {
    if (!plug.plugged()) throw new DeviceError('PORT_NOT_FOUND', { port: path });
    if (open !== null) throw new DeviceError('PORT_BUSY', { port: path });
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
      path,
      async write(bytes) {
        await setImmediate();
        if (!isOpen) throw new DeviceError('PORT_CLOSED', { port: path });
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
    transport: {
      id: 'bench',
      virtual: true,
      watch: (signal) => snapshots.watch(signal),
      open: async (wanted) => {
        if (wanted !== path) throw new DeviceError('PORT_NOT_FOUND', { port: wanted });
        return connect();
      },
    },
    close() {
      plug.close();
      open?.end(true);
      snapshots.announce();
    },
  };
}
