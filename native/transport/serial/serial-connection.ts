import { realpath, stat } from 'node:fs/promises';
import type { SerialPort } from 'serialport';
import { DeviceError } from '../../errors.ts';
import type { SerialConnection } from '../serial-transport.ts';

/** A modem that takes nothing for this long has hung up, whatever the port says. Slow ones have been seen to need more than two seconds. */
const writeDeadlineMs = 10_000;
/** The system may hold a closing port until its output is gone. */
const closeDeadlineMs = 2_000;
/** A hung-up USB port can read as "no data" for ever: its node in the file system tells the truth. */
const nodeCheckMs = 1_000;
/** What comes before somebody listens is kept, up to here. */
const earlyBytesLimit = 65_536;

type Listener = Parameters<SerialConnection['listen']>[0];

/**
 * An open port. Reading starts at once: a port that nobody reads from does not notice that the device is gone.
 * @param onEnd called once when the port is over
 */
export async function createSerialConnection(
  port: SerialPort,
  path: string,
  onEnd: (unplugged: boolean) => void,
): Promise<SerialConnection> {
  let listener: Listener | null = null;
  let early: Buffer[] = [];
  let earlyBytes = 0;
  /** Null while the port is open, then whether the device vanished. */
  let ended: { readonly unplugged: boolean } | null = null;
  let closing: Promise<void> | null = null;
  const writes = new Set<(error: DeviceError) => void>();

  const node = await realpath(path).catch(() => null);
  const nodeCheck = setInterval(() => {
    if (node === null) return;
    stat(node).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') end(true);
    });
  }, nodeCheckMs);
  nodeCheck.unref();

  /** The port is over, for whatever reason; the binding reports one unplugging up to three times. */
  function end(unplugged: boolean): void {
    if (ended !== null) return;
    ended = { unplugged };
    clearInterval(nodeCheck);
    for (const reject of writes) reject(portClosed('closed during a write'));
    writes.clear();
    // Where the device vanished the binding may still think that its port is open.
    if (port.isOpen && closing === null) port.close(() => undefined);
    listener?.onClose(unplugged);
    onEnd(unplugged);
  }

  function portClosed(reason: string, cause?: unknown): DeviceError {
    return new DeviceError('PORT_CLOSED', { port: path, reason }, cause === undefined ? {} : { cause });
  }

  port.on('data', (bytes: Buffer) => {
    if (ended !== null) return;
    if (listener !== null) listener.onData(bytes);
    else if (earlyBytes < earlyBytesLimit) {
      early.push(bytes);
      earlyBytes += bytes.length;
    }
  });
  // An error without a listener would end the process. After a failed read or write the port is of no use any more.
  port.on('error', () => end(closing === null));
  port.on('close', () => end(closing === null));

  return {
    path,
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (ended !== null || closing !== null) {
          reject(portClosed('closed'));
          return;
        }
        const fail = (error: DeviceError): void => {
          clearTimeout(timer);
          writes.delete(fail);
          reject(error);
        };
        const timer = setTimeout(() => fail(portClosed('deadline')), writeDeadlineMs);
        writes.add(fail);
        // The binding never calls back for a port that is closed meanwhile; `end` rejects then.
        port.write(Buffer.from(bytes), (error) => {
          if (error) {
            fail(portClosed(error.message, error));
            // The binding will say so too, but later: who hears of the failed write must not find the port open.
            end(closing === null);
            return;
          }
          clearTimeout(timer);
          writes.delete(fail);
          resolve();
        });
      }),
    listen: (next) => {
      listener = next;
      const kept = early;
      early = [];
      for (const bytes of kept) next.onData(bytes);
      if (ended !== null) next.onClose(ended.unplugged);
    },
    close: () => {
      closing ??= new Promise<void>((resolve) => {
        if (ended !== null || !port.isOpen) {
          resolve();
          return;
        }
        const timer = setTimeout(resolve, closeDeadlineMs);
        port.close(() => {
          clearTimeout(timer);
          resolve();
        });
      }).then(() => end(false));
      return closing;
    },
  };
}
