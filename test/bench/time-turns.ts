import type { ClientRequest } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import type { CardTransport } from '#native/transport/card-transport.ts';

/** Milliseconds of the program's own turns and of the waits for a card or a server between them: one turn more than waits. */
export type Turns = { readonly own: readonly number[]; readonly waits: readonly number[] };

export type TurnTimer = {
  /** The same transport, whose cards are on the clock. */
  around(transport: CardTransport): CardTransport;
  /** Begins with a turn of our own. */
  begin(): void;
  end(): Turns;
  close(): void;
};

/** A request is waited for from its making, with the connection that it needs, to the end of its answer. Two waits at once count as one. */
export function createTurnTimer(): TurnTimer {
  let waiting = 0;
  let since = 0;
  let own: number[] = [];
  let waits: number[] = [];
  const lap = (): number => {
    const now = performance.now();
    const passed = now - since;
    since = now;
    return passed;
  };
  const enter = (): void => {
    if (waiting === 0) own.push(lap());
    waiting += 1;
  };
  const leave = (): void => {
    waiting -= 1;
    if (waiting === 0) waits.push(lap());
  };
  const during = async <Result>(work: Promise<Result>): Promise<Result> => {
    enter();
    try {
      return await work;
    } finally {
      leave();
    }
  };
  const { request } = https;
  https.request = (...given: unknown[]) => {
    enter();
    // The overloads of the original are the caller's to fit.
    return (request as (...same: unknown[]) => ClientRequest)(...given).once('close', leave);
  };
  syncBuiltinESMExports();
  return {
    around: (transport) => ({
      ...transport,
      async connect(readerName) {
        const connection = await during(transport.connect(readerName));
        return {
          ...connection,
          transmit: (command) => during(connection.transmit(command)),
          powerCycle: () => during(connection.powerCycle()),
        };
      },
    }),
    begin() {
      [own, waits, since] = [[], [], performance.now()];
    },
    end: () => ({ own: [...own, lap()], waits: [...waits] }),
    close() {
      https.request = request;
      syncBuiltinESMExports();
    },
  };
}
