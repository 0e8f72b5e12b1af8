import { afterEach, describe, expect, it } from 'vitest';
import type { DevicesSnapshot } from '#contract/desk/devices.ts';
import { DeviceError } from '#native/errors.ts';
import type { Modem, ModemStatus } from '#native/modem/modem.ts';
import type { CardTransport, CardTransportState } from '#native/transport/card-transport.ts';
import type { SerialPortInfo, SerialTransport, SerialTransportState } from '#native/transport/serial-transport.ts';
import { createPublisher } from '../publisher.ts';
import { createDeviceRegistry, type DeviceRegistry } from './device-registry.ts';
import type { DeviceLayer } from './managed-device.ts';

const imei = '350000000000006';
const status: ModemStatus = {
  sim: 'ready',
  iccid: '8944990000000000019',
  imsi: null,
  registration: { state: 'home', technology: 'eutran', areaCode: null, cellId: null },
  operator: { name: 'Net', mccMnc: '00101' },
  signal: null,
};

function port(path: string, facts: Partial<SerialPortInfo> = {}): SerialPortInfo {
  const nothing = { manufacturer: null, product: null, driver: null, usbInterface: null, location: null, role: null };
  return { path, usbVendorId: '2c7c', usbProductId: '0125', serialNumber: 'S1', ...nothing, probe: true, ...facts };
}

const bare = { usbVendorId: null, usbProductId: null, serialNumber: null } as const;

/** Modems that answer on the ports that are named, each with its IMEI, until they are dropped. */
function scriptedSerial(speaking: Record<string, string>) {
  const state = createPublisher<SerialTransportState>({ available: true, ports: [] });
  const open = new Set<string>();
  const opened: string[] = [];
  const held = new Set<string>();
  const hangUps = new Map<string, () => void>();
  const transport: SerialTransport = {
    id: 'serial',
    virtual: false,
    watch: (signal) => state.subscribe(signal),
    async open(path) {
      opened.push(path);
      if (held.has(path) || open.has(path)) throw new DeviceError('PORT_BUSY', { port: path });
      open.add(path);
      return {
        path,
        write: () => Promise.resolve(),
        listen: () => undefined,
        close: () => Promise.resolve(void open.delete(path)),
      };
    },
  };
  const layer: DeviceLayer = {
    createReaderAccess: () => {
      throw new DeviceError('CARD_MUTE');
    },
    // oxlint-disable-next-line require-yield -- there is none
    async *openSecureElements() {
      throw new DeviceError('NOT_AN_EUICC');
    },
    sweepNotifications: () => Promise.resolve(),
    openModem({ path }) {
      const answering = speaking[path];
      if (answering === undefined) return Promise.reject(new DeviceError('MODEM_SILENT', { port: path }));
      const ended = new Promise<void>((resolve) => hangUps.set(path, resolve));
      const modem = {
        identity: { manufacturer: 'Maker', model: 'Model', revision: null, imei: answering },
        status: () => Promise.resolve(status),
        sim: () => Promise.resolve({ state: status.sim, iccid: status.iccid, imsi: null }),
        registration: () => Promise.resolve(status.registration),
        operator: () => Promise.resolve(status.operator),
        signal: () => Promise.reject(new DeviceError('AT_ERROR')),
        send: () => Promise.resolve({ lines: [], final: 'OK' }),
        async *events(signal) {
          await Promise.race([ended, new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))]);
          yield { kind: 'closed', unplugged: true };
        },
        get messages(): never {
          throw new Error('not asked for here');
        },
        get ussd(): never {
          throw new Error('not asked for here');
        },
        get services(): never {
          throw new Error('not asked for here');
        },
        cardAccess: () => Promise.reject(new DeviceError('MODEM_NO_EUICC_ACCESS')),
        waitForProfile: () => Promise.resolve(status),
        commandCount: 0,
        close: () => Promise.resolve(),
      } satisfies Partial<Modem>;
      // What a registry does not ask of a modem is left out.
      return Promise.resolve(modem as unknown as Modem);
    },
  };
  const plug = (...ports: readonly SerialPortInfo[]): void => state.publish({ available: true, ports });
  return { speaking, transport, layer, open, opened, held, plug, hangUp: (path: string) => hangUps.get(path)?.() };
}

const portOf = ({ devices }: DevicesSnapshot) => devices[0]?.ladder.find(({ name }) => name === 'port')?.evidence;

describe('device registry', () => {
  let registry: DeviceRegistry | null = null;
  afterEach(async () => {
    await registry?.close();
    registry = null;
  });
  const silentLog = { warn: () => undefined, error: () => undefined };

  async function until(fits: (snapshot: DevicesSnapshot) => boolean): Promise<DevicesSnapshot> {
    for await (const snapshot of registry?.snapshot.subscribe(AbortSignal.timeout(5000)) ?? []) if (fits(snapshot)) return snapshot;
    throw new Error(`never: ${JSON.stringify(registry?.snapshot.value)}`);
  }

  function start(serial: ReturnType<typeof scriptedSerial>, reconnectMs = 5_000): void {
    registry = createDeviceRegistry({
      cardTransports: [],
      serialTransports: [serial.transport],
      layer: serial.layer,
      log: silentLog,
      reconnectMs,
    });
  }

  const ready = () => until(({ devices }) => devices.length === 1 && devices[0]?.state === 'ready');

  it('shows a modem with many ports once, under the one that speaks, and holds that one alone', async () => {
    const serial = scriptedSerial({ '/dev/ttyUSB2': imei, '/dev/ttyUSB3': imei });
    start(serial);
    serial.plug(...['0', '1', '2', '3'].map((digit) => port(`/dev/ttyUSB${digit}`)));
    const { devices } = await ready();
    expect(devices[0]).toMatchObject({ deviceId: 'serial:/dev/ttyUSB2', name: 'Maker Model', modem: { imei } });
    expect([...serial.open]).toEqual(['/dev/ttyUSB2']);
    expect(serial.opened).toEqual(['/dev/ttyUSB0', '/dev/ttyUSB1', '/dev/ttyUSB2']);
  });

  it('tries the port first that the table calls the AT port, and another where that one is held', async () => {
    const ports = [
      port('/dev/ttyUSB1', { role: 'ppp', usbInterface: 1 }),
      port('/dev/ttyUSB3', { role: 'atSecondary', usbInterface: 3 }),
      port('/dev/ttyUSB4', { role: 'at', usbInterface: 4 }),
    ];
    const serial = scriptedSerial({ '/dev/ttyUSB3': imei, '/dev/ttyUSB4': imei });
    serial.held.add('/dev/ttyUSB4');
    start(serial);
    serial.plug(...ports);
    const { devices } = await ready();
    expect(devices[0]?.deviceId).toBe('serial:/dev/ttyUSB3');
    expect(serial.opened).toEqual(['/dev/ttyUSB4', '/dev/ttyUSB3']);
  });

  it('says of a modem that nobody can reach what keeps its ports, not that some of them are silent', async () => {
    const serial = scriptedSerial({ '/dev/ttyUSB3': imei });
    serial.held.add('/dev/ttyUSB3');
    start(serial);
    serial.plug(port('/dev/ttyUSB2'), port('/dev/ttyUSB3'));
    const { devices } = await until(({ devices: all }) => all[0]?.state === 'blocked');
    expect(devices).toHaveLength(1);
    expect(devices[0]?.ladder.find(({ state }) => state === 'unmet')).toMatchObject({
      name: 'notHeldPort',
      problem: { code: 'PORT_BUSY' },
    });
  });

  it('shows ports of other hardware each', async () => {
    const serial = scriptedSerial({ '/dev/ttyUSB2': imei, '/dev/pts/7': imei });
    start(serial);
    serial.plug(port('/dev/ttyUSB2'), port('/dev/ttyUSB9', { serialNumber: 'S2' }), port('/dev/pts/7', bare));
    const { devices } = await until(({ devices: all }) => all.length === 3 && all.every(({ state }) => state !== 'reading'));
    expect(devices.map(({ deviceId, state }) => `${deviceId} ${state}`)).toEqual([
      'serial:/dev/ttyUSB2 ready',
      'serial:/dev/ttyUSB9 blocked',
      'serial:/dev/pts/7 ready',
    ]);
    expect(devices[1]?.ladder.find(({ state }) => state === 'unmet')).toMatchObject({ name: 'answers', problem: { code: 'MODEM_SILENT' } });
  });

  it('tells two modems apart that have the same serial number, by their places', async () => {
    const serial = scriptedSerial({ '/dev/ttyUSB2': imei, '/dev/ttyUSB6': '350000000000014' });
    start(serial);
    serial.plug(port('/dev/ttyUSB2', { location: '1-1' }), port('/dev/ttyUSB6', { location: '1-2' }));
    const { devices } = await until(({ devices: all }) => all.length === 2 && all.every(({ state }) => state === 'ready'));
    expect(devices.map(({ modem }) => modem?.imei)).toEqual([imei, '350000000000014']);
  });

  it.each<[string, SerialPortInfo, SerialPortInfo]>([
    ['at the same place', port('/dev/ttyUSB2', { location: '1-1' }), port('/dev/ttyUSB6', { location: '1-1' })],
    ['elsewhere, with its serial number', port('/dev/ttyUSB2', { location: '1-1' }), port('/dev/ttyUSB6', { location: '1-2' })],
    ['with nothing but its IMEI', port('/dev/pts/2', bare), port('/dev/pts/6', bare)],
  ])('expects a modem back that has left, and knows it again under another name: %s', async (_case, before, after) => {
    const serial = scriptedSerial({ [before.path]: imei, [after.path]: imei });
    start(serial);
    serial.plug(before);
    const deviceId = `serial:${before.path}`;
    expect((await ready()).devices[0]?.deviceId).toBe(deviceId);
    serial.plug();
    const { devices } = await until(({ devices: all }) => all[0]?.state === 'reconnecting');
    expect(devices[0]?.ladder[0]).toMatchObject({ name: 'port', state: 'checking' });
    serial.plug(after);
    const back = await ready();
    expect(back.devices[0]?.deviceId).toBe(deviceId);
    expect(portOf(back)).toBe(after.path);
    expect([...serial.open]).toEqual([after.path]);
    expect(registry?.find(`serial:${after.path}`).deviceId).toBe(deviceId);
  });

  it('knows a modem again that changes its names between two looks', async () => {
    const serial = scriptedSerial({ '/dev/ttyUSB2': imei, '/dev/ttyUSB6': imei });
    start(serial);
    serial.plug(port('/dev/ttyUSB2', { location: '1-1' }));
    await ready();
    serial.plug(port('/dev/ttyUSB6', { location: '1-1' }));
    const back = await until((snapshot) => snapshot.devices[0]?.state === 'ready' && portOf(snapshot) === '/dev/ttyUSB6');
    expect(back.devices.map(({ deviceId }) => deviceId)).toEqual(['serial:/dev/ttyUSB2']);
  });

  it('is reconnecting, not failed, while a port that is still listed is closed, and opens it again', async () => {
    const serial = scriptedSerial({ '/dev/ttyUSB2': imei });
    start(serial);
    serial.plug(port('/dev/ttyUSB2'));
    await ready();
    serial.held.add('/dev/ttyUSB2');
    serial.hangUp('/dev/ttyUSB2');
    await until(({ devices }) => devices[0]?.state === 'reconnecting');
    await registry?.refresh('serial:/dev/ttyUSB2');
    await expect.poll(() => serial.opened).toHaveLength(2);
    expect(registry?.snapshot.value.devices[0]?.state).toBe('reconnecting');
    serial.held.clear();
    await registry?.refresh('serial:/dev/ttyUSB2');
    await ready();
  });

  it('gives a modem up that does not come back, and says why a port cannot be used that does', async () => {
    const serial = scriptedSerial({ '/dev/ttyUSB2': imei });
    start(serial, 50);
    serial.plug(port('/dev/ttyUSB2'));
    await ready();
    serial.plug();
    await until(({ devices }) => devices[0]?.state === 'ghost');
    serial.held.add('/dev/ttyUSB2');
    serial.plug(port('/dev/ttyUSB2'));
    const { devices } = await until(({ devices: all }) => all[0]?.state === 'blocked');
    expect(devices[0]?.ladder.find(({ state }) => state === 'unmet')?.problem?.code).toBe('PORT_BUSY');
    serial.plug();
    await until(({ devices: all }) => all[0]?.state === 'reconnecting');
    registry?.forget('serial:/dev/ttyUSB2');
    await until(({ devices: all }) => all.length === 0);
  });

  it('takes another modem in the same place for what it is', async () => {
    const serial = scriptedSerial({ '/dev/ttyUSB2': imei, '/dev/ttyUSB6': '350000000000014' });
    start(serial);
    serial.plug(port('/dev/ttyUSB2', { location: '1-1' }));
    await ready();
    serial.plug();
    serial.plug(port('/dev/ttyUSB6', { location: '1-1' }));
    const { devices } = await until(({ devices: all }) => all[0]?.modem?.imei === '350000000000014');
    expect(devices).toHaveLength(1);
  });

  it('does not give a task another modem than the one it waits for', async () => {
    const serial = scriptedSerial({ '/dev/ttyUSB2': imei, '/dev/ttyUSB6': '350000000000014' });
    start(serial);
    serial.plug(port('/dev/ttyUSB2', { location: '1-1' }));
    await ready();
    const release = registry?.find('serial:/dev/ttyUSB2').reserve('T1');
    serial.plug();
    await until(({ devices }) => devices[0]?.state === 'reconnecting');
    expect(() => registry?.forget('serial:/dev/ttyUSB2')).toThrow('DEVICE_UNSUITABLE');
    serial.plug(port('/dev/ttyUSB6', { location: '1-1' }));
    await expect.poll(() => serial.opened).toContain('/dev/ttyUSB6');
    expect(() => registry?.find('serial:/dev/ttyUSB2').modem()).toThrow('PORT_CLOSED');
    release?.();
  });

  it('gives a port’s name to one device only', async () => {
    const other = '350000000000014';
    const serial = scriptedSerial({ '/dev/ttyUSB2': imei, '/dev/ttyUSB6': imei });
    start(serial);
    serial.plug(port('/dev/ttyUSB2', { location: '1-1' }));
    await ready();
    serial.plug(port('/dev/ttyUSB6', { location: '1-1' }));
    await until((snapshot) => snapshot.devices[0]?.state === 'ready' && portOf(snapshot) === '/dev/ttyUSB6');
    serial.speaking['/dev/ttyUSB2'] = other;
    serial.plug(port('/dev/ttyUSB6', { location: '1-1' }), port('/dev/ttyUSB2', { location: '1-2', serialNumber: 'S2' }));
    const { devices } = await until(({ devices: all }) => all.length === 2 && all.every(({ state }) => state === 'ready'));
    expect(devices.map(({ deviceId, modem }) => [deviceId, modem?.imei])).toEqual([
      ['serial:/dev/ttyUSB2', imei],
      ['serial:/dev/ttyUSB2#2', other],
    ]);
  });

  it('says what is missing of the card service, and keeps its readers until it is back', async () => {
    const state = createPublisher<CardTransportState>({ available: true, readers: [{ name: 'R', card: 'empty', atr: null }] });
    const cards: CardTransport = {
      id: 'pcsc',
      virtual: false,
      watch: (signal) => state.subscribe(signal),
      connect: () => Promise.reject(new DeviceError('NO_CARD')),
    };
    registry = createDeviceRegistry({ cardTransports: [cards], serialTransports: [], layer: scriptedSerial({}).layer, log: silentLog });
    await until(({ devices }) => devices[0]?.state === 'empty');
    state.publish({ available: false, reason: 'PCSC_SERVICE_DOWN' });
    const down = await until(({ transports }) => transports[0]?.problem?.code === 'PCSC_SERVICE_DOWN');
    expect(down.devices[0]).toMatchObject({ state: 'blocked', ladder: [{ name: 'pcscService', state: 'unmet' }, {}, {}, {}, {}] });
    state.publish({ available: true, readers: [{ name: 'R', card: 'empty', atr: null }] });
    await until(({ devices }) => devices[0]?.state === 'empty');
    expect(registry.snapshot.value.transports[0]?.problem).toBeNull();
  });
});
