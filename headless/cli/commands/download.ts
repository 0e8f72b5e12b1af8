import type { Command } from 'commander';
import type { Device, EuiccOverview, ProfileSource } from '#contract/desk/devices.ts';
import type { Task } from '#contract/desk/tasks.ts';
import { LebError } from '#contract/errors.ts';
import { answerDownload, type Person } from '../answer-download.ts';
import { ask, canAsk } from '../ask.ts';
import type { Input, Kit } from '../command-kit.ts';
import { toTableError } from '../failure.ts';
import { findDevice, reachOf } from '../find-device.ts';
import { followTask } from '../follow-task.ts';
import { fits, previewPairs } from '../profile-preview.ts';
import { readCode } from '../read-code.ts';
import { euiccNamed, onEuicc, readingAfter } from '../secure-element.ts';
import { resultData, resultLines, trustLine } from '../task-result.ts';
import type { OpenedDesk, Outcome, Terminal } from '../terminal.ts';
import { plain } from '../text.ts';
import { UsageError } from '../usage-error.ts';

/** The chip that a profile is for. */
type Target = { readonly opened: OpenedDesk; readonly device: Device; readonly euicc: EuiccOverview };

export function addDownloadCommands(kit: Kit, group: Command): void {
  const { words } = kit;
  const forChip = (command: Command): Command =>
    command.option('--se <SE>', words.say('option.se')).option('--imei <IMEI>', words.say('option.imei'));
  const fromCode = (command: Command): Command => command.option('--default-smdp', words.say('option.fromDefaultSmdp'));
  const consenting = (command: Command): Command =>
    command
      .option('--confirmation-code <CODE>', words.say('option.confirmationCode'))
      .option('--enable', words.say('option.enable'))
      .option('--accept-ppr', words.say('option.acceptPpr'))
      .option('--yes', words.say('option.yes'));

  const previewing = kit.command(group, 'preview', '[DEVICE] [CODE]', async (terminal, input) => {
    const { target, source } = await readOrder(terminal, input);
    return preview(terminal, input, target, source);
  });
  const downloading = kit.command(group, 'download', '[DEVICE] [CODE]', async (terminal, input) => {
    const { target, source } = await readOrder(terminal, input);
    const { data, text } = await download(terminal, input, target, source);
    return { data: { ...data, profiles: await profilesOf(target) }, text };
  });
  const discovering = kit.command(group, 'discover', '[DEVICE]', discover);
  fromCode(forChip(previewing));
  consenting(fromCode(forChip(downloading)));
  consenting(forChip(discovering).option('--smds <HOST>', words.say('option.smds')).option('--download', words.say('option.download')));
}

/** A code that is none is told before a card is looked for. */
async function readOrder(terminal: Terminal, input: Input): Promise<{ readonly target: Target; readonly source: ProfileSource }> {
  const { words } = terminal;
  const code = input.given('CODE');
  if ((code === null) === !input.flag('defaultSmdp')) throw new UsageError(words.say('usage.codeOrDefault'));
  readImei(terminal, input);
  const opened = await terminal.open(reachOf(input.given('DEVICE')));
  const source: ProfileSource =
    code === null ? { kind: 'defaultSmdp' } : { kind: 'activationCode', text: (await readCode(opened.desk, words, code)).text };
  return { target: await findTarget(terminal, input, opened), source };
}

async function findTarget(terminal: Terminal, { given, option }: Input, opened: OpenedDesk): Promise<Target> {
  const device = await findDevice(opened, terminal, given('DEVICE'), 'euicc');
  return { opened, device, euicc: euiccNamed(terminal.words, device, option('se')) };
}

function readImei({ words }: Terminal, { option }: Input): { readonly imei?: string } {
  const imei = option('imei');
  if (imei === null) return {};
  if (!/^\d{15,16}$/u.test(imei)) throw new UsageError(words.say('usage.imei', { value: imei }));
  return { imei };
}

async function preview(terminal: Terminal, input: Input, { opened, device, euicc }: Target, source: ProfileSource): Promise<Outcome> {
  const { desk } = opened;
  const task = await followTask(terminal, desk, () =>
    desk.profiles.download({ ...onEuicc(device, euicc), source, previewOnly: true, ...readImei(terminal, input) }),
  );
  const fit = task.preview === null ? null : fits(task.preview);
  const { testRoots, trustedBy } = resultData(terminal, task);
  return {
    data: { deviceId: device.deviceId, eid: euicc.eid, preview: task.preview, fits: fit, testRoots, trustedBy },
    text: await describePreview(terminal, euicc, task),
  };
}

async function describePreview(terminal: Terminal, { eid }: EuiccOverview, task: Task): Promise<string> {
  const { pairs } = await import('../table.ts');
  const { words } = terminal;
  return [
    pairs([...(task.preview === null ? [] : previewPairs(words, task.preview)), [words.say('field.forChip'), eid]]),
    ...(task.testRoots ? ['', trustLine(terminal)] : []),
  ].join('\n');
}

type Downloaded = { readonly data: object; readonly text: string };

async function download(terminal: Terminal, input: Input, { opened, device, euicc }: Target, source: ProfileSource): Promise<Downloaded> {
  const { words } = terminal;
  const { desk } = opened;
  const { deviceId } = device;
  const { flag, option } = input;
  const confirmationCode = option('confirmationCode');
  const enable = flag('enable');
  const consent = { yes: flag('yes'), acceptRules: flag('acceptPpr') };
  const task = await followTask(
    terminal,
    desk,
    () =>
      desk.profiles.download({
        ...onEuicc(device, euicc),
        source,
        enable,
        ...readImei(terminal, input),
        ...(confirmationCode === null ? {} : { confirmationCode }),
      }),
    answerDownload(words, consent, personAt(terminal), (asking) => describePreview(terminal, euicc, asking)),
  );
  const name = plain(task.preview?.profileName ?? task.preview?.iccid ?? '');
  return {
    data: {
      deviceId,
      eid: euicc.eid,
      iccid: task.preview?.iccid ?? null,
      preview: task.preview,
      enabled: enable,
      ...resultData(terminal, task),
    },
    text: [words.say(enable ? 'done.installedEnabled' : 'done.installed', { name }), ...resultLines(terminal, task)].join('\n'),
  };
}

function personAt(terminal: Terminal): Person | null {
  if (!canAsk()) return null;
  return { ask: (question, over) => ask(terminal, question, true, over), tell: (text) => terminal.progress.note(text) };
}

async function profilesOf({ opened, device, euicc }: Target): Promise<EuiccOverview['profiles'] | null> {
  return (await readingAfter(opened.desk, device.deviceId, euicc.eid))?.profiles ?? null;
}

/** What waits on the SM-DS, and with `--download` one after the other of it. */
async function discover(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  readImei(terminal, input);
  const opened = await terminal.open(reachOf(input.given('DEVICE')));
  const target = await findTarget(terminal, input, opened);
  const { device, euicc } = target;
  const smdsAddress = input.option('smds') ?? euicc.rootSmdsAddress;
  const task = await followTask(terminal, opened.desk, () => opened.desk.profiles.discover({ ...onEuicc(device, euicc), smdsAddress }));
  const events = task.events ?? [];
  const downloads: Downloaded[] = [];
  if (input.flag('download')) {
    for (const event of events) {
      try {
        downloads.push(await download(terminal, input, target, { kind: 'event', ...event }));
      } catch (error) {
        // What was installed before is not lost with the one that failed.
        if (!terminal.options.json) for (const { text } of downloads) process.stdout.write(`${text}\n`);
        const known = toTableError(error);
        throw new LebError(known.code, { ...known.details, eventId: event.eventId, installed: downloads.length }, { cause: error });
      }
    }
  }
  const found = { deviceId: device.deviceId, eid: euicc.eid, smdsAddress, events, ...resultData(terminal, task) };
  const { table } = await import('../table.ts');
  const list =
    events.length === 0
      ? words.say('none.events', { server: plain(smdsAddress) })
      : table(
          ['address', 'eventId'].map((name) => words.say(`column.${name}`)),
          events.map(({ server, eventId }) => [server, eventId]),
        );
  return input.flag('download')
    ? {
        data: { ...found, downloads: downloads.map(({ data }) => data), profiles: await profilesOf(target) },
        text: downloads.length === 0 ? list : downloads.map(({ text }) => text).join('\n'),
      }
    : { data: found, text: [list, ...(task.testRoots ? ['', trustLine(terminal)] : [])].join('\n') };
}
