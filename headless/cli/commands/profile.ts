import type { Command } from 'commander';
import type { EuiccOverview, Picture, Profile } from '#contract/desk/devices.ts';
import type { Input, Kit } from '../command-kit.ts';
import { findDevice, reachOf } from '../find-device.ts';
import { profileTitle } from '../find-profile.ts';
import { followTask } from '../follow-task.ts';
import { describePicture } from '../profile-preview.ts';
import { euiccsOf, locateProfile, onEuicc, readingAfter, type OnEuicc } from '../secure-element.ts';
import { resultData, resultLines } from '../task-result.ts';
import type { Desk, Outcome, Terminal } from '../terminal.ts';
import { orNone, plain, styled } from '../text.ts';
import type { Words } from '../words.ts';
import { addDownloadCommands } from './download.ts';

/** What is shown of one secure element. */
type Listed = Pick<EuiccOverview, 'eid' | 'isdrAid'> & { readonly profiles: readonly (Profile & { readonly icon?: Picture | null })[] };

type Switching = OnEuicc & { readonly iccid: string; readonly refresh: boolean; readonly notify: boolean };

export function addProfileCommands(kit: Kit): void {
  const { words } = kit;
  const group = kit.group('profile');
  const addSwitching = (
    name: 'enable' | 'disable' | 'delete',
    done: string,
    start: (desk: Desk, on: Switching, input: Input) => Promise<{ readonly taskId: string }>,
  ): Command =>
    kit
      .command(group, name, '[DEVICE] PROFILE', (terminal, input) =>
        change(terminal, input, done, (desk, on) =>
          start(desk, { ...on, refresh: input.flag('refresh'), notify: input.flag('notify') }, input),
        ),
      )
      .option('--se <SE>', words.say('option.se'))
      .option('--no-refresh', words.say('option.noRefresh'))
      .option('--no-notify', words.say('option.noNotify'));

  kit
    .command(group, 'list', '[DEVICE]', async (terminal, { given, option, flag }) => {
      const opened = await terminal.open(reachOf(given('DEVICE')));
      const device = await findDevice(opened, terminal, given('DEVICE'), 'euicc');
      const listed: Listed[] = [];
      for (const euicc of euiccsOf(words, device, option('se'))) {
        const { eid, isdrAid, profiles } = euicc;
        listed.push({
          eid,
          isdrAid,
          profiles: flag('icons') ? await withIcons(terminal, opened.desk, onEuicc(device, euicc), profiles) : profiles,
        });
      }
      const [first, ...otherEuiccs] = listed;
      return { data: { deviceId: device.deviceId, ...first, otherEuiccs }, text: await describe(words, listed) };
    })
    .option('--se <SE>', words.say('option.se'))
    .option('--icons', words.say('option.icons'));
  addSwitching('enable', 'enabled', (desk, on) => desk.profiles.enable(on));
  addSwitching('disable', 'disabled', (desk, on) => desk.profiles.disable(on));
  addSwitching('delete', 'deleted', (desk, on, { flag }) => desk.profiles.delete({ ...on, disableFirst: flag('disableFirst') })).option(
    '--disable-first',
    words.say('option.disableFirst'),
  );
  kit
    .command(group, 'rename', '[DEVICE] PROFILE NAME', (terminal, input) =>
      change(terminal, input, 'renamed', (desk, on) => desk.profiles.rename({ ...on, nickname: input.required('NAME') })),
    )
    .option('--se <SE>', words.say('option.se'));
  addDownloadCommands(kit, group);
}

/** A picture is read from the chip only where it is wanted: it takes longer than all the rest. */
async function withIcons(
  { progress, words }: Terminal,
  desk: Desk,
  on: OnEuicc,
  profiles: readonly Profile[],
): Promise<Listed['profiles']> {
  const complete: (Profile & { readonly icon: Picture | null })[] = [];
  progress.begin(words.say('progress.icons'));
  for (const profile of profiles) complete.push({ ...profile, ...(await desk.profiles.icon({ ...on, iccid: profile.iccid })) });
  progress.end('done');
  return complete;
}

/** One table, or one under the EID of each secure element. */
async function describe(words: Words, listed: readonly Listed[]): Promise<string> {
  const { table } = await import('../table.ts');
  return listed
    .map(({ eid, profiles }, index) => {
      const heading = listed.length === 1 ? [] : [styled('bold', words.say('title.secureElement', { number: index + 1, eid }))];
      return [...heading, profiles.length === 0 ? words.say('none.profiles') : table(...rows(words, profiles))].join('\n');
    })
    .join('\n\n');
}

function rows(words: Words, profiles: Listed['profiles']): [readonly string[], readonly (readonly string[])[]] {
  const onPorts = profiles.some(({ port }) => port !== null);
  const icons = profiles.some(({ icon }) => icon !== undefined);
  const columns = ['iccid', 'state', ...(onPorts ? ['port'] : []), 'name', 'provider', 'class', ...(icons ? ['icon'] : [])];
  return [
    columns.map((name) => words.say(`column.${name}`)),
    profiles.map((profile) => [
      profile.iccid,
      words.say(`profileState.${profile.state}`),
      ...(onPorts ? [profile.port === null ? words.say('value.none') : String(profile.port)] : []),
      profileTitle(profile),
      orNone(words, profile.serviceProviderName),
      words.say(`profileClass.${profile.profileClass}`),
      ...(icons ? [describePicture(words, profile.icon ?? null)] : []),
    ]),
  ];
}

/** Starts one change of one profile, follows it, and shows what the chip holds afterwards. */
async function change(
  terminal: Terminal,
  { given, required, option }: Input,
  done: string,
  start: (desk: Desk, on: OnEuicc & { readonly iccid: string }) => Promise<{ readonly taskId: string }>,
): Promise<Outcome> {
  const { words } = terminal;
  const wanted = required('PROFILE');
  const opened = await terminal.open(reachOf(given('DEVICE')));
  const device = await findDevice(opened, terminal, given('DEVICE'), 'euicc');
  const { deviceId } = device;
  const { euicc, profile } = locateProfile(euiccsOf(words, device, option('se')), wanted);
  const { iccid } = profile;
  const task = await followTask(terminal, opened.desk, () => start(opened.desk, { ...onEuicc(device, euicc), iccid }));
  const after = await readingAfter(opened.desk, deviceId, euicc.eid);
  return {
    data: { deviceId, eid: euicc.eid, iccid, task, profiles: after?.profiles ?? null, ...resultData(terminal, task) },
    text: [words.say(`done.${done}`, { name: plain(profileTitle(profile)) }), ...resultLines(terminal, task)].join('\n'),
  };
}
