import type { CiRoot, EuiccOverview } from '#contract/desk/devices.ts';
import { LebError } from '#contract/errors.ts';
import type { Input, Kit } from '../command-kit.ts';
import { findDevice, reachOf } from '../find-device.ts';
import { followTask } from '../follow-task.ts';
import { euiccNamed, euiccsOf, onEuicc, readingAfter } from '../secure-element.ts';
import type { Pair } from '../table.ts';
import { resultData, resultLines } from '../task-result.ts';
import type { Outcome, Terminal } from '../terminal.ts';
import { formatBytes, formatList, formatTime, joinPhrases, orNone, plain, styled } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

export function addEuiccCommands(kit: Kit): void {
  const { words } = kit;
  const group = kit.group('euicc');
  kit
    .command(group, 'info', '[DEVICE]', async (terminal, { given, option }) => {
      const opened = await terminal.open(reachOf(given('DEVICE')));
      const device = await findDevice(opened, terminal, given('DEVICE'), 'euicc');
      const euiccs = euiccsOf(words, device, option('se'));
      const [first, ...otherEuiccs] = euiccs;
      return { data: { deviceId: device.deviceId, ...first, otherEuiccs }, text: await describeEuiccs(words, euiccs) };
    })
    .option('--se <SE>', words.say('option.se'));
  kit.command(group, 'set-smdp', '[DEVICE] ADDRESS', setDefaultSmdp).option('--se <SE>', words.say('option.se'));
  kit
    .command(group, 'reset', '[DEVICE]', reset)
    .option('--operational', words.say('option.operational'))
    .option('--test', words.say('option.test'))
    .option('--default-smdp', words.say('option.defaultSmdp'))
    .option('--confirm <EID>', words.say('option.confirm'))
    .option('--se <SE>', words.say('option.se'));
}

async function setDefaultSmdp(terminal: Terminal, { given, required, option }: Input): Promise<Outcome> {
  const { words } = terminal;
  const address = required('ADDRESS').trim();
  const opened = await terminal.open(reachOf(given('DEVICE')));
  const device = await findDevice(opened, terminal, given('DEVICE'), 'euicc');
  const euicc = euiccNamed(words, device, option('se'));
  await followTask(terminal, opened.desk, () => opened.desk.euicc.setDefaultSmdp({ ...onEuicc(device, euicc), address }));
  const after = await readingAfter(opened.desk, device.deviceId, euicc.eid);
  return {
    data: { deviceId: device.deviceId, eid: euicc.eid, defaultSmdpAddress: after?.defaultSmdpAddress ?? null },
    text: words.say(address === '' ? 'done.smdpRemoved' : 'done.smdpSet', { address: plain(after?.defaultSmdpAddress ?? address) }),
  };
}

/** Nothing is deleted unless the chip is named by its EID. */
async function reset(terminal: Terminal, { given, option, flag }: Input): Promise<Outcome> {
  const { words } = terminal;
  const chosen = {
    operationalProfiles: flag('operational'),
    testProfiles: flag('test'),
    defaultSmdpAddress: flag('defaultSmdp'),
  };
  if (!Object.values(chosen).includes(true)) throw new UsageError(words.say('usage.reset'));
  const opened = await terminal.open(reachOf(given('DEVICE')));
  const device = await findDevice(opened, terminal, given('DEVICE'), 'euicc');
  const confirmed = option('confirm');
  const candidates = euiccsOf(words, device, option('se'));
  const euicc = candidates.find(({ eid }) => eid === confirmed);
  if (euicc === undefined) {
    throw new LebError('EID_NOT_CONFIRMED', { eid: candidates.map(({ eid }) => eid).join(', '), confirmed, option: '--confirm' });
  }
  const { eid } = euicc;
  const task = await followTask(terminal, opened.desk, () => opened.desk.euicc.resetMemory({ ...onEuicc(device, euicc), eid, ...chosen }));
  const after = await readingAfter(opened.desk, device.deviceId, eid);
  const count = euicc.profiles.length - (after?.profiles.length ?? 0);
  return {
    data: {
      deviceId: device.deviceId,
      eid,
      profiles: after?.profiles ?? null,
      defaultSmdpAddress: after?.defaultSmdpAddress ?? null,
      ...resultData(terminal, task),
    },
    text: [
      ...(chosen.operationalProfiles || chosen.testProfiles ? [words.say('done.reset', { count })] : []),
      ...(chosen.defaultSmdpAddress ? [words.say('done.smdpRemoved')] : []),
      ...resultLines(terminal, task),
    ].join('\n'),
  };
}

/** One after the other, each under its EID where there are several. */
export async function describeEuiccs(words: Words, euiccs: readonly EuiccOverview[]): Promise<string> {
  const { pairs } = await import('../table.ts');
  return euiccs
    .map((euicc, index) => {
      const heading = styled('bold', words.say('title.secureElement', { number: index + 1, eid: euicc.eid }));
      return [...(euiccs.length > 1 ? [heading] : []), pairs(euiccPairs(words, euicc))].join('\n');
    })
    .join('\n\n');
}

function euiccPairs(words: Words, euicc: EuiccOverview): readonly Pair[] {
  const { language } = words;
  return [
    ['EID', euicc.eid],
    [words.say('field.manufacturer'), describeManufacturer(words, euicc)],
    ...(euicc.product === null ? [] : [[words.say('field.product'), euicc.product[language]] as const]),
    ['SGP.22', euicc.svn],
    [words.say('field.firmware'), euicc.firmwareVersion],
    [words.say('field.freeMemory'), formatBytes(words, euicc.freeMemory)],
    [words.say('field.smdp'), orNone(words, euicc.defaultSmdpAddress)],
    [words.say('field.smds'), orNone(words, euicc.rootSmdsAddress)],
    [
      words.say('field.ciRoots'),
      euicc.ciRoots.length === 0 ? words.say('value.none') : euicc.ciRoots.map((root) => describeRoot(words, root)),
    ],
    [words.say('field.sas'), orNone(words, euicc.sasAccreditationNumber)],
    [words.say('field.uicc'), nameAll(words, 'uicc', euicc.uiccCapabilities)],
    [words.say('field.rsp'), nameAll(words, 'rsp', euicc.rspCapabilities)],
    [words.say('field.mep'), describeMep(words, euicc)],
    ['ISD-R', euicc.isdrAid],
    [words.say('field.profiles'), String(euicc.profiles.length)],
    [words.say('field.notifications'), String(euicc.notifications.length)],
    [words.say('field.readAt'), formatTime(words, euicc.readAt)],
  ];
}

function describeManufacturer(words: Words, { manufacturer }: EuiccOverview): string {
  if (manufacturer === null) return words.say('value.unknown');
  const country =
    manufacturer.country === null ? null : (new Intl.DisplayNames(words.language, { type: 'region' }).of(manufacturer.country) ?? null);
  const known = [manufacturer.name?.[words.language] ?? null, country].filter((part) => part !== null);
  return known.length === 0 ? words.say('value.unknown') : joinPhrases(words, known);
}

/** What our table does not know is at least told apart by its key. */
function describeRoot(words: Words, { keyId, name, kind }: CiRoot): string {
  return words.say('value.root', {
    name: name?.[words.language] ?? keyId,
    kind: words.say(kind === null ? 'rootKind.unknown' : `rootKind.${kind}`),
  });
}

function describeMep(words: Words, { mep }: EuiccOverview): string {
  if (mep === null) return words.say('value.oneProfile');
  return joinPhrases(words, [words.say('value.severalProfiles'), ...(mep.mode === null ? [] : [`MEP-${mep.mode}`])]);
}

function nameAll(words: Words, kind: 'uicc' | 'rsp', names: readonly string[]): string {
  return formatList(
    words,
    names.map((name) => plain(words.capability(kind, name))),
  );
}
