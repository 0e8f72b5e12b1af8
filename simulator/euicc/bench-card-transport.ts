import { setImmediate } from 'node:timers/promises';
import { DeviceError } from '#native/errors.ts';
import type { CardConnection, CardTransport } from '#native/transport/card-transport.ts';
import { makeSnapshots } from '../snapshots.ts';
import type { CardSlot } from './card-slot.ts';

/** The plug in the process: a reader of the bench as one more card transport, without pcscd. */
export type BenchCardTransport = { readonly transport: CardTransport; close(): void };

export function makeBenchCardTransport(readerName: string, slot: CardSlot): BenchCardTransport {
  let isOpen = true;
  let held: CardConnection | null = null;
  let insertions = 0;
  const snapshots = makeSnapshots(() => ({ available: true as const, readers: isOpen ? [readSnapshot()] : [] }));
  const stopListening = slot.onChange(() => {
    insertions += 1;
    held = null;
    snapshots.announce();
  });

  function readSnapshot() {
    const isPresent = slot.present();
    return { name: readerName, card: isPresent ? ('present' as const) : ('empty' as const), atr: isPresent ? slot.atr : null };
  }

  function connect(name: string): CardConnection {
    if (!isOpen || name !== readerName) throw new DeviceError('READER_GONE', { reader: name });
    if (!slot.present()) throw new DeviceError('NO_CARD', { reader: name });
    if (held !== null) throw new DeviceError('CARD_BUSY', { reader: name });
    const insertion = insertions;
    // A card that was pulled out and put back is another card to the one who held it.
    const assertSameCard = (): void => {
      if (!isOpen) throw new DeviceError('READER_GONE', { reader: name });
      if (insertion !== insertions || held !== connection) throw new DeviceError('CARD_REMOVED', { reader: name });
    };
    const connection: CardConnection = {
      atr: slot.atr,
      protocol: slot.protocol,
      async transmit(command) {
        await setImmediate();
        assertSameCard();
        const answer = slot.transmit(command);
        if (answer === null) throw new DeviceError('CARD_REMOVED', { reader: name });
        return answer;
      },
      async powerCycle() {
        await setImmediate();
        assertSameCard();
        powerUp(name);
      },
      async close() {
        if (held === connection) held = null;
      },
    };
    powerUp(name);
    held = connection;
    return connection;
  }

  /** A chip whose memory cannot be read does not answer to power-up. */
  function powerUp(reader: string): void {
    try {
      slot.reset();
    } catch (error) {
      throw new DeviceError('CARD_MUTE', { reader }, { cause: error });
    }
  }

  return {
    transport: {
      id: 'bench',
      virtual: true,
      watch: (signal) => snapshots.watch(signal),
      connect: async (name) => connect(name),
    },
    close() {
      isOpen = false;
      held = null;
      stopListening();
      snapshots.announce();
    },
  };
}
