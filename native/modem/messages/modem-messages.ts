import type { AtChannel } from '../../at/channel-types.ts';
import type { AtCommand } from '../../at/command.ts';
import { sendMessageCommand } from '../../at/commands/message-send.ts';
import {
  acknowledgeMessageCommand,
  chooseStorageCommand,
  messageFormatCommand,
  messageNewsCommand,
  messageServiceCommand,
  messageStoragesCommand,
} from '../../at/commands/message-settings.ts';
import { createMessageNewsReader, type MessageNews } from '../../at/commands/message-news.ts';
import { deleteMessageCommand, listMessagesCommand, readMessageCommand, type ListedMessage } from '../../at/commands/message-storage.ts';
import type { AtPriority } from '../../at/request-queue.ts';
import { isDeviceError } from '../../errors.ts';
import type { BroadcastPage } from '../../sms/cell-broadcast.ts';
import { createEventStream } from '../event-stream.ts';

export type StoredMessage = ListedMessage & { readonly storage: string };
export type MessageStorage = { readonly name: string; readonly used: number; readonly total: number };

/** Text messages of one modem as PDUs; what they say is for `native/sms`. */
export type ModemMessages = {
  /** What the modem says of messages, until its port closes. What it keeps is told by place. */
  news(signal: AbortSignal): AsyncIterable<MessageNews>;
  /** Pages of messages to everybody in the cell, where the modem has been told to pass them on (`AT+CNMI`, `AT+CSCB`). */
  broadcasts(signal: AbortSignal): AsyncIterable<BroadcastPage>;
  /** Has the modem tell of messages and of reports, as well as it can. @throws DeviceError */
  follow(priority?: AtPriority): Promise<void>;
  /** Everything that the SIM and the modem keep. @throws DeviceError */
  list(priority?: AtPriority): Promise<{ readonly messages: readonly StoredMessage[]; readonly storages: readonly MessageStorage[] }>;
  /** Null where the place is empty. @throws DeviceError */
  read(storage: string, index: number, priority?: AtPriority): Promise<StoredMessage | null>;
  /** @throws DeviceError */
  remove(storage: string, index: number): Promise<void>;
  /** Sends one PDU; the reference under which a report comes. @throws DeviceError CMS_ERROR, AT_TIMEOUT … */
  send(part: { readonly hex: string; readonly tpduLength: number }): Promise<number>;
};

export type ModemMessagesEnd = ModemMessages & {
  /** Takes a line that the modem sent by itself. */
  note(line: string): void;
  end(): void;
};

/** Kept by other names than these two: what the modem calls "MT" is both of them together. */
const readableStorages = ['SM', 'ME'];
const listTimeoutMs = 60_000;
/** "Invalid memory index" (TS 27.005 §3.2.5): most modems say so of a place where nothing lies. */
const emptyPlace = 321;

export function createModemMessages(channel: AtChannel): ModemMessagesEnd {
  const stream = createEventStream<MessageNews>();
  const broadcasts = createEventStream<BroadcastPage>();
  const reader = createMessageNewsReader();
  let storages: readonly string[] | null = null;
  let acknowledges = false;
  let last: Promise<unknown> = Promise.resolve();

  /** Choosing a storage and using it belong together: one after the other, whoever asks. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  }

  /** All on one line where the modem takes that, so that nothing comes between; else one by one. */
  async function together(lines: readonly string[], priority: AtPriority): Promise<readonly string[]> {
    const line = lines.map((one, index) => (index === 0 ? one : one.slice(2))).join(';');
    try {
      return (await channel.request({ line, priority, timeoutMs: listTimeoutMs })).lines;
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
    const answers: string[] = [];
    for (const one of lines) answers.push(...(await channel.request({ line: one, priority, timeoutMs: listTimeoutMs })).lines);
    return answers;
  }

  /** Null: the modem does not have the command. */
  async function ask<Value>(command: AtCommand<void, Value>, priority: AtPriority): Promise<Value | null> {
    try {
      return command.decode((await channel.request({ line: command.encode(), priority })).lines);
    } catch (error) {
      if (isRefusal(error)) return null;
      throw error;
    }
  }

  async function knownStorages(priority: AtPriority): Promise<readonly string[]> {
    const listed = await ask(messageStoragesCommand, priority);
    const readable = listed?.filter((name) => readableStorages.includes(name)) ?? [];
    // A modem that names neither still has the one that every SIM has.
    return readable.length > 0 ? readable : ['SM'];
  }

  return {
    note(line) {
      const news = reader.note(line);
      if (news === null) return;
      if (news.kind === 'broadcast') {
        broadcasts.publish(news.page);
        return;
      }
      if (news.kind === 'direct' && acknowledges) {
        channel.request({ line: acknowledgeMessageCommand.encode() }).catch(() => undefined); // it then comes once more
      }
      stream.publish(news);
    },
    end() {
      stream.end();
      broadcasts.end();
    },
    news: (signal) => stream.subscribe(signal),
    broadcasts: (signal) => broadcasts.subscribe(signal),
    follow: (priority = 'poll') =>
      inTurn(async () => {
        acknowledges = (await ask(messageServiceCommand, priority)) === 'acknowledged';
        const ways = ([2, 1] as const).flatMap((mode) => ([1, 2, 0] as const).map((reports) => ({ mode, reports })));
        for (const [index, way] of ways.entries()) {
          try {
            await together([messageFormatCommand.encode(), messageNewsCommand.encode(way)], priority);
            return;
          } catch (error) {
            if (!isRefusal(error) || index === ways.length - 1) throw error;
          }
        }
      }),
    list: (priority = 'user') =>
      inTurn(async () => {
        storages ??= await knownStorages(priority);
        const found: { messages: StoredMessage[]; storages: MessageStorage[] } = { messages: [], storages: [] };
        for (const storage of storages) {
          const lines = await together(
            [messageFormatCommand.encode(), chooseStorageCommand.encode(storage), listMessagesCommand.encode()],
            priority,
          );
          found.messages.push(...listMessagesCommand.decode(lines).map((message) => ({ ...message, storage })));
          found.storages.push({ name: storage, ...chooseStorageCommand.decode(lines) });
        }
        return found;
      }),
    read: (storage, index, priority = 'user') =>
      inTurn(async () => {
        const command = [messageFormatCommand.encode(), chooseStorageCommand.encode(storage), readMessageCommand.encode(index)];
        const lines = await together(command, priority).catch((error: unknown) => {
          if (isDeviceError(error) && error.code === 'CMS_ERROR' && error.details['code'] === emptyPlace) return [];
          throw error;
        });
        const message = readMessageCommand.decode(lines);
        return message === null ? null : { ...message, storage, index };
      }),
    remove: (storage, index) =>
      inTurn(async () => {
        await together([chooseStorageCommand.encode(storage), deleteMessageCommand.encode(index)], 'user');
      }),
    send: ({ hex, tpduLength }) =>
      inTurn(async () => {
        await channel.request({ line: messageFormatCommand.encode() });
        const { lines } = await channel.request({ line: sendMessageCommand.encode(tpduLength), payload: Buffer.from(hex, 'latin1') });
        return sendMessageCommand.decode(lines);
      }),
  };
}

/** The modem answered, and the answer is no. */
function isRefusal(error: unknown): boolean {
  return isDeviceError(error) && ['AT_ERROR', 'CME_ERROR', 'CMS_ERROR', 'AT_ANSWER'].includes(error.code);
}
