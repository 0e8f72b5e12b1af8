import { setTimeout as delay } from 'node:timers/promises';
import { DeviceError, isDeviceError } from '../../errors.ts';
import type { CardConnection, CardTransport } from '../card-transport.ts';
import { type PcscClient, pcscClient, scard } from './pcsc-client.ts';
import { createPcscConnection } from './pcsc-connection.ts';
import { connectError, pcscErrorCode } from './pcsc-errors.ts';
import { eventCount, readerSnapshot } from './pcsc-state.ts';
import { watchReaders } from './pcsc-watch.ts';
import type { ConnectedCard } from './pcsc-worker.ts';

/** Powering a card up takes a second or two; a driver that hangs is given up here. */
const connectDeadlineMs = 15_000;
/** Services of the desktop look at every card that is inserted, and let go of it at once: one who waits a moment is not told "busy". */
const busyPatienceMs = 1_500;
const busyRetryMs = 150;

/** The system's readers through PC/SC (pcscd on Linux, the system's own service elsewhere). Nothing is loaded before it is needed. */
export function createPcscTransport(): CardTransport {
  /** Readers whose card we hold ourselves: to us it is not "held by another program". */
  const ours = new Set<string>();

  return {
    id: 'pcsc',
    virtual: false,
    watch: (signal) => watchReaders(ours, signal),
    connect: (readerName) => connectReader(ours, readerName),
  };
}

async function connectReader(ours: Set<string>, readerName: string): Promise<CardConnection> {
  const client = await pcscClient();
  let context: number;
  try {
    context = await client.call('openContext', []);
  } catch (cause) {
    throw new DeviceError('PCSC_SERVICE_DOWN', {}, { cause });
  }
  try {
    const reader = (await client.call('listReaders', [context])).find(({ name }) => name === readerName);
    const snapshot = reader === undefined ? null : readerSnapshot(reader, true);
    if (reader === undefined || snapshot === null) throw new DeviceError('READER_GONE', { reader: readerName });
    if (snapshot.card === 'empty') throw new DeviceError('NO_CARD', { reader: readerName });
    if (ours.has(readerName)) throw new DeviceError('DEVICE_BUSY', { reader: readerName });
    ours.add(readerName);
    try {
      const connected = await connectPatiently(client, context, readerName);
      return createPcscConnection({
        client,
        context,
        connected,
        readerName,
        insertedAs: eventCount(reader.state),
        onReleased: () => ours.delete(readerName),
      });
    } catch (error) {
      ours.delete(readerName);
      throw error;
    }
  } catch (error) {
    // Closing the context also takes back a connection that comes after the deadline. Nobody waits: the driver may hang.
    void client.call('closeContext', [context]).catch(() => undefined);
    throw isDeviceError(error) ? error : connectError(error, readerName);
  }
}

async function connectPatiently(client: PcscClient, context: number, readerName: string): Promise<ConnectedCard> {
  const started = performance.now();
  for (;;) {
    try {
      return await client.call('connect', [context, readerName, scard.shareExclusive, scard.protocolT0 | scard.protocolT1], {
        deadlineMs: connectDeadlineMs,
      });
    } catch (error) {
      if (pcscErrorCode(error) !== 'CARD_BUSY' || performance.now() - started > busyPatienceMs) throw error;
      await delay(busyRetryMs);
    }
  }
}
