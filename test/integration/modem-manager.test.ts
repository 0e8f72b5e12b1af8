import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { busCall, connectDbus } from '#native/transport/modem-manager/dbus-connection.ts';
import { createModemManager } from '#native/transport/modem-manager/modem-manager.ts';
import { createSerialTransport } from '#native/transport/serial/serial-transport.ts';
import { startFakeModemManager, type FakeModemManager } from './support/fake-modem-manager.ts';

const uid = '/sys/devices/pci0000:00/0000:00:14.0/usb1/1-4';
const missing = ['dbus-daemon', 'busctl', 'socat', 'flock'].filter((tool) => spawnSync('which', [tool]).status !== 0);

describe.skipIf(missing.length > 0)(`ModemManager${missing.length > 0 ? ` (missing here: ${missing.join(', ')})` : ''}`, () => {
  let folder = '';
  let path = '';
  let fake: FakeModemManager;
  let terminal: ChildProcess;
  let holding: ChildProcess | null = null;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'leb-manager-'));
    path = join(folder, 'ttyUSB2');
    fake = await startFakeModemManager(folder);
    fake.modems.push({ uid: '/sys/devices/other', port: 'ttyUSB9', state: 8 }, { uid, port: basename(path), state: 8 });
    fake.onChange = async (device, inhibited) => {
      if (device === uid) await (inhibited ? letGo() : hold());
    };
    terminal = spawn('socat', [`pty,raw,echo=0,link=${path}`, 'exec:cat'], { stdio: 'ignore' });
    await expect.poll(() => existsSync(path), { timeout: 5_000 }).toBe(true);
    await hold();
  });
  afterEach(async () => {
    await letGo();
    terminal.kill('SIGKILL');
    await fake.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The manager has the port: a program of its own that locks it, as the real one has it open. */
  async function hold(): Promise<void> {
    const program = spawn('flock', ['--no-fork', path, 'sleep', '60'], { stdio: 'ignore' });
    holding = program;
    await expect.poll(() => spawnSync('flock', ['--nonblock', path, 'true']).status, { timeout: 5_000 }).not.toBe(0);
  }

  async function letGo(): Promise<void> {
    const program = holding;
    holding = null;
    if (program === null || program.exitCode !== null) return;
    program.kill('SIGKILL');
    await once(program, 'exit');
  }

  const open = () => createSerialTransport({ modemManager: createModemManager(fake.address) }).open(path);

  it('is spoken to as a program of the system speaks to it', async () => {
    const { stdout } = await promisify(execFile)('busctl', [
      `--address=${fake.address}`,
      'call',
      'org.freedesktop.ModemManager1',
      '/org/freedesktop/ModemManager1',
      'org.freedesktop.DBus.ObjectManager',
      'GetManagedObjects',
    ]);
    expect(stdout).toContain(`"Device" s "${uid}"`);
    const bus = await connectDbus(fake.address);
    const [names] = await bus.call(busCall('ListNames'));
    expect(names).toEqual(expect.arrayContaining(['org.freedesktop.DBus', 'org.freedesktop.ModemManager1']));
    await expect(bus.call(busCall('GetNameOwner', 'org.example.None'))).rejects.toMatchObject({
      errorName: 'org.freedesktop.DBus.Error.NameHasNoOwner',
    });
    bus.close();
    await expect(bus.call(busCall('ListNames'))).rejects.toThrow('ended');
  });

  it('lets a port go while we use it, and gets it back', async () => {
    const connection = await open();
    expect([...fake.inhibited.keys()]).toEqual([uid]);
    let heard = '';
    connection.listen({ onData: (bytes) => (heard += Buffer.from(bytes).toString()), onClose: () => undefined });
    await connection.write(Buffer.from('AT\r'));
    await expect.poll(() => heard).toBe('AT\r');
    await connection.close();
    await expect.poll(() => fake.changes).toEqual([`+${uid}`, `-${uid}`]);
  });

  it('gets it back when our program is killed', async () => {
    const code = `
      import { createModemManager } from '#native/transport/modem-manager/modem-manager.ts';
      const taking = await createModemManager(process.argv[1]).take({ path: process.argv[2], location: null });
      console.log(taking.kind);
      setInterval(() => undefined, 1000);`;
    const program = spawn(process.execPath, ['--input-type=module', '--eval', code, fake.address, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(program.stdout, 'data')) as [Buffer];
    expect(said.toString()).toBe('taken\n');
    expect(fake.inhibited.has(uid)).toBe(true);
    program.kill('SIGKILL');
    await expect.poll(() => fake.inhibited.has(uid)).toBe(false);
  });

  it('does not get a modem back that restarts while we use it', async () => {
    const manager = createModemManager(fake.address);
    const first = await manager.take({ path, location: uid });
    if (first.kind !== 'taken') expect.fail(first.kind);
    first.giveBack(60_000);
    const second = await manager.take({ path: join(folder, 'ttyUSB6'), location: uid });
    if (second.kind !== 'taken') expect.fail(second.kind);
    expect(fake.changes).toEqual([`+${uid}`]);
    second.giveBack(50);
    await expect.poll(() => fake.changes).toEqual([`+${uid}`, `-${uid}`]);
  });

  it('keeps a modem that the person is on the internet with, and is named', async () => {
    fake.modems[1] = { uid, port: basename(path), state: 11 };
    await expect(open()).rejects.toMatchObject({ code: 'PORT_BUSY', details: { holder: 'ModemManager', connected: true } });
    expect(fake.changes).toEqual([]);
  });

  it('is named where it lets nothing go', async () => {
    fake.refuse = true;
    await expect(open()).rejects.toMatchObject({ code: 'PORT_BUSY', details: { holder: 'ModemManager', connected: false } });
  });

  it('is left alone about ports that it does not have, and nobody waits where there is no bus', async () => {
    const port = { path: '/dev/ttyACM7', location: null };
    expect(await createModemManager(fake.address).take(port)).toEqual({ kind: 'free' });
    expect(await createModemManager(`unix:path=${join(folder, 'nothing')}`).take(port)).toEqual({ kind: 'free' });
    expect(await createModemManager('tcp:host=localhost,port=1').take(port)).toEqual({ kind: 'free' });
    expect(fake.changes).toEqual([]);
  });
});
