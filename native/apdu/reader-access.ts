import { DeviceError } from '../errors.ts';
import type { CardConnection } from '../transport/card-transport.ts';
import type { ApduChannel, CardAccess, CommandApdu, ResponseApdu } from './card-access.ts';
import { classOnChannel, followStatus, formatStatus } from './exchange.ts';

/**
 * TERMINAL CAPABILITY (TS 102 221 §11.1.19.2): power supply class A/B/C, extended logical channels, and in A9/83 that local user interface,
 * profile download and discovery are in the device. Some removable eUICCs hide ES10 from a terminal that is silent.
 */
const terminalCapability: CommandApdu = {
  cla: 0x80,
  ins: 0xaa,
  p1: 0,
  p2: 0,
  data: Uint8Array.of(0xa9, 0x08, 0x81, 0x00, 0x82, 0x01, 0x01, 0x83, 0x01, 0x07),
};

const largestChannel = 19;

/**
 * The card in a reader: our own logical channels, one command at a time, the reader held exclusively by the connection.
 * A channel on which no application was found is kept for the next attempt, so that going through many AIDs costs one command each.
 */
export function createReaderAccess(connection: CardConnection): CardAccess {
  const caseFourLe = connection.protocol === 'T=1' ? 'send' : 'omit';
  /** One command at a time: what was asked first is finished first, also while an answer is being fetched in pieces. */
  let queue: Promise<unknown> = Promise.resolve();
  /** Counts power-ups: a channel of an earlier one is dead and must not touch a channel of the present one. */
  let powerUp = 0;
  let introduced = false;
  let spare: number | null = null;
  let withoutChannels: number | null = null;
  /** The cure of 6999 takes many commands: once a power-up, however many AIDs are tried. */
  let cured = false;
  /** A channel on which nothing can be selected; open, so that the card does not hand it out again. */
  let stale: number | null = null;
  let maxBlock = 255;
  let closed = false;

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  function exchange(command: CommandApdu): Promise<ResponseApdu> {
    return followStatus((bytes) => connection.transmit(bytes), command, caseFourLe);
  }

  /** MANAGE CHANNEL, open (ISO 7816-4 §7.1.2). */
  async function takeChannel(): Promise<number> {
    if (spare !== null) {
      const channel = spare;
      spare = null;
      return channel;
    }
    let answer = await exchange({ cla: 0, ins: 0x70, p1: 0, p2: 0, le: 1 });
    if (answer.sw === 0x6a81) {
      await closeAllChannels();
      answer = await exchange({ cla: 0, ins: 0x70, p1: 0, p2: 0, le: 1 });
    }
    const channel = answer.data[0];
    if (answer.sw === 0x9000 && channel !== undefined && channel >= 1 && channel <= largestChannel) return channel;
    // A card that knows no logical channels at all is an older SIM or a bank card: no free channel will ever help it.
    if (answer.sw === 0x6d00 || answer.sw === 0x6e00 || answer.sw === 0x6881) withoutChannels = answer.sw;
    throw channelFailure(answer.sw);
  }

  function channelFailure(sw: number): DeviceError {
    return new DeviceError(withoutChannels === null ? 'CHANNEL_UNAVAILABLE' : 'NOT_AN_EUICC', { sw: formatStatus(sw) });
  }

  async function closeChannel(channel: number): Promise<void> {
    await exchange({ cla: 0, ins: 0x70, p1: 0x80, p2: channel });
  }

  /** Channels that another program, or an earlier run, left open. The reader is ours alone, so nobody misses them. */
  async function closeAllChannels(): Promise<void> {
    for (let channel = 1; channel <= largestChannel; channel += 1) await closeChannel(channel);
  }

  /**
   * SELECT by AID. With T=0 the answer would be one more command away and holds nothing that GetEUICCInfo does not tell better:
   * it is left with the card. With T=1 it comes along.
   */
  function select(channel: number, aid: Uint8Array): Promise<ResponseApdu> {
    return exchange({ cla: classOnChannel(0, channel), ins: 0xa4, p1: 4, p2: 0, data: aid, le: 0, leaveAnswer: caseFourLe === 'omit' });
  }

  async function open(aid: Uint8Array): Promise<ApduChannel> {
    if (closed) throw new DeviceError('CANCELLED');
    if (withoutChannels !== null) throw channelFailure(withoutChannels);
    if (!introduced) {
      await exchange(terminalCapability);
      introduced = true;
    }
    let channel = await takeChannel();
    let answer = await select(channel, aid);
    if (answer.sw === 0x6999 && !cured) {
      cured = true;
      // The application is still selected on a channel that nobody closed.
      await closeAllChannels();
      channel = await takeChannel();
      answer = await select(channel, aid);
      if (answer.sw === 0x6999) {
        // Or it is this channel that is spoilt, and another one serves.
        stale = channel;
        channel = await takeChannel();
        answer = await select(channel, aid);
      }
    }
    if (answer.sw !== 0x9000 && answer.sw >> 8 !== 0x91) {
      spare = channel;
      throw new DeviceError('NOT_AN_EUICC', { sw: formatStatus(answer.sw) });
    }
    return openedChannel(channel, answer.data);
  }

  function openedChannel(channel: number, selectResponse: Uint8Array): ApduChannel {
    const bornAt = powerUp;
    let open = true;
    return {
      selectResponse,
      transmit: (command) =>
        inTurn(async () => {
          if (!open || bornAt !== powerUp) throw new DeviceError('CHANNEL_UNAVAILABLE', { reason: 'closed' });
          return exchange({ ...command, cla: classOnChannel(command.cla, channel) });
        }),
      close: async () => {
        if (!open) return;
        open = false;
        await inTurn(async () => {
          if (bornAt === powerUp && !closed) await closeChannel(channel);
        }).catch(() => undefined);
      },
    };
  }

  return {
    via: 'reader',
    get maxBlock() {
      return maxBlock;
    },
    keepBlock(bytes) {
      maxBlock = bytes;
    },
    atr: connection.atr,
    openChannel: (aid) => inTurn(() => open(aid)),
    transmit: (command) => inTurn(() => connection.transmit(command)),
    refresh: () =>
      inTurn(async () => {
        powerUp += 1;
        introduced = false;
        spare = null;
        stale = null;
        cured = false;
        await connection.powerCycle();
        return 'powerCycle' as const;
      }),
    close: async () => {
      if (closed) return;
      await inTurn(async () => {
        closed = true;
        for (const channel of [spare, stale]) if (channel !== null) await closeChannel(channel);
      }).catch(() => undefined);
      await connection.close();
    },
  };
}
