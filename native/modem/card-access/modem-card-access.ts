import type {
  ApduChannel,
  CardAccess,
  CommandApdu,
  RefreshGoal,
  RefreshOutcome,
  RefreshStep,
  ResponseApdu,
} from '../../apdu/card-access.ts';
import { formatStatus } from '../../apdu/exchange.ts';
import type { AtChannel } from '../../at/channel-types.ts';
import { DeviceError, isDeviceError } from '../../errors.ts';
import { hexToBytes } from '../../euicc/tlv/hex.ts';
import type { ModemTimings } from '../timings.ts';
import type { CardMemory } from './card-memory.ts';
import type { CardLine, CardWay, CardWayName } from './card-way.ts';
import { createCsimBasicWay, createCsimChannelWay, isOutOfReach } from './csim-ways.ts';
import { createModemChannelWay } from './modem-channel-way.ts';
import { clearError, isCardBusy, refusedEverywhere } from './opening-error.ts';
import { onlyReads } from './reading-commands.ts';

export type ModemCardAccessParts = {
  readonly channel: AtChannel;
  readonly timings: ModemTimings;
  readonly memory: CardMemory;
  onClose(): void;
  /** How much the modem has said of its card so far. */
  newsCount(): number;
  /** @param newsCount when the last command was sent */
  refresh(goal: RefreshGoal, newsCount: number, done: RefreshStep | null): Promise<RefreshOutcome>;
  /** A way on which the card has answered, for the first time in this session. */
  onWay(way: CardWayName): void;
};

type Opened = { readonly way: CardWay; readonly line: CardLine };

/** Every SIM that is not an eUICC has one of these, so that a modem which opens it can open an ISD-R too. */
const usim = hexToBytes('A0000000871002');

/**
 * The card in a modem, on the first way that leads to it. A modem's word for what it can do is worth nothing, so that a way counts as one when the
 * card has answered on it; the next one is tried where the first command on it fails that only reads. From then on one channel serves a whole
 * script and is never opened anew behind the caller's back: the card would have forgotten the half that it has.
 */
export function createModemCardAccess(parts: ModemCardAccessParts): CardAccess {
  const { timings, memory } = parts;
  const modemChannel = createModemChannelWay(parts);
  const ways = [modemChannel, createCsimChannelWay(parts), createCsimBasicWay(parts)];
  /** Ways that have led nowhere, with what they ended in: what AT+CSIM is refused with does not depend on the application. */
  const deadEnds = new Map<CardWayName, DeviceError>();
  const open = new Set<CardLine>();
  let opensAnything: boolean | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let epoch = 0;
  let closed = false;
  let newsCount = parts.newsCount();

  /** One thing at a time: the pieces of an answer must not be mixed with another command. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function openLine(aid: Uint8Array): Promise<Opened> {
    const application = Buffer.from(aid).toString('hex');
    const refusals = new Map(deadEnds);
    for (const way of ways.toSorted((one, other) => Number(other.name === memory.way) - Number(one.name === memory.way))) {
      if (deadEnds.has(way.name)) continue;
      const line = await whenCardIsFree(() => way.open(aid)).catch((error: unknown) => {
        const clear = clearError(error);
        if (clear !== null || !isDeviceError(error)) throw clear;
        refusals.set(way.name, error);
        if (way !== modemChannel) deadEnds.set(way.name, error);
        return null;
      });
      if (line === null) continue;
      memory.applications.add(application);
      open.add(line);
      return { way, line };
    }
    if (memory.applications.has(application)) throw refusedEverywhere('CHANNEL_UNAVAILABLE', refusals);
    // Modems have no common word for "no such application". One that opens another application has refused this one.
    const isAble = memory.applications.size > 0 || (opensAnything ??= await opensUsim());
    throw refusedEverywhere(isAble ? 'NOT_AN_EUICC' : 'MODEM_NO_EUICC_ACCESS', refusals);
  }

  async function opensUsim(): Promise<boolean> {
    if (deadEnds.has('modemChannel')) return false;
    const line = await modemChannel.open(usim).catch((error: unknown) => {
      if (isDeviceError(error) && error.code !== 'PORT_CLOSED') return null;
      throw error;
    });
    if (line === null) return false;
    memory.applications.add('usim');
    await line.close();
    return true;
  }

  async function whenCardIsFree<T>(work: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + timings.busyMs;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isCardBusy(error) || performance.now() >= deadline) throw error;
        await new Promise((resolve) => {
          setTimeout(resolve, Math.min(500, timings.busyMs / 4));
        });
      }
    }
  }

  async function openChannel(aid: Uint8Array): Promise<ApduChannel> {
    if (closed) throw new DeviceError('CANCELLED');
    return openedChannel(aid, await openLine(aid).catch(sayWhere));
  }

  function openedChannel(aid: Uint8Array, first: Opened): ApduChannel {
    const bornIn = epoch;
    let usable = true;
    let { way, line } = first;
    let untried = true;

    async function transmit(command: CommandApdu): Promise<ResponseApdu> {
      newsCount = parts.newsCount();
      for (;;) {
        const mayMove = untried && onlyReads(command) && (line.reused || !memory.proven || memory.way !== way.name);
        untried = false;
        const failure = await line.transmit(command).then(
          (response) => {
            if (!mayMove || !isOutOfReach(response.sw)) return response;
            return new DeviceError('CARD_STATUS', { sw: formatStatus(response.sw) });
          },
          (error: unknown) => {
            if (mayMove && isDeviceError(error) && clearError(error) === null) return error;
            throw error;
          },
        );
        if (!isDeviceError(failure)) {
          if (memory.way !== way.name) parts.onWay(way.name);
          memory.way = way.name;
          memory.proven = true;
          return failure;
        }
        open.delete(line);
        await line.close();
        if (!line.reused) deadEnds.set(way.name, failure);
        ({ way, line } = await openLine(aid));
        untried = true;
      }
    }

    return {
      // AT+CCHO does not hand over what SELECT answered, and through AT+CSIM it would be one more command away.
      selectResponse: new Uint8Array(),
      transmit: (command) =>
        inTurn(() => {
          if (!usable || bornIn !== epoch) throw new DeviceError('CHANNEL_UNAVAILABLE', { reason: 'closed' });
          return transmit(command);
        }),
      close: () =>
        inTurn(async () => {
          if (!usable) return;
          usable = false;
          if (bornIn !== epoch) return;
          open.delete(line);
          await line.close();
        }),
    };
  }

  /** The card begins anew: whatever was open on it is not any more. */
  function forgetCard(): void {
    epoch += 1;
    open.clear();
    for (const way of ways) way.forget();
  }

  return {
    via: 'modem',
    get maxBlock() {
      return memory.maxBlock;
    },
    keepBlock(bytes) {
      memory.maxBlock = bytes;
    },
    openChannel: (aid) => inTurn(() => openChannel(aid)),
    refresh: (goal, done) =>
      inTurn(async () => {
        forgetCard();
        const outcome = await parts.refresh(goal, newsCount, done ?? null);
        newsCount = parts.newsCount();
        return outcome;
      }),
    freeChannels: () =>
      inTurn(async () => {
        forgetCard();
        for (const way of ways) await way.free();
      }),
    close: () =>
      inTurn(async () => {
        if (closed) return;
        closed = true;
        epoch += 1;
        for (const line of open) await line.close();
        for (const way of ways) await way.close();
        parts.onClose();
      }),
  };
}

/** That the channels of a modem's card can be freed without taking it out is for whoever explains the error. */
function sayWhere(error: unknown): never {
  if (!isDeviceError(error) || error.code !== 'CHANNEL_UNAVAILABLE') throw error;
  throw new DeviceError(error.code, { ...error.details, via: 'modem' }, { cause: error });
}
