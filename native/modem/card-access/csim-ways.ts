import type { CommandApdu, ResponseApdu } from '../../apdu/card-access.ts';
import { classOnChannel, followStatus, formatStatus } from '../../apdu/exchange.ts';
import type { AtChannel } from '../../at/channel-types.ts';
import { genericCardAccessCommand } from '../../at/commands/generic-card-access.ts';
import { DeviceError } from '../../errors.ts';
import { bytesToHex, hexToBytes } from '../../euicc/tlv/hex.ts';
import type { ModemTimings } from '../timings.ts';
import { usualChannels, type CardLine, type CardWay } from './card-way.ts';
import { cardDeadline } from './reading-commands.ts';

type Parts = { readonly channel: AtChannel; readonly timings: ModemTimings };

const largestChannel = 19;
/** What the standard's subscriber applications begin with: 3GPP's (TS 31.101 Annex A) and 3GPP2's. */
const subscriberApplications = ['A000000087', 'A000000343'];
/** The USIM, without the digits that differ from card to card: SELECT takes a beginning (ISO 7816-4 §7.1.1). */
const usim = hexToBytes('A0000000871002');

/** A channel of our own, opened and closed with MANAGE CHANNEL (ISO 7816-4 §7.1.2) through AT+CSIM. */
export function createCsimChannelWay(parts: Parts): CardWay {
  const card = createCard(parts);
  /** Open without an application, for the next one to be tried. */
  let spare: number | null = null;

  async function takeChannel(): Promise<number> {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    const { data, sw } = await card.exchange({ cla: 0, ins: 0x70, p1: 0, p2: 0, le: 1 });
    const number = data[0];
    if (sw === 0x9000 && number !== undefined && number >= 1 && number <= largestChannel) return number;
    throw new DeviceError(sw === 0x6a81 ? 'CHANNEL_UNAVAILABLE' : 'CARD_STATUS', { command: 'MANAGE CHANNEL', sw: formatStatus(sw) });
  }

  async function giveBack(number: number): Promise<void> {
    if (parts.channel.closed) return;
    await card.exchange({ cla: 0, ins: 0x70, p1: 0x80, p2: number }).catch(() => undefined);
  }

  return {
    name: 'csimChannel',
    async open(aid) {
      const number = await takeChannel();
      try {
        await card.select(number, aid);
      } catch (error) {
        spare = number;
        throw error;
      }
      return card.lineOf(number, () => giveBack(number));
    },
    async close() {
      if (spare !== null) await giveBack(spare);
      spare = null;
    },
    forget() {
      spare = null;
    },
    async free() {
      for (const number of usualChannels) await giveBack(number);
    },
  };
}

/**
 * The basic channel through AT+CSIM. The modem's own application is selected there: it is found out before and selected again afterwards. Where
 * another one than a subscriber's stands there, somebody else is using the channel, and it is left alone.
 */
export function createCsimBasicWay(parts: Parts): CardWay {
  const card = createCard(parts);
  let taken = false;

  /** STATUS with the name of the application (ETSI TS 102 221 §11.1.2); null where the card does not tell. */
  async function selectedNow(): Promise<Uint8Array | null> {
    const { data, sw } = await card.exchange({ cla: 0x80, ins: 0xf2, p1: 0, p2: 1, le: 0 });
    const length = data[1] ?? 0;
    return sw === 0x9000 && data[0] === 0x84 && length > 0 && data.length >= 2 + length ? data.subarray(2, 2 + length) : null;
  }

  async function restore(former: Uint8Array): Promise<void> {
    taken = false;
    if (!parts.channel.closed) await card.select(0, former).catch(() => undefined);
  }

  return {
    name: 'csimBasic',
    async open(aid) {
      if (taken) throw new DeviceError('CHANNEL_UNAVAILABLE', { reason: 'basicChannelInUse' });
      const found = await selectedNow();
      const name = found === null ? null : bytesToHex(found);
      const isOurs = name === bytesToHex(aid);
      if (name !== null && !isOurs && !subscriberApplications.some((beginning) => name.startsWith(beginning)))
        throw new DeviceError('CHANNEL_UNAVAILABLE', { reason: 'basicChannelInUse' });
      await card.select(0, aid);
      taken = true;
      return card.lineOf(0, () => restore(found === null || isOurs ? usim : found));
    },
    close: async () => undefined,
    forget() {
      taken = false;
    },
    free: async () => undefined,
  };
}

function createCard({ channel, timings }: Parts) {
  function exchange(command: CommandApdu): Promise<ResponseApdu> {
    const timeoutMs = cardDeadline(command, timings);
    return followStatus(
      async (apdu) =>
        genericCardAccessCommand.decode((await channel.request({ line: genericCardAccessCommand.encode(apdu), timeoutMs })).lines),
      command,
      'omit',
    );
  }
  return {
    exchange,
    /** @throws DeviceError NOT_AN_EUICC where the card does not know the application; CARD_STATUS where the command did not reach it */
    async select(number: number, aid: Uint8Array): Promise<void> {
      const { sw } = await exchange({ cla: classOnChannel(0, number), ins: 0xa4, p1: 4, p2: 0, data: aid, le: 0, leaveAnswer: true });
      if (sw === 0x9000 || sw >> 8 === 0x91) return;
      throw new DeviceError(isOutOfReach(sw) ? 'CARD_STATUS' : 'NOT_AN_EUICC', { command: 'SELECT', sw: formatStatus(sw) });
    },
    lineOf: (number: number, close: () => Promise<void>): CardLine => ({
      reused: false,
      transmit: (command) => exchange({ ...command, cla: classOnChannel(command.cla, number) }),
      close,
    }),
  };
}

/** The channel, the command or its class is unknown where it has arrived: not at the application that was meant. */
export function isOutOfReach(sw: number): boolean {
  return sw === 0x6881 || sw === 0x6d00 || sw === 0x6e00;
}
