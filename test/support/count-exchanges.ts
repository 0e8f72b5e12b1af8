import type { CardConnection, CardTransport } from '#native/transport/card-transport.ts';

/** `powerUps` are those at the opening of the card and the `resets` in the middle of the work. */
export type Exchanges = { apdus: number; powerUps: number; resets: number };

/** A card transport that counts what goes through it, and lets a test act before each APDU. */
export function countExchanges(
  transport: CardTransport,
  beforeApdu: () => void = () => undefined,
): { readonly transport: CardTransport; readonly exchanges: Exchanges } {
  const exchanges: Exchanges = { apdus: 0, powerUps: 0, resets: 0 };
  const count = (connection: CardConnection): CardConnection => ({
    ...connection,
    transmit(command) {
      exchanges.apdus += 1;
      beforeApdu();
      return connection.transmit(command);
    },
    powerCycle() {
      exchanges.powerUps += 1;
      exchanges.resets += 1;
      return connection.powerCycle();
    },
  });
  return {
    exchanges,
    transport: {
      ...transport,
      async connect(readerName) {
        exchanges.powerUps += 1;
        return count(await transport.connect(readerName));
      },
    },
  };
}
