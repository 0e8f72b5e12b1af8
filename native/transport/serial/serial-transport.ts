import { realpath } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type * as serialPackage from 'serialport';
import { DeviceError, isDeviceError } from '../../errors.ts';
import type { ModemManager, Taking } from '../modem-manager/modem-manager.ts';
import type { SerialConnection, SerialPortInfo, SerialTransport, SerialTransportState } from '../serial-transport.ts';
import { listPorts } from './list-ports.ts';
import { claimModem } from './modem-claim.ts';
import type { ModemPortTable } from './modem-port-table.ts';
import { createPortAlarm } from './port-alarm.ts';
import { findPortHolder } from './port-holder.ts';
import { createSystemPortLister, type PortLister } from './port-lister.ts';
import { createSerialConnection } from './serial-connection.ts';
import { explainOpenError } from './serial-errors.ts';

const openDeadlineMs = 10_000;
/** ModemManager closes the ports of a modem that it lets go one after the other. */
const letGoMs = 5_000;
const letGoStepMs = 200;
/** A modem that restarts is not given back: whoever opens it first would have it. */
const restartMs = 90_000;

export type SerialTransportOptions = {
  /** Ports that the person named (setting or environment): probed without asking, shown while they exist. */
  readonly paths?: readonly string[] | undefined;
  /** What speaks on the interfaces of known modems. */
  readonly table?: ModemPortTable | undefined;
  /** In place of the system's own list. */
  readonly lister?: PortLister | undefined;
  /** Who else may have a modem; left out: nobody who could be asked. */
  readonly modemManager?: ModemManager | undefined;
};

/** The system's serial ports. */
export function createSerialTransport(options: SerialTransportOptions = {}): SerialTransport {
  /** As they were listed last: where each port is plugged in. */
  let listed: readonly SerialPortInfo[] = [];
  return {
    id: 'serial',
    virtual: false,
    async *watch(signal) {
      for await (const state of watchPorts(options, signal)) {
        if (state.available) listed = state.ports;
        yield state;
      }
    },
    async open(path) {
      const location = listed.find((port) => port.path === path)?.location ?? null;
      const giveBack = await claimModem(location ?? (await realpath(path).catch(() => path)), path);
      let taking: Taking = { kind: 'free' };
      try {
        taking = (await options.modemManager?.take({ path, location })) ?? taking;
        return await openTaken(path, taking, giveBack);
      } catch (error) {
        if (taking.kind === 'taken') taking.giveBack(0);
        giveBack();
        throw error;
      }
    },
  };
}

/** Opens a port that ModemManager has let go of, or has nothing to do with, or does not let go. */
async function openTaken(path: string, taking: Taking, onEnd: () => void): Promise<SerialConnection> {
  // An administrator gets every port, the one of a data connection too: whether somebody has it open must be asked before.
  if (taking.kind === 'connected' && process.getuid?.() === 0 && (await findPortHolder(path)) !== null) throw held(path, taking);
  const deadline = performance.now() + letGoMs;
  for (;;) {
    try {
      return await openPort(path, (unplugged) => {
        if (taking.kind === 'taken') taking.giveBack(unplugged ? restartMs : 0);
        onEnd();
      });
    } catch (error) {
      if (!isDeviceError(error) || error.code !== 'PORT_BUSY') throw error;
      if (taking.kind === 'connected' || taking.kind === 'refused') throw held(path, taking, error);
      if (taking.kind === 'free' || performance.now() > deadline) throw error;
      await wait(letGoStepMs);
    }
  }
}

function held(path: string, taking: Taking, cause?: unknown): DeviceError {
  const reason = taking.kind === 'refused' ? taking.reason : null;
  return new DeviceError('PORT_BUSY', { port: path, holder: 'ModemManager', connected: taking.kind === 'connected', reason }, { cause });
}

/** Loaded when it is needed. @throws DeviceError SERIAL_MISSING where there is no binary of it for this system */
async function loadPackage(): Promise<typeof serialPackage> {
  try {
    return await import('serialport');
  } catch (cause) {
    throw new DeviceError('SERIAL_MISSING', {}, { cause });
  }
}

async function openPort(path: string, onEnd: (unplugged: boolean) => void): Promise<SerialConnection> {
  const { SerialPort } = await loadPackage();
  // hupcl would drop DTR when we close, and some modems take that for "switch off".
  const port = new SerialPort({ path, baudRate: 115_200, autoOpen: false, lock: true, hupcl: false });
  try {
    await openInTime(port);
  } catch (error) {
    throw await explainOpenError(error, path);
  }
  return createSerialConnection(port, path, onEnd);
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
