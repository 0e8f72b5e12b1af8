import type { Device, EuiccOverview, OutboxEntry } from '#contract/desk/devices.ts';
import type { Task } from '#contract/desk/tasks.ts';
import { LebError } from '#contract/errors.ts';
import type { Input, Kit } from '../command-kit.ts';
import { findDevice, reachOf } from '../find-device.ts';
import { followTask } from '../follow-task.ts';
import { euiccNamed, euiccsOf, onEuicc } from '../secure-element.ts';
import { resultData, resultLines } from '../task-result.ts';
import type { Desk, OpenedDesk, Outcome, Terminal } from '../terminal.ts';
import { formatTime, orNone, styled } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

export function addNotificationCommands(kit: Kit): void {
  const { words } = kit;
  const group = kit.group('notification');
  kit.command(group, 'list', '[DEVICE]', list).option('--se <SE>', words.say('option.se'));
  for (const [name, act] of [
    ['send', send],
    ['remove', remove],
  ] as const) {
    kit
      .command(group, name, '[DEVICE] [SEQ…]', act)
      .option('--se <SE>', words.say('option.se'))
      .option('--all', words.say('option.allNotifications'));
  }
}

/** Those on the card, and those that were taken off its list and are on their way. */
async function list(terminal: Terminal, { given, option }: Input): Promise<Outcome> {
  const { words } = terminal;
  const opened = await terminal.open(reachOf(given('DEVICE')));
  const device = await findDevice(opened, terminal, given('DEVICE'), 'euicc');
  const euiccs = euiccsOf(words, device, option('se'));
  const [first, ...otherEuiccs] = euiccs.map(({ eid, isdrAid, notifications }) => ({ eid, isdrAid, notifications }));
  const outbox = await readOutbox(opened.desk);
  return {
    data: { deviceId: device.deviceId, ...first, otherEuiccs, outbox },
    text: [
      ...(await Promise.all(euiccs.map((euicc) => describeCard(words, euicc, euiccs.length > 1)))),
      ...(await describeOutbox(words, outbox, euiccs)),
    ].join('\n\n'),
  };
}

async function readOutbox({ notifications }: Desk): Promise<readonly OutboxEntry[]> {
  for await (const entries of await notifications.watch()) return entries;
  return [];
}

async function describeCard(words: Words, { eid, notifications }: EuiccOverview, several: boolean): Promise<string> {
  const { table } = await import('../table.ts');
  const heading = words.say(several ? 'title.onChip' : 'title.onCard', { eid });
  if (notifications.length === 0) return several ? `${heading}\n${words.say('none.notifications')}` : words.say('none.notifications');
  return [
    styled('bold', heading),
    table(
      ['seqNumber', 'event', 'iccid', 'address'].map((name) => words.say(`column.${name}`)),
      notifications.map(({ seqNumber, event, iccid, address }) => [
        String(seqNumber),
        words.say(`event.${event}`),
        orNone(words, iccid),
        address,
      ]),
    ),
  ].join('\n');
}

/** Those of other chips are only counted. */
async function describeOutbox(words: Words, outbox: readonly OutboxEntry[], euiccs: readonly EuiccOverview[]): Promise<readonly string[]> {
  const { table } = await import('../table.ts');
  const own = outbox.filter(({ eid }) => euiccs.some((euicc) => euicc.eid === eid));
  const others = outbox.length - own.length;
  const head = ['seqNumber', 'event', 'state', 'next', 'address'].map((name) => words.say(`column.${name}`));
  const rows = own.map(({ seqNumber, event, state, nextAttemptAt, address }) => [
    String(seqNumber),
    words.say(`event.${event}`),
    words.say(`outboxState.${state}`),
    formatTime(words, nextAttemptAt),
    address,
  ]);
  const reasons = own.flatMap(({ seqNumber, problem }) =>
    problem === null ? [] : [`${seqNumber}: ${words.error(problem.code, problem.details).sentence}`],
  );
  return [
    ...(own.length === 0 ? [] : [[styled('bold', words.say('title.outbox')), table(head, rows), ...reasons].join('\n')]),
    ...(others === 0 ? [] : [words.say('note.otherOutbox', { count: others })]),
  ];
}

async function send(terminal: Terminal, input: Input): Promise<Outcome> {
  const seqNumbers = readNumbers(terminal.words, input);
  const { opened, device, euicc } = await find(terminal, input, seqNumbers);
  const task = await followTask(terminal, opened.desk, () =>
    opened.desk.notifications.send({ ...onEuicc(device, euicc), ...(seqNumbers === null ? {} : { seqNumbers }) }),
  );
  return deliveredOrThrow(terminal, device, euicc, task);
}

/** It was asked to tell the servers: one that was not reached is a failure, although its notification is safe and tried again. */
function deliveredOrThrow(terminal: Terminal, { deviceId }: Device, { eid }: EuiccOverview, task: Task): Outcome {
  const { words } = terminal;
  const text = task.deliveries.length === 0 ? words.say('none.notifications') : resultLines(terminal, task).join('\n');
  const failed = task.deliveries.find(({ state, problem }) => state === 'queued' && problem !== null);
  if (failed === undefined || failed.problem === null) return { data: { deviceId, eid, ...resultData(terminal, task) }, text };
  if (!terminal.options.json) process.stdout.write(`${text}\n`);
  throw new LebError(failed.problem.code, {
    ...failed.problem.details,
    address: failed.address,
    delivered: task.deliveries.filter(({ state }) => state === 'delivered').length,
    queued: task.deliveries.filter(({ state }) => state === 'queued').length,
  });
}

async function remove(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  const named = readNumbers(words, input);
  if (named === null && !input.flag('all')) throw new UsageError(words.say('usage.seqOrAll'));
  const { opened, device, euicc } = await find(terminal, input, named);
  const seqNumbers = named ?? euicc.notifications.map(({ seqNumber }) => seqNumber);
  const on = { deviceId: device.deviceId, eid: euicc.eid };
  if (seqNumbers.length === 0) return { data: { ...on, seqNumbers, deliveries: [] }, text: words.say('none.notifications') };
  const task = await followTask(terminal, opened.desk, () => opened.desk.notifications.remove({ ...onEuicc(device, euicc), seqNumbers }));
  return {
    data: { ...on, seqNumbers, deliveries: task.deliveries },
    text: words.say('done.removed', { count: seqNumbers.length }),
  };
}

/** @throws UsageError where a number that was named is not on the chip */
async function find(
  terminal: Terminal,
  { given, option }: Input,
  named: readonly number[] | null,
): Promise<{ readonly opened: OpenedDesk; readonly device: Device; readonly euicc: EuiccOverview }> {
  const { words } = terminal;
  const opened = await terminal.open(reachOf(given('DEVICE')));
  const device = await findDevice(opened, terminal, given('DEVICE'), 'euicc');
  const euicc = euiccNamed(words, device, option('se'));
  const missing = named?.filter((number) => !euicc.notifications.some(({ seqNumber }) => seqNumber === number)) ?? [];
  if (missing.length > 0) throw new UsageError(words.say('usage.noNotification', { value: missing.join(', ') }));
  return { opened, device, euicc };
}

/** The sequence numbers that were named, or null for all. @throws UsageError for what is no number, and for numbers besides `--all` */
function readNumbers(words: Words, { rest, flag }: Input): number[] | null {
  if (rest.length === 0) return null;
  if (flag('all')) throw new UsageError(words.say('usage.seqOrAll'));
  return rest.map((typed) => {
    if (!/^\d{1,9}$/u.test(typed)) throw new UsageError(words.say('usage.seq', { value: typed }));
    return Number(typed);
  });
}
