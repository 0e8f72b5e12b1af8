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

function port(path: string, serialNumber: string | null = 'S1'): SerialPortInfo {
  const nothing = { manufacturer: null, product: null, driver: null, usbInterface: null, location: null, role: null };
  return { path, usbVendorId: serialNumber === null ? null : '2c7c', usbProductId: '0125', serialNumber, ...nothing, probe: true };
}

/** A modem that answers on the ports that are named, and never ends by itself. */
function scriptedSerial(speaking: readonly string[]) {
  const state = createPublisher<SerialTransportState>({ available: true, ports: [] });
  const open = new Set<string>();
  const transport: SerialTransport = {
    id: 'serial',
    virtual: false,
    watch: (signal) => state.subscribe(signal),
    open(path) {
      open.add(path);
      return Promise.resolve({
        path,
        write: () => Promise.resolve(),
        listen: () => undefined,
        close: () => Promise.resolve(void open.delete(path)),
      });
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
    openModem(connection) {
      if (!speaking.includes(connection.path)) return Promise.reject(new DeviceError('MODEM_SILENT', { port: connection.path }));
      const modem: Modem = {
        identity: { manufacturer: 'Maker', model: 'Model', revision: null, imei },
        status: () => Promise.resolve(status),
        sim: () => Promise.resolve({ state: status.sim, iccid: status.iccid, imsi: null }),
        registration: () => Promise.resolve(status.registration),
        operator: () => Promise.resolve(status.operator),
        signal: () => Promise.reject(new DeviceError('AT_ERROR')),
        send: () => Promise.resolve({ lines: [], final: 'OK' }),
        get messages(): never {
          throw new Error('not asked for here');
        },
        get ussd(): never {
          throw new Error('not asked for here');
        },
        get services(): never {
          throw new Error('not asked for here');
        },
        async *events(signal) {
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
          yield { kind: 'closed', unplugged: false };
        },
        cardAccess: () => Promise.reject(new DeviceError('MODEM_NO_EUICC_ACCESS')),
        waitForProfile: () => Promise.resolve(status),
        commandCount: 0,
        close: () => Promise.resolve(),
      };
      return Promise.resolve(modem);
    },
  };
  return { state, transport, layer, open };
}

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

  it('shows a modem with many ports once, and holds one of them', async () => {
    const serial = scriptedSerial(['/dev/ttyUSB2', '/dev/ttyUSB3']);
    registry = createDeviceRegistry({ cardTransports: [], serialTransports: [serial.transport], layer: serial.layer, log: silentLog });
    serial.state.publish({ available: true, ports: ['0', '1', '2', '3'].map((digit) => port(`/dev/ttyUSB${digit}`)) });
    const { devices } = await until(({ devices: all }) => all.length === 1 && all[0]?.state === 'ready');
    expect(devices[0]).toMatchObject({ deviceId: 'serial:/dev/ttyUSB2', name: 'Maker Model', modem: { imei } });
    await expect.poll(() => [...serial.open]).toEqual(['/dev/ttyUSB2']);
  });

  it('shows a silent port where nothing else speaks for it, and ports of other hardware each', async () => {
    const serial = scriptedSerial(['/dev/ttyUSB2', '/dev/pts/7']);
    registry = createDeviceRegistry({ cardTransports: [], serialTransports: [serial.transport], layer: serial.layer, log: silentLog });
    serial.state.publish({ available: true, ports: [port('/dev/ttyUSB2'), port('/dev/ttyUSB9', 'S2'), port('/dev/pts/7', null)] });
    const { devices } = await until(({ devices: all }) => all.length === 3 && all.every(({ state }) => state !== 'reading'));
    expect(devices.map(({ deviceId, state }) => `${deviceId} ${state}`)).toEqual([
      'serial:/dev/ttyUSB2 ready',
      'serial:/dev/ttyUSB9 blocked',
      'serial:/dev/pts/7 ready',
    ]);
    expect(devices[1]?.ladder.find(({ state }) => state === 'unmet')).toMatchObject({ name: 'answers', problem: { code: 'MODEM_SILENT' } });
  });

  it('knows a modem again that comes back under another path', async () => {
    const serial = scriptedSerial(['/dev/ttyUSB2', '/dev/ttyUSB6']);
    registry = createDeviceRegistry({ cardTransports: [], serialTransports: [serial.transport], layer: serial.layer, log: silentLog });
    serial.state.publish({ available: true, ports: [port('/dev/ttyUSB2')] });
    await until(({ devices }) => devices[0]?.state === 'ready');
    serial.state.publish({ available: true, ports: [] });
    await until(({ devices }) => devices[0]?.state === 'ghost');
    serial.state.publish({ available: true, ports: [port('/dev/ttyUSB6')] });
    const { devices } = await until(({ devices: all }) => all[0]?.state === 'ready');
    expect(devices.map(({ deviceId }) => deviceId)).toEqual(['serial:/dev/ttyUSB6']);
  });

  it('says what is missing of the card service, and keeps its readers until it is back', async () => {
    const state = createPublisher<CardTransportState>({ available: true, readers: [{ name: 'R', card: 'empty', atr: null }] });
    const cards: CardTransport = {
      id: 'pcsc',
      virtual: false,
      watch: (signal) => state.subscribe(signal),
      connect: () => Promise.reject(new DeviceError('NO_CARD')),
    };
    registry = createDeviceRegistry({ cardTransports: [cards], serialTransports: [], layer: scriptedSerial([]).layer, log: silentLog });
    await until(({ devices }) => devices[0]?.state === 'empty');
    state.publish({ available: false, reason: 'PCSC_SERVICE_DOWN' });
    const down = await until(({ transports }) => transports[0]?.problem?.code === 'PCSC_SERVICE_DOWN');
    expect(down.devices[0]).toMatchObject({ state: 'blocked', ladder: [{ name: 'pcscService', state: 'unmet' }, {}, {}, {}, {}] });
    state.publish({ available: true, readers: [{ name: 'R', card: 'empty', atr: null }] });
    await until(({ devices }) => devices[0]?.state === 'empty');
    expect(registry.snapshot.value.transports[0]?.problem).toBeNull();
  });
});
