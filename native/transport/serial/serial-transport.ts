import type * as serialPackage from 'serialport';
import { DeviceError } from '../../errors.ts';
import type { SerialConnection, SerialTransport, SerialTransportState } from '../serial-transport.ts';
import { listPorts } from './list-ports.ts';
import type { ModemPortTable } from './modem-port-table.ts';
import { createPortAlarm } from './port-alarm.ts';
import { createSystemPortLister, type PortLister } from './port-lister.ts';
import { createSerialConnection } from './serial-connection.ts';
import { explainOpenError } from './serial-errors.ts';

const openDeadlineMs = 10_000;

export type SerialTransportOptions = {
  /** Ports that the person named (setting or environment): probed without asking, shown while they exist. */
  readonly paths?: readonly string[] | undefined;
  /** What speaks on the interfaces of known modems. */
  readonly table?: ModemPortTable | undefined;
  /** In place of the system's own list. */
  readonly lister?: PortLister | undefined;
};

/** The system's serial ports. */
export function createSerialTransport(options: SerialTransportOptions = {}): SerialTransport {
  return {
    id: 'serial',
    virtual: false,
    watch: (signal) => watchPorts(options, signal),
    open: openPort,
  };
}

/** Loaded when it is needed. @throws DeviceError SERIAL_MISSING where there is no binary of it for this system */
async function loadPackage(): Promise<typeof serialPackage> {
  try {
    return await import('serialport');
  } catch (cause) {
    throw new DeviceError('SERIAL_MISSING', {}, { cause });
  }
}

async function openPort(path: string): Promise<SerialConnection> {
  const { SerialPort } = await loadPackage();
  // hupcl would drop DTR when we close, and some modems take that for "switch off".
  const port = new SerialPort({ path, baudRate: 115_200, autoOpen: false, lock: true, hupcl: false });
  try {
    await openInTime(port);
  } catch (error) {
    throw await explainOpenError(error, path);
  }
  return createSerialConnection(port, path);
}

function openInTime(port: serialPackage.SerialPort): Promise<void> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new DeviceError('PORT_BUSY', { port: port.path, reason: 'deadline' }));
    }, openDeadlineMs);
    port.open((error) => {
      clearTimeout(timer);
      if (error !== null) reject(error);
      else if (late) port.close(() => undefined);
      else resolve();
    });
  });
}

async function* watchPorts(options: SerialTransportOptions, signal: AbortSignal): AsyncGenerator<SerialTransportState> {
  let list: PortLister;
  try {
    const { SerialPort } = await loadPackage();
    list = options.lister ?? createSystemPortLister(() => SerialPort.list());
  } catch {
    yield { available: false, reason: 'SERIAL_MISSING' };
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    return;
  }
  const named = options.paths ?? [];
  const alarm = createPortAlarm(named, signal);
  try {
    let known: string | null = null;
    while (!signal.aborted) {
      const ports = await listPorts(list, options.table ?? {}, named);
      const key = JSON.stringify(ports);
      if (key !== known) yield { available: true, ports };
      known = key;
      await alarm.next();
    }
  } finally {
    alarm.close();
  }
}
