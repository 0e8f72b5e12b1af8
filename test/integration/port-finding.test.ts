import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listSysfsPorts } from '#native/transport/serial/listers/sysfs-ports.ts';
import { readModemPortTable } from '#native/transport/serial/modem-port-table.ts';
import { findPortHolder } from '#native/transport/serial/port-holder.ts';
import { createSerialTransport } from '#native/transport/serial/serial-transport.ts';
import type { SerialPortInfo } from '#native/transport/serial-transport.ts';
import modemUsbPorts from '#resources/facts/modem-usb-ports.json' with { type: 'json' };

/** A machine's `/sys`, laid out as the kernel lays it out: real folders under `devices`, links from the classes and to the drivers. */
let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'leb-sysfs-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(join(root, folder), { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(root, folder, name), `${content}\n`);
}

function link(from: string, to: string): void {
  mkdirSync(dirname(join(root, from)), { recursive: true });
  symlinkSync(relative(dirname(join(root, from)), join(root, to)), join(root, from));
}

const pci = 'sys/devices/pci0000:00/0000:00:14.0';

function plugUsb(place: string, facts: Readonly<Record<string, string>>): string {
  const device = `${pci}/usb1/${place}`;
  write(device, facts);
  return device;
}

/** A `ttyUSB` hangs on a port device inside the interface, a `ttyACM` on the interface itself. */
function addTty(device: string, number: string, name: string, driver: string): void {
  const usbInterface = `${device}/${device.split('/').at(-1) ?? ''}:1.${Number.parseInt(number, 16)}`;
  write(usbInterface, { bInterfaceNumber: number });
  write(`sys/bus/usb/drivers/${driver}`, {});
  link(`${usbInterface}/driver`, `sys/bus/usb/drivers/${driver}`);
  const parent = name.startsWith('ttyUSB') ? `${usbInterface}/${name}` : usbInterface;
  write(`${parent}/tty/${name}`, { dev: '188:0' });
  link(`${parent}/tty/${name}/device`, parent);
  link(`sys/class/tty/${name}`, `${parent}/tty/${name}`);
}

describe('ports of a Linux machine', () => {
  it('tells of each port which interface of which device it is, and where that is plugged in', async () => {
    const ec25 = plugUsb('1-4', { idVendor: '2c7c', idProduct: '0125', manufacturer: 'Quectel', product: 'EC25-E' });
    addTty(ec25, '02', 'ttyUSB2', 'option');
    const xmm = plugUsb('1-5.2', { idVendor: '2cb7', idProduct: '0007', serial: '004999010640000' });
    addTty(xmm, '0a', 'ttyACM3', 'cdc_acm');
    const wwan = 'sys/devices/pci0000:00/0000:00:1c.0/0000:01:00.0/wwan/wwan0';
    write(`${wwan}/wwan0at0`, { type: 'AT' });
    link(`${wwan}/wwan0at0/device`, wwan);
    link('sys/class/wwan/wwan0at0', `${wwan}/wwan0at0`);
    write(`${wwan}/wwan0qmi0`, { type: 'QMI' });
    link('sys/class/wwan/wwan0qmi0', `${wwan}/wwan0qmi0`);
    write('sys/class/tty/ttyS0', {});
    write('sys/class/tty/tty1', {});

    const ports = await listSysfsPorts(root);
    expect(ports.toSorted((one, other) => one.path.localeCompare(other.path))).toEqual([
      {
        path: '/dev/ttyACM3',
        usbVendorId: '2cb7',
        usbProductId: '0007',
        serialNumber: '004999010640000',
        manufacturer: null,
        product: null,
        driver: 'cdc_acm',
        usbInterface: 10,
        location: '/sys/devices/pci0000:00/0000:00:14.0/usb1/1-5.2',
        role: null,
      },
      {
        path: '/dev/ttyUSB2',
        usbVendorId: '2c7c',
        usbProductId: '0125',
        serialNumber: null,
        manufacturer: 'Quectel',
        product: 'EC25-E',
        driver: 'option',
        usbInterface: 2,
        location: '/sys/devices/pci0000:00/0000:00:14.0/usb1/1-4',
        role: null,
      },
      {
        path: '/dev/wwan0at0',
        usbVendorId: null,
        usbProductId: null,
        serialNumber: null,
        manufacturer: null,
        product: null,
        driver: null,
        usbInterface: null,
        location: '/sys/devices/pci0000:00/0000:00:1c.0/0000:01:00.0',
        role: 'at',
      },
    ]);
  });

  it('has no ports where there is no such folder, and leaves out what vanishes while it looks', async () => {
    expect(await listSysfsPorts(root)).toEqual([]);
    write('sys/class/tty', {});
    symlinkSync(join(root, 'gone'), join(root, 'sys/class/tty/ttyUSB0'));
    expect(await listSysfsPorts(root)).toMatchObject([{ path: '/dev/ttyUSB0', usbVendorId: null, location: null }]);
  });
});

describe('watching', () => {
  const table = readModemPortTable(modemUsbPorts);

  it('tells of ports that come and go, and which of them may be written to', async () => {
    const watching = new AbortController();
    const transport = createSerialTransport({ table, lister: () => listSysfsPorts(root) });
    const states = transport.watch(watching.signal)[Symbol.asyncIterator]();
    const next = async (): Promise<readonly SerialPortInfo[]> => {
      const { value, done } = await states.next();
      if (done === true || !value.available) return expect.fail('the watching ended');
      return value.ports;
    };
    expect(await next()).toEqual([]);
    const ec25 = plugUsb('1-4', { idVendor: '2c7c', idProduct: '0125' });
    for (const number of [0, 1, 2, 3]) addTty(ec25, `0${number}`, `ttyUSB${number}`, 'option');
    addTty(plugUsb('1-7', { idVendor: '2341', idProduct: '0043' }), '00', 'ttyACM0', 'cdc_acm');
    // Between two looks everything may have come, or only a part of it.
    let ports = await next();
    while (ports.length < 5) ports = await next();
    expect(ports.map(({ path, role, probe }) => `${path} ${role} ${probe}`)).toEqual([
      '/dev/ttyACM0 null false',
      '/dev/ttyUSB0 diag false',
      '/dev/ttyUSB1 nmea false',
      '/dev/ttyUSB2 at true',
      '/dev/ttyUSB3 atSecondary true',
    ]);
    unlinkSync(join(root, 'sys/class/tty/ttyUSB2'));
    expect((await next()).map(({ path }) => path)).not.toContain('/dev/ttyUSB2');
    watching.abort();
    expect(await states.next()).toMatchObject({ done: true });
  });

  it('sees at once that a named path leads to a terminal, and that it does not any more', async () => {
    const watching = new AbortController();
    const path = join(root, 'modem');
    const transport = createSerialTransport({ table, paths: [path], lister: () => Promise.resolve([]) });
    const states = transport.watch(watching.signal)[Symbol.asyncIterator]();
    expect((await states.next()).value).toEqual({ available: true, ports: [] });
    const came = states.next();
    const began = performance.now();
    symlinkSync('/dev/null', path);
    expect((await came).value).toMatchObject({ ports: [{ path, probe: true }] });
    const left = states.next();
    unlinkSync(path);
    expect((await left).value).toEqual({ available: true, ports: [] });
    // Two events; without them it would have been two looks, two seconds each.
    expect(performance.now() - began).toBeLessThan(1_900);
    watching.abort();
    await states.return?.();
  });
});

describe.skipIf(process.platform !== 'linux')('who holds a port', () => {
  it('is found among the programs that run, through links', async () => {
    const port = join(root, 'port');
    writeFileSync(port, '');
    symlinkSync(port, join(root, 'link'));
    expect(await findPortHolder(port)).toBeNull();
    // The lock leaves the file open and becomes `sleep`.
    const program = spawn('flock', ['--no-fork', port, 'sleep', '30'], { stdio: 'ignore' });
    try {
      await expect.poll(() => findPortHolder(join(root, 'link')), { timeout: 5_000 }).toEqual({ name: 'sleep', pid: program.pid });
    } finally {
      program.kill('SIGKILL');
    }
    await once(program, 'exit');
    expect(await findPortHolder(port)).toBeNull();
  });

  it('is nobody where the port is gone or nothing can be looked at', async () => {
    expect(await findPortHolder(join(root, 'none'))).toBeNull();
    expect(await findPortHolder('/dev/null', root)).toBeNull();
  });
});
