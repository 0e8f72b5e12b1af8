import type { SerialConnection } from '#native/transport/serial-transport.ts';

/** What becomes of the bytes of one direction: passed on, changed, several times, later or never. */
export type Carry = (bytes: Uint8Array, deliver: (bytes: Uint8Array) => void) => void;

/** A cable between a program and a modem that can be made to misbehave. */
export type FaultyLine = {
  readonly connection: SerialConnection;
  /** From now on; without an argument the line is as it should be. */
  misbehave(faults?: { readonly toHost?: Carry; readonly toModem?: Carry }): void;
  /** Another program writes on the same port. */
  intrude(text: string): void;
};

const carry: Carry = (bytes, deliver) => deliver(bytes);

export function makeFaultyLine(inner: SerialConnection): FaultyLine {
  let toHost = carry;
  let toModem = carry;
  let ended = false;
  const write = (bytes: Uint8Array): void => void inner.write(bytes).catch(() => undefined);
  return {
    connection: {
      path: inner.path,
      async write(bytes) {
        toModem(bytes, write);
      },
      listen(listener) {
        inner.listen({
          onData: (bytes) => toHost(bytes, (carried) => (ended ? undefined : listener.onData(carried))),
          onClose(unplugged) {
            ended = true;
            listener.onClose(unplugged);
          },
        });
      },
      close: () => inner.close(),
    },
    misbehave(faults = {}) {
      toHost = faults.toHost ?? carry;
      toModem = faults.toModem ?? carry;
    },
    intrude: (text) => write(Buffer.from(text, 'latin1')),
  };
}
