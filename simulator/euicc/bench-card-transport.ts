import { setImmediate } from 'node:timers/promises';
import { DeviceError } from '#native/errors.ts';
import type { CardConnection, CardTransport, ReaderSnapshot } from '#native/transport/card-transport.ts';
import { makeSnapshots } from '../snapshots.ts';
import type { CardSlot } from './card-slot.ts';

/** The plug in the process: the readers of the bench as one more card transport, without pcscd. */
export type BenchCardTransport = { readonly transport: CardTransport; close(): void };

/** @param slots by the names of their readers */
export function makeBenchCardTransport(slots: ReadonlyMap<string, CardSlot>): BenchCardTransport {
  let isOpen = true;
  const snapshots = makeSnapshots(() => ({ available: true as const, readers: isOpen ? readers.map((reader) => reader.snapshot()) : [] }));
  const readers = [...slots].map(([name, slot]) => makeBenchReader(name, slot, () => snapshots.announce()));

  function connect(name: string): CardConnection {
    const reader = readers.find((one) => one.name === name);
    if (!isOpen || reader === undefined) throw new DeviceError('READER_GONE', { reader: name });
    return reader.connect();
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
      for (const reader of readers) reader.close();
      snapshots.announce();
    },
  };
}

type BenchReader = { readonly name: string; snapshot(): ReaderSnapshot; connect(): CardConnection; close(): void };

function makeBenchReader(name: string, slot: CardSlot, announce: () => void): BenchReader {
  let isOpen = true;
  let held: CardConnection | null = null;
  let insertions = 0;
  const stopListening = slot.onChange(() => {
    insertions += 1;
    held = null;
    announce();
  });

  /** A chip whose memory cannot be read does not answer to power-up. */
  function powerUp(): void {
    try {
      slot.reset();
    } catch (error) {
      throw new DeviceError('CARD_MUTE', { reader: name }, { cause: error });
    }
  }

  return {
    name,
    snapshot() {
      const isPresent = slot.present();
      return { name, card: isPresent ? 'present' : 'empty', atr: isPresent ? slot.atr : null };
    },
    connect() {
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
          powerUp();
        },
        async close() {
          if (held === connection) held = null;
        },
      };
      powerUp();
      held = connection;
      return connection;
    },
    close() {
      isOpen = false;
      held = null;
      stopListening();
    },
  };
}
