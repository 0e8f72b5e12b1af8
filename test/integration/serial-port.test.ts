import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SerialPort } from 'serialport';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { createSerialTransport } from '#native/transport/serial/serial-transport.ts';
import type { SerialConnection, SerialTransportState } from '#native/transport/serial-transport.ts';

/** The serial transport on a real pseudo-terminal whose other end sends back what it gets. */
const folder = mkdtempSync(join(tmpdir(), 'leb-serial-'));
const path = join(folder, 'modem');
const transport = createSerialTransport({ paths: [path] });
const nothing = {
  usbVendorId: null,
  usbProductId: null,
  serialNumber: null,
  manufacturer: null,
  product: null,
  driver: null,
  usbInterface: null,
  role: null,
} as const;
let echo: ChildProcess | null = null;
let states: AsyncIterator<SerialTransportState>;
let watching: AbortController;

beforeEach(async () => {
  watching = new AbortController();
  states = transport.watch(watching.signal)[Symbol.asyncIterator]();
});
afterEach(async () => {
  await unplug();
  watching.abort();
  await states.return?.();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function plugIn(): Promise<void> {
  echo = spawn('socat', [`pty,raw,echo=0,link=${path}`, 'exec:cat'], { stdio: 'ignore' });
  await untilPort(true);
}

async function unplug(): Promise<void> {
  const child = echo;
  echo = null;
  if (child === null || child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function untilPort(present: boolean): Promise<void> {
  for (;;) {
    const { value, done } = await states.next();
    if (done === true) expect.fail('the watching ended');
    if (value.available && value.ports.some((port) => port.path === path && port.probe) === present) return;
  }
}

type Heard = { readonly text: () => string; readonly closes: boolean[] };

function listenTo(connection: SerialConnection): Heard {
  let text = '';
  const closes: boolean[] = [];
  connection.listen({
    onData: (bytes) => {
      text += Buffer.from(bytes).toString('latin1');
    },
    onClose: (unplugged) => closes.push(unplugged),
  });
  return { text: () => text, closes };
}

it('opens a named port, carries bytes both ways, and closes it once', async () => {
  await plugIn();
  const connection = await transport.open(path);
  const heard = listenTo(connection);
  await connection.write(Buffer.from('AT+CGMI\r'));
  await expect.poll(heard.text).toBe('AT+CGMI\r');
  await connection.close();
  await connection.close();
  expect(heard.closes).toEqual([false]);
  await expect(connection.write(Buffer.from('AT\r'))).rejects.toMatchObject({ code: 'PORT_CLOSED' });

  // And it can be had again.
  const again = await transport.open(path);
  await again.close();
});

it('keeps what comes before somebody listens', async () => {
  await plugIn();
  const connection = await transport.open(path);
  await connection.write(Buffer.from('RDY\r\n'));
  await wait(200);
  expect(listenTo(connection).text()).toBe('RDY\r\n');
  await connection.close();
});

it('says why a port cannot be opened', async () => {
  await expect(transport.open(path)).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
  await expect(transport.open('/dev/null')).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
  await plugIn();
  const connection = await transport.open(path);
  await expect(transport.open(path)).rejects.toMatchObject({
    code: 'PORT_BUSY',
    details: { holder: 'LEB Companion', holderPid: process.pid },
  });
  await connection.close();
  await (await transport.open(path)).close();
});

it.skipIf(process.platform !== 'linux')('names a program that has the port open', async () => {
  await plugIn();
  const foreign = new SerialPort({ path, baudRate: 115_200 });
  await once(foreign, 'open');
  // Who locked it is this process, which is not named; the terminal's other end has it open too.
  await expect(transport.open(path)).rejects.toMatchObject({ details: { port: path, holder: 'socat', holderPid: echo?.pid } });
  foreign.close();
});

it('lets one program have a modem, whichever of its ports the other tries', async () => {
  await plugIn();
  const second = `${path}-second`;
  const other = spawn('socat', [`pty,raw,echo=0,link=${second}`, 'exec:cat'], { stdio: 'ignore' });
  const ports = [path, second].map((one) => ({ ...nothing, path: one, location: 'one modem' }));
  const [one, two] = [1, 2].map(() => createSerialTransport({ lister: () => Promise.resolve(ports) }));
  await one?.watch(watching.signal)[Symbol.asyncIterator]().next();
  await two?.watch(watching.signal)[Symbol.asyncIterator]().next();
  await expect.poll(() => existsSync(second)).toBe(true);
  const connection = await one?.open(path);
  await expect(two?.open(second)).rejects.toMatchObject({ code: 'PORT_BUSY', details: { port: second, holder: 'LEB Companion' } });
  await connection?.close();
  await (await two?.open(second))?.close();
  other.kill('SIGKILL');
});

it('notices within two seconds that the device is gone, tells it once, and finds it again', async () => {
  await plugIn();
  const connection = await transport.open(path);
  const heard = listenTo(connection);
  await unplug();
  await expect.poll(() => heard.closes, { timeout: 2_000 }).toEqual([true]);
  await expect(connection.write(Buffer.from('AT\r'))).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  await connection.close();
  await untilPort(false);
  await plugIn();
  const again = await transport.open(path);
  await again.close();
  expect(heard.closes).toEqual([true]);
});

it('tells a late listener that the device is gone already', async () => {
  await plugIn();
  const connection = await transport.open(path);
  await unplug();
  // A write fails as soon as the port has noticed, and then nobody has listened yet.
  await expect.poll(() => connection.write(Buffer.from('AT\r')).then(String, String)).toContain('PORT_CLOSED');
  expect(listenTo(connection).closes).toEqual([true]);
});
