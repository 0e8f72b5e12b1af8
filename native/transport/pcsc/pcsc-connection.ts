import { setTimeout as delay } from 'node:timers/promises';
import { DeviceError, type DeviceErrorCode } from '../../errors.ts';
import type { CardConnection } from '../card-transport.ts';
import { type PcscClient, reasonOf, scard } from './pcsc-client.ts';
import { pcscErrorCode } from './pcsc-errors.ts';
import { type CardFact, lookAtCard } from './pcsc-state.ts';
import type { ConnectedCard } from './pcsc-worker.ts';

/** The reader's own driver ends a command long before; this is for a driver that does not. Deleting a profile can take half a minute. */
const commandDeadlineMs = 120_000;
/** While a command is running, the reader is looked at this often, so that a card pulled out is noticed although the driver still waits. */
const watchEveryMs = 500;
/** How long PC/SC may take to notice what made a command fail; with what came before it stays under two seconds. */
const settleMs = 1_200;
const settleEveryMs = 100;
/** A short answer has 258 bytes at most; readers that speak T=1 by themselves have been seen to give more, and it must not be cut off. */
const maxAnswerLength = 65_538;

const factCodes = {
  removed: 'CARD_REMOVED',
  mute: 'CARD_MUTE',
  readerGone: 'READER_GONE',
  serviceDown: 'PCSC_SERVICE_DOWN',
} as const satisfies Record<Exclude<CardFact, 'here'>, DeviceErrorCode>;

export type ConnectionParts = {
  readonly client: PcscClient;
  readonly context: number;
  readonly connected: ConnectedCard;
  readonly readerName: string;
  /** The reader's event count when the card was connected: it tells this card from one that is inserted later. */
  readonly insertedAs: number;
  /** Called once, when the card has been given back. */
  readonly onReleased: () => void;
};

/** A card that was powered up and is held exclusively. */
export function createPcscConnection(parts: ConnectionParts): CardConnection {
  const { client, context, connected, readerName, insertedAs } = parts;
  let queue: Promise<unknown> = Promise.resolve();
  /** The call that PC/SC is busy with: the card cannot be given back before it ends. */
  let running: Promise<unknown> = Promise.resolve();
  let broken: DeviceError | null = null;
  let closing: Promise<void> | null = null;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  function failure(code: DeviceErrorCode, reason: string, cause?: unknown): DeviceError {
    return new DeviceError(code, { reader: readerName, reason }, cause === undefined ? {} : { cause });
  }

  /** Finds out why a call failed. PC/SC often knows only some hundred milliseconds after the command that the card is gone. */
  async function explain(error: unknown): Promise<DeviceError> {
    const code = pcscErrorCode(error);
    if (code !== null && code !== 'CARD_MUTE') return failure(code, reasonOf(error), error);
    const started = performance.now();
    while (performance.now() - started < settleMs) {
      const fact = await lookAtCard(client, readerName, insertedAs);
      if (fact !== 'here') return failure(factCodes[fact], reasonOf(error), error);
      await delay(settleEveryMs);
    }
    return failure('CARD_MUTE', reasonOf(error), error);
  }

  /** Rejects when the card is seen to be gone while a call is still running. */
  async function lookout(stop: AbortSignal): Promise<never> {
    for (;;) {
      await delay(watchEveryMs, undefined, { signal: stop });
      const fact = await lookAtCard(client, readerName, insertedAs);
      if (fact !== 'here') throw failure(factCodes[fact], 'during a command');
    }
  }

  /** One PC/SC call. Whatever ends it other than an answer ends the connection too. */
  async function call<T>(work: () => Promise<T>): Promise<T> {
    if (broken !== null) throw failure(broken.code, 'after an earlier failure', broken);
    if (closing !== null) throw failure('CANCELLED', 'closed');
    const stop = new AbortController();
    try {
      const result = work();
      running = result.catch(() => undefined);
      return await Promise.race([result, lookout(stop.signal)]);
    } catch (error) {
      broken = error instanceof DeviceError ? error : await explain(error);
      throw broken;
    } finally {
      stop.abort();
    }
  }

  async function release(): Promise<void> {
    // Where the card or the service is gone there is nothing left to give back.
    await client.call('disconnect', [connected.card, scard.leaveCard]).catch(() => undefined);
    await client.call('closeContext', [context]).catch(() => undefined);
    parts.onReleased();
  }

  return {
    atr: connected.atr ?? new Uint8Array(),
    protocol: connected.protocol === scard.protocolT1 ? 'T=1' : 'T=0',
    transmit: (command) =>
      inTurn(() =>
        call(async () => {
          const answer = await client.call('transmit', [connected.card, command, maxAnswerLength], { deadlineMs: commandDeadlineMs });
          // Some drivers report a card that is pulled out during a command as an empty answer.
          if (answer.length < 2) throw new Error('empty answer');
          return answer;
        }),
      ),
    powerCycle: () =>
      inTurn(() =>
        // Reconnecting keeps the exclusive hold; PC/SC takes the power away and gives it back in between.
        call(() =>
          client.call('reconnect', [connected.card, scard.shareExclusive, scard.protocolT0 | scard.protocolT1, scard.unpowerCard], {
            deadlineMs: commandDeadlineMs,
          }),
        ),
      ),
    close: () => {
      closing ??= (async () => {
        await queue;
        // After a failure the call may still hang in the driver: the card is given back when it ends, and nobody waits for that.
        if (broken === null) await release();
        else void running.then(release);
      })();
      return closing;
    },
  };
}
