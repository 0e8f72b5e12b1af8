import type { Command } from 'commander';
import type { MessagesSnapshot, MessageStorage, TextMessage } from '#contract/desk/messages.ts';
import type { Input, Kit } from '../command-kit.ts';
import { findDevice, modemOf, reachOf } from '../find-device.ts';
import type { OpenedDesk, Outcome, Terminal } from '../terminal.ts';
import { formatTime, orNone, styled } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

/** How long somebody who asked for a report waits for it; it also comes later, to a program that listens. */
const reportDeadline = 60_000;
/** As much of an identifier as is shown, and as little of it as is understood. */
const shortId = 8;

/** `leb sms list|send|delete`: the messages of one modem, and of its SIM. */
export function addMessageCommands(kit: Kit, group: Command): void {
  const { words } = kit;
  kit.command(group, 'list', '[DEVICE]', list);
  kit
    .command(group, 'send', '[DEVICE] NUMBER TEXT', send)
    .option('--report', words.say('option.report'))
    .option('--dry-run', words.say('option.dryRun'));
  kit.command(group, 'delete', '[DEVICE] [ID…]', remove).option('--all', words.say('option.allMessages'));
}

async function list(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  const { opened, deviceId, snapshot } = await read(terminal, input);
  const messages = ofDevice(snapshot, deviceId);
  const unread = messages.filter((message) => message.unread).map(({ messageId }) => messageId);
  // Listed is read: the next list shows as new what has come since.
  if (unread.length > 0) await opened.desk.messages.markRead({ messageIds: unread });
  return {
    data: { deviceId, storages: snapshot.storages, messages },
    text: [...snapshot.storages.map((storage) => describeStorage(words, storage)), await describeMessages(words, messages)].join('\n'),
  };
}

async function read(
  terminal: Terminal,
  { given }: Input,
): Promise<{ readonly opened: OpenedDesk; readonly deviceId: string; readonly snapshot: MessagesSnapshot }> {
  const opened = await terminal.open(reachOf(given('DEVICE')));
  const device = await findDevice(opened, terminal, given('DEVICE'), 'modem');
  modemOf(device);
  terminal.progress.begin(terminal.words.say('progress.messages'));
  const snapshot = await opened.desk.messages.read({ deviceId: device.deviceId });
  terminal.progress.end('done');
  return { opened, deviceId: device.deviceId, snapshot };
}

function ofDevice({ messages }: MessagesSnapshot, deviceId: string): readonly TextMessage[] {
  return messages.filter((message) => message.deviceId === deviceId);
}

function describeStorage(words: Words, { name, used, total }: MessageStorage): string {
  const text = words.say(`messages.storage.${name === 'SM' ? 'sim' : 'modem'}`, { used, total });
  return used < total ? text : `${text} ${styled('yellow', words.say('messages.storage.full'))}`;
}

async function describeMessages(words: Words, messages: readonly TextMessage[]): Promise<string> {
  if (messages.length === 0) return words.say('none.messages');
  const { table } = await import('../table.ts');
  return table(
    ['id', 'time', 'state', 'number', 'text'].map((name) => words.say(`column.${name}`)),
    messages.map((message) => [
      message.messageId.slice(0, shortId),
      formatTime(words, message.at),
      words.say(`messages.state.${message.unread ? 'unread' : message.state}`),
      orNone(words, message.number),
      textOf(words, message),
    ]),
  );
}

function textOf(words: Words, { text, data, parts, missing }: TextMessage): string {
  const said = text?.replaceAll(/\s*[\r\n]+\s*/gu, ' ⏎ ') ?? words.say('messages.data', { count: (data?.length ?? 0) / 2 });
  return missing.length === 0 ? said : `${said} ${words.say('messages.incomplete', { here: parts - missing.length, parts })}`;
}

async function send(terminal: Terminal, { given, required, flag }: Input): Promise<Outcome> {
  const { words } = terminal;
  const [to, text] = [required('NUMBER'), required('TEXT')];
  const dryRun = flag('dryRun');
  const opened = await terminal.open(dryRun ? 'none' : reachOf(given('DEVICE')));
  const plan = await opened.desk.messages.plan({ text });
  const cost = words.say(`messages.cost.${plan.alphabet}`, { count: plan.parts });
  if (dryRun) return { data: plan, text: cost };
  const { deviceId } = await findDevice(opened, terminal, given('DEVICE'), 'modem');
  terminal.progress.begin(words.say('progress.sending', { cost }));
  const sent = await opened.desk.messages.send({ deviceId, to, text, report: flag('report') }, { signal: terminal.interrupted });
  const message = flag('report') ? await reported(terminal, opened, sent) : sent;
  terminal.progress.end('done');
  return { data: message, text: `${words.say(`messages.state.${message.state}`)} · ${cost}` };
}

/** The message with what a report says of it, or as it is when the time is over. */
async function reported(terminal: Terminal, { desk }: OpenedDesk, sent: TextMessage): Promise<TextMessage> {
  const signal = AbortSignal.any([terminal.interrupted, AbortSignal.timeout(reportDeadline)]);
  let latest = sent;
  for await (const { messages } of await desk.messages.watch(undefined, { signal })) {
    latest = messages.find(({ messageId }) => messageId === sent.messageId) ?? latest;
    if (latest.state !== 'sent') break;
  }
  return latest;
}

async function remove(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  const { rest } = input;
  if (rest.length > 0 === input.flag('all')) throw new UsageError(words.say('usage.idOrAll'));
  const { opened, deviceId, snapshot } = await read(terminal, input);
  const messages = ofDevice(snapshot, deviceId);
  const messageIds = rest.length === 0 ? messages.map(({ messageId }) => messageId) : rest.map((typed) => named(words, messages, typed));
  if (messageIds.length > 0) await opened.desk.messages.delete({ messageIds });
  return { data: { deviceId, messageIds }, text: words.say('done.deletedMessages', { count: messageIds.length }) };
}

/** @throws UsageError where the beginning of an identifier fits none, or several */
function named(words: Words, messages: readonly TextMessage[], typed: string): string {
  const fitting = messages.filter(({ messageId }) => typed.length >= shortId / 2 && messageId.startsWith(typed.toLowerCase()));
  const [only] = fitting;
  if (only === undefined || fitting.length > 1) throw new UsageError(words.say('usage.messageId', { value: typed }));
  return only.messageId;
}
