import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeviceError } from '../../errors.ts';

const program = 'LEB Companion';
const askingMs = 500;

/**
 * Takes a modem for this program. The lock of a port is not enough: a second program of ours that finds the first port of a modem taken would go on to
 * the next one, and two programs would speak with one card. The name of a local socket belongs to one program, and the system takes it back when that
 * ends, however it ends.
 * @param place where the modem is plugged in, the same for each of its ports; the port itself where it has but one
 * @returns gives it back; may be called twice
 * @throws DeviceError PORT_BUSY with details.holder and details.holderPid
 */
export async function claimModem(place: string, port: string): Promise<() => void> {
  const address = addressOf(place);
  for (let attempt = 0; ; attempt += 1) {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(String(process.pid));
    });
    try {
      await listen(server, address);
      server.unref();
      return () => void server.close();
    } catch (error) {
      // A system on which such a name cannot be had must not keep anybody from a modem.
      if (!isTaken(error)) return () => undefined;
    }
    const holderPid = await askHolder(address);
    if (holderPid !== null || attempt > 0) throw new DeviceError('PORT_BUSY', { port, holder: program, holderPid });
    // A file may be left of a program that was ended; the other systems leave nothing.
    if (hasFile) await rm(address, { force: true });
  }
}

const hasFile = !['linux', 'win32'].includes(process.platform);

function addressOf(place: string): string {
  const name = `leb-companion-modem-${createHash('sha256').update(place).digest('hex').slice(0, 24)}`;
  if (process.platform === 'linux') return `\0${name}`; // no file: the name is in a space of its own
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
}

/** The number of the program that has the name; null where none answers. */
function askHolder(address: string): Promise<number | null> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(address);
    const finish = (pid: number | null): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(pid);
    };
    const timer = setTimeout(() => finish(null), askingMs);
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      text = (text + piece).slice(0, 16);
    });
    socket.on('error', () => finish(null));
    socket.on('end', () => finish(/^\d{1,10}$/.test(text) ? Number(text) : null));
  });
}
