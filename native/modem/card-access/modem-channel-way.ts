import type { CommandApdu, ResponseApdu } from '../../apdu/card-access.ts';
import { followStatus } from '../../apdu/exchange.ts';
import type { AtChannel } from '../../at/channel-types.ts';
import { closeLogicalChannelCommand, logicalChannelAccessCommand, openLogicalChannelCommand } from '../../at/commands/logical-channel.ts';
import { isDeviceError } from '../../errors.ts';
import type { ModemTimings } from '../timings.ts';
import type { CardMemory } from './card-memory.ts';
import { usualChannels, type CardLine, type CardWay } from './card-way.ts';
import { cardDeadline } from './reading-commands.ts';

type Parts = { readonly channel: AtChannel; readonly timings: ModemTimings; readonly memory: CardMemory };

const channelNotSupported = 0x6881;

/** The modem's own logical channels: AT+CCHO, +CGLA and +CCHC (3GPP TS 27.007 §8.43–§8.46). */
export function createModemChannelWay({ channel, timings, memory }: Parts): CardWay {
  const { leftOpen } = memory;

  async function open(aid: Uint8Array): Promise<CardLine> {
    const application = Buffer.from(aid).toString('hex').toUpperCase();
    const left = leftOpen.get(application);
    if (left !== undefined) {
      leftOpen.delete(application);
      return lineOf(application, left, true);
    }
    const own = [...leftOpen];
    try {
      return await openAnew(application);
    } catch (error) {
      if (own.length === 0) throw error;
      // The channels that it lacks may be those that we could not give back.
      for (const [other, session] of own) await close(other, session, false);
      return openAnew(application);
    }
  }

  async function openAnew(application: string): Promise<CardLine> {
    const line = openLogicalChannelCommand.encode({ aid: application });
    const { lines } = await channel.request({ line, timeoutMs: timings.cardMs });
    return lineOf(application, openLogicalChannelCommand.decode(lines), false);
  }

  function lineOf(application: string, session: string, reused: boolean): CardLine {
    let alive = false;
    return {
      reused,
      async transmit(command) {
        alive = false;
        const response = await send(session, command);
        alive = response.sw !== channelNotSupported;
        return response;
      },
      close: () => close(application, session, alive),
    };
  }

  async function send(session: string, command: CommandApdu): Promise<ResponseApdu> {
    const response = await exchange(session, command);
    if (response.sw !== channelNotSupported) return response;
    // Perhaps a modem that does not put the channel into the class byte, or one that does. The card has done nothing yet.
    const otherwise = memory.classBits === 0 ? 1 : 0;
    const former = memory.classBits;
    memory.classBits = otherwise;
    const second = await exchange(session, command);
    if (second.sw === channelNotSupported) memory.classBits = former;
    return second;
  }

  function exchange(session: string, command: CommandApdu): Promise<ResponseApdu> {
    const timeoutMs = cardDeadline(command, timings);
    return followStatus(
      async (apdu) => {
        const line = logicalChannelAccessCommand.encode({ session, apdu });
        return logicalChannelAccessCommand.decode((await channel.request({ line, timeoutMs })).lines);
      },
      { ...command, cla: (command.cla & 0xfc) | memory.classBits },
      'omit',
    );
  }

  /**
   * A refusal means that the session is gone already, unless the card has just answered through it: then the modem has no AT+CCHC. No answer
   * leaves it open perhaps.
   */
  async function close(application: string, session: string, alive: boolean): Promise<void> {
    leftOpen.delete(application);
    if (channel.closed) return;
    try {
      await channel.request({ line: closeLogicalChannelCommand.encode({ session }), timeoutMs: timings.cardMs });
    } catch (error) {
      if (alive || (isDeviceError(error) && error.code === 'AT_TIMEOUT')) leftOpen.set(application, session);
    }
  }

  return {
    name: 'modemChannel',
    open,
    close: async () => undefined,
    forget: () => leftOpen.clear(),
    async free() {
      for (const number of usualChannels) {
        const line = closeLogicalChannelCommand.encode({ session: String(number) });
        await channel.request({ line, timeoutMs: timings.cardMs }).catch(() => undefined);
      }
    },
  };
}
