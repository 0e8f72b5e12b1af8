import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Context } from 'smartcard';

/** The readers of vsmartcard's driver, and where a virtual card connects to lie in them. One card at a time for each. */
export const virtualReaders = [
  { name: 'Virtual PCD 00 00', host: '127.0.0.1', port: 35_963 },
  { name: 'Virtual PCD 00 01', host: '127.0.0.1', port: 35_964 },
] as const;

const socketPath = '/run/pcscd/pcscd.comm';
const readyWithin = 15_000; // milliseconds

/**
 * Starts pcscd where none runs, and waits until it shows its virtual readers. What is started here ends by itself after a minute
 * without a client, so that no test pulls the service from under another one.
 * @throws Error that says what is missing
 */
export async function ensurePcscd(): Promise<void> {
  let complaint = '';
  if (!(await isRunning())) {
    const child = spawn('pcscd', ['--foreground', '--auto-exit'], { detached: true, stdio: 'ignore' });
    child.on('error', (error) => {
      complaint = error.message;
    });
    child.unref();
  }
  const deadline = Date.now() + readyWithin;
  for (;;) {
    const names = readerNames();
    if (virtualReaders.every((reader) => names.includes(reader.name))) return;
    if (Date.now() > deadline)
      throw new Error(`pcscd shows ${names.join(', ') || 'no reader'}: is vsmartcard-vpcd installed? ${complaint}`);
    await wait(100);
  }
}

function isRunning(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

function readerNames(): readonly string[] {
  try {
    const context = new Context();
    try {
      return context.listReaders().map((reader) => reader.name);
    } finally {
      context.close();
    }
  } catch {
    // The service is not there yet, or has no readers yet: both are told as an exception.
    return [];
  }
}
