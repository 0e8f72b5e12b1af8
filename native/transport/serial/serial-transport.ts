import { watch as watchFolder } from 'node:fs';
import type * as serialPackage from 'serialport';
import { DeviceError } from '../../errors.ts';
import type { SerialConnection, SerialTransport, SerialTransportState } from '../serial-transport.ts';
import { listPorts } from './list-ports.ts';
import { createSerialConnection } from './serial-connection.ts';
import { openError } from './serial-errors.ts';

/** Ports are looked for this often; a change in `/dev` is seen at once. Named paths lie elsewhere, and a look at them costs next to nothing. */
const lookEveryMs = 2_000;
const lookForNamedEveryMs = 500;
/** A modem brings several ports, one after the other: they are told together. */
const settleMs = 200;
const openDeadlineMs = 10_000;

/**
 * The system's serial ports.
 * @param options.paths ports that the person named (setting or environment): probed without asking, shown while they exist
 */
export function createSerialTransport(options: { readonly paths?: readonly string[] | undefined } = {}): SerialTransport {
  const named = options.paths ?? [];
  return {
    id: 'serial',
    virtual: false,
    watch: (signal) => watchPorts(named, signal),
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
  await new Promise<void>((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new DeviceError('PORT_BUSY', { port: path, reason: 'deadline' }));
    }, openDeadlineMs);
    port.open((error) => {
      clearTimeout(timer);
      if (error !== null) reject(openError(error, path));
      else if (late) port.close(() => undefined);
      else resolve();
    });
  });
  return createSerialConnection(port, path);
}

async function* watchPorts(named: readonly string[], signal: AbortSignal): AsyncGenerator<SerialTransportState> {
  let list: () => ReturnType<typeof serialPackage.SerialPort.list>;
  try {
    const { SerialPort } = await loadPackage();
    list = () => SerialPort.list();
  } catch {
    yield { available: false, reason: 'SERIAL_MISSING' };
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    return;
  }
  const alarm = createAlarm(signal);
  try {
    let known: string | null = null;
    while (!signal.aborted) {
      const ports = await listPorts(list, named);
      const key = JSON.stringify(ports);
      if (key !== known) yield { available: true, ports };
      known = key;
      await alarm.next(named.length > 0 ? lookForNamedEveryMs : lookEveryMs);
    }
  } finally {
    alarm.close();
  }
}

/** Rings when something changes in `/dev` (where there is such a folder), when the time is over, and when the watching ends. */
function createAlarm(signal: AbortSignal): { next(timeoutMs: number): Promise<void>; close(): void } {
  let ring: ((delayMs: number) => void) | null = null;
  let watcher: ReturnType<typeof watchFolder> | null = null;
  if (process.platform === 'linux' || process.platform === 'darwin') {
    try {
      watcher = watchFolder('/dev', { persistent: false }, (_event, name) => {
        if (name === null || /^(?:tty|cu\.|wwan)/.test(name)) ring?.(settleMs);
      });
      // Without the watcher the regular look remains.
      watcher.on('error', () => undefined);
    } catch {
      watcher = null;
    }
  }
  const onAbort = (): void => ring?.(0);
  signal.addEventListener('abort', onAbort);
  return {
    next: (timeoutMs) =>
      new Promise((resolve) => {
        let timer = setTimeout(resolve, signal.aborted ? 0 : timeoutMs);
        ring = (delayMs) => {
          clearTimeout(timer);
          timer = setTimeout(resolve, delayMs);
        };
      }),
    close: () => {
      signal.removeEventListener('abort', onAbort);
      watcher?.close();
    },
  };
}
