import type { Device } from '#contract/desk/devices.ts';
import { isDeviceError } from '#native/errors.ts';
import type { Modem } from '#native/modem/modem.ts';
import { pause } from '../clock.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import type { Log } from '../log.ts';
import type { MessageKeeper } from './message-keeper.ts';

/** Listens to the messages of every modem. */
export type MessageFollower = {
  /** Only the first call does something. */
  start(): void;
  close(): Promise<void>;
};

/** Before a modem that could not be read is asked again. */
const againAfter = 30_000;

export function createMessageFollower(options: {
  readonly keeper: MessageKeeper;
  readonly registry: DeviceRegistry;
  readonly log: Log;
}): MessageFollower {
  const { keeper, registry, log } = options;
  const closing = new AbortController();
  /** The SIM whose messages have been read, by modem. */
  const known = new Map<Modem, string | null>();
  const listening = new Set<Modem>();
  let running: Promise<void> | null = null;

  async function watch(): Promise<void> {
    for await (const { devices } of registry.snapshot.subscribe(closing.signal)) {
      for (const device of devices) if (isReady(device)) consider(device);
    }
  }

  /** Each SIM in each modem once: what comes later is told. */
  function consider({ deviceId, modem: status }: Device): void {
    const modem = openModem(deviceId);
    const iccid = status?.iccid ?? null;
    if (modem === null || known.get(modem) === iccid) return;
    known.set(modem, iccid);
    if (!listening.has(modem)) void listen(deviceId, modem);
    void begin(deviceId, modem);
  }

  async function begin(deviceId: string, modem: Modem): Promise<void> {
    try {
      await modem.messages.follow();
      await keeper.read(registry.find(deviceId), 'poll');
    } catch (error) {
      await later(modem, error);
    }
  }

  async function listen(deviceId: string, modem: Modem): Promise<void> {
    listening.add(modem);
    try {
      for await (const news of modem.messages.news(closing.signal)) {
        // What was missed is found when everything is read again.
        await keeper.take(registry.find(deviceId), news).catch((error: unknown) => void later(modem, error));
      }
    } finally {
      listening.delete(modem);
      known.delete(modem);
    }
  }

  /** Reads again after a while, unless the modem has left or does not know messages at all. */
  async function later(modem: Modem, error: unknown): Promise<void> {
    if (!isDeviceError(error)) log.error('messages.follow', error);
    else if (['AT_ERROR', 'PORT_CLOSED', 'AT_ANSWER'].includes(error.code)) return;
    if (await pause(againAfter, closing.signal)) known.delete(modem);
  }

  function openModem(deviceId: string): Modem | null {
    try {
      return registry.find(deviceId).modem();
    } catch {
      return null;
    }
  }

  return {
    start() {
      running ??= watch();
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}

function isReady({ kind, state, busyTaskId, modem }: Device): boolean {
  return kind === 'modem' && state === 'ready' && busyTaskId === null && modem?.sim === 'ready';
}
