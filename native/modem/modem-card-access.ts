import type { ApduChannel, CardAccess, CommandApdu, ResponseApdu } from '../apdu/card-access.ts';
import { followStatus } from '../apdu/exchange.ts';
import type { AtChannel } from '../at/channel-types.ts';
import {
  closeLogicalChannelCommand,
  logicalChannelAccessCommand,
  logicalChannelTestCommand,
  openLogicalChannelCommand,
} from '../at/commands/logical-channel.ts';
import { finalResultError } from '../at/final-result.ts';
import { DeviceError, isDeviceError } from '../errors.ts';
import type { ModemTimings } from './timings.ts';
import type { ModemVendor } from './vendors/vendor.ts';

/** What a modem session knows of its card beyond one access. */
export type CardMemory = {
  /** Sessions of ours whose closing got no answer. Sessions of others are never touched. */
  readonly unclosed: Set<string>;
  /** Applications that were opened at least once: when one of them cannot be opened, it is not because the card lacks it. */
  readonly applications: Set<string>;
};

export type ModemCardAccessParts = {
  readonly channel: AtChannel;
  readonly vendor: ModemVendor;
  readonly timings: ModemTimings;
  readonly memory: CardMemory;
  onClose(): void;
  /** How much the modem has said of its card so far. */
  newsCount(): number;
  refresh(newsCount: number, iccidBefore: string | null | undefined): Promise<void>;
  /** The card's number now, null where it has none, undefined where it cannot be known. */
  iccid(): Promise<string | null | undefined>;
};

/** First tag of the ES10 functions that only read (SGP.22 v2.5 §5.7): EID, both infos, addresses, profiles, notifications, challenge. */
const readingTags: ReadonlySet<number> = new Set([0xbf3e, 0xbf20, 0xbf22, 0xbf3c, 0xbf2d, 0xbf28, 0xbf2b, 0xbf2e]);
const storeData = 0xe2;
const logicalChannelNotSupported = 0x6881;

/**
 * The card in the modem through AT+CCHO, +CGLA and +CCHC (3GPP TS 27.007 §8.43–§8.46). One channel serves a whole script and is never
 * opened anew behind the caller's back: the card would have forgotten the half that it has.
 */
export function createModemCardAccess(parts: ModemCardAccessParts): CardAccess {
  const { channel, vendor, timings, memory } = parts;
  const { unclosed } = memory;
  /** Sessions of ours that are open. */
  const sessions = new Set<string>();
  let queue: Promise<unknown> = Promise.resolve();
  let epoch = 0;
  let classBits: 0 | 1 = vendor.classBits;
  let closed = false;
  let newsCount = parts.newsCount();
  let iccidBefore: string | null | undefined;

  /** One thing at a time: the pieces of an answer must not be mixed with another command. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function open(aid: Uint8Array): Promise<ApduChannel> {
    if (closed) throw new DeviceError('CANCELLED');
    const application = Buffer.from(aid).toString('hex').toUpperCase();
    const line = openLogicalChannelCommand.encode({ aid: application });
    const deadline = performance.now() + timings.busyMs;
    for (;;) {
      const { lines, final } = await channel.exchange({ line, timeoutMs: timings.cardMs });
      const error = finalResultError(final, 'AT+CCHO');
      if (error === null) {
        const session = openLogicalChannelCommand.decode(lines);
        sessions.add(session);
        memory.applications.add(application);
        if (iccidBefore === undefined) iccidBefore = await parts.iccid();
        return openedChannel(session);
      }
      if (isCardBusy(error) && performance.now() < deadline) {
        await new Promise((resolve) => {
          setTimeout(resolve, Math.min(500, timings.busyMs / 4));
        });
      } else if (unclosed.size > 0) {
        for (const session of unclosed) await closeSession(session);
      } else {
        throw await openingError(error, application);
      }
    }
  }

  /** Modems have no common word for "no such application": only what is clear is taken for what it says. */
  async function openingError(error: DeviceError, application: string): Promise<DeviceError> {
    const code = error.code === 'CME_ERROR' ? error.details['code'] : null;
    switch (code) {
      case 10:
        return new DeviceError('SIM_ABSENT', error.details, { cause: error });
      case 11:
        return new DeviceError('SIM_PIN_REQUIRED', error.details, { cause: error });
      case 12:
        return new DeviceError('SIM_PUK_REQUIRED', error.details, { cause: error });
      case 13:
      case 14:
      case 15:
        return error;
      case 20:
        return new DeviceError('CHANNEL_UNAVAILABLE', error.details, { cause: error });
      default:
        break;
    }
    if (error.code !== 'CME_ERROR' && error.code !== 'AT_ERROR') return error;
    if (memory.applications.has(application)) return new DeviceError('CHANNEL_UNAVAILABLE', error.details, { cause: error });
    // The modem that has opened a channel before, or knows the command, refused this application.
    const able = memory.applications.size > 0 || (await knows('+CCHO')) || (await knows('+CGLA'));
    return new DeviceError(able ? 'NOT_AN_EUICC' : 'MODEM_NO_EUICC_ACCESS', error.details, { cause: error });
  }

  async function knows(command: '+CCHO' | '+CGLA'): Promise<boolean> {
    try {
      await channel.request({ line: logicalChannelTestCommand.encode(command), timeoutMs: 5_000 });
      return true;
    } catch (error) {
      if (isDeviceError(error) && error.code !== 'PORT_CLOSED') return false;
      throw error;
    }
  }

  async function closeSession(session: string): Promise<void> {
    sessions.delete(session);
    unclosed.delete(session);
    try {
      await channel.request({ line: closeLogicalChannelCommand.encode({ session }), timeoutMs: timings.cardMs });
    } catch (error) {
      // A refusal means that the session is gone already; no answer leaves it open perhaps.
      if (isDeviceError(error) && error.code === 'AT_TIMEOUT') unclosed.add(session);
    }
  }

  async function send(session: string, command: CommandApdu): Promise<ResponseApdu> {
    const timeoutMs = onlyReads(command) ? timings.cardMs : timings.longCardMs;
    return followStatus(
      async (apdu) => {
        newsCount = parts.newsCount();
        const line = logicalChannelAccessCommand.encode({ session, apdu });
        return logicalChannelAccessCommand.decode((await channel.request({ line, timeoutMs })).lines);
      },
      { ...command, cla: (command.cla & 0xfc) | classBits },
      'omit',
    );
  }

  function openedChannel(session: string): ApduChannel {
    const bornIn = epoch;
    let usable = true;
    return {
      selectResponse: new Uint8Array(), // +CCHO does not hand it over
      transmit: (command) =>
        inTurn(async () => {
          if (!usable || bornIn !== epoch) throw new DeviceError('CHANNEL_UNAVAILABLE', { reason: 'closed' });
          const response = await send(session, command);
          if (response.sw !== logicalChannelNotSupported || classBits !== vendor.classBits) return response;
          // This modem does not put the channel into the class byte. The card has done nothing yet, so the command may be sent again.
          classBits = vendor.classBits === 0 ? 1 : 0;
          return send(session, command);
        }),
      close: () =>
        inTurn(async () => {
          if (!usable) return;
          usable = false;
          if (bornIn === epoch && !channel.closed) await closeSession(session);
        }),
    };
  }

  return {
    via: 'modem',
    maxBlock: vendor.maxBlock,
    openChannel: (aid) => inTurn(() => open(aid)),
    refresh: () =>
      inTurn(async () => {
        epoch += 1;
        sessions.clear();
        unclosed.clear();
        await parts.refresh(newsCount, iccidBefore);
        iccidBefore = undefined;
        newsCount = parts.newsCount();
      }),
    close: () =>
      inTurn(async () => {
        if (closed) return;
        closed = true;
        epoch += 1;
        if (!channel.closed) for (const session of sessions) await closeSession(session);
        parts.onClose();
      }),
  };
}

function isCardBusy(error: DeviceError): boolean {
  return error.code === 'CME_ERROR' && error.details['code'] === 14;
}

/** Whether the card answers without changing anything; only the first block of a script shows it. */
function onlyReads(command: CommandApdu): boolean {
  if (command.ins !== storeData) return true;
  const [high, low] = command.data ?? [];
  return high !== undefined && low !== undefined && command.p2 === 0 && readingTags.has((high << 8) | low);
}
