import type { Profile } from '#contract/desk/devices.ts';
import type { Task } from '#contract/desk/tasks.ts';
import type { Input, Kit } from '../command-kit.ts';
import { euiccOf, findDevice, reachOf } from '../find-device.ts';
import { findProfile, profileTitle } from '../find-profile.ts';
import { followTask } from '../follow-task.ts';
import type { Desk, Outcome, Terminal } from '../terminal.ts';
import { orNone, plain } from '../text.ts';
import type { Words } from '../words.ts';

export function addProfileCommands(kit: Kit): void {
  const { words } = kit;
  const group = kit.group('profile');
  kit.command(group, 'list', '[DEVICE]', async (terminal, { given }) => {
    const opened = await terminal.open(reachOf(given('DEVICE')));
    const device = await findDevice(opened, terminal, given('DEVICE'), 'euicc');
    const { profiles } = euiccOf(device);
    return { data: { deviceId: device.deviceId, profiles }, text: await describe(words, profiles) };
  });
  kit.command(group, 'enable', '[DEVICE] PROFILE', (terminal, input) =>
    change(terminal, input, 'enabled', (desk, on) => desk.profiles.enable(on)),
  );
  kit.command(group, 'disable', '[DEVICE] PROFILE', (terminal, input) =>
    change(terminal, input, 'disabled', (desk, on) => desk.profiles.disable(on)),
  );
  kit
    .command(group, 'delete', '[DEVICE] PROFILE', (terminal, input) =>
      change(terminal, input, 'deleted', (desk, on) => desk.profiles.delete({ ...on, disableFirst: input.flag('disableFirst') })),
    )
    .option('--disable-first', words.say('option.disableFirst'));
  kit.command(group, 'rename', '[DEVICE] PROFILE NAME', (terminal, input) =>
    change(terminal, input, 'renamed', (desk, on) => desk.profiles.rename({ ...on, nickname: input.required('NAME') })),
  );
}

async function describe(words: Words, profiles: readonly Profile[]): Promise<string> {
  if (profiles.length === 0) return words.say('none.profiles');
  const { table } = await import('../table.ts');
  return table(
    ['iccid', 'state', 'name', 'provider', 'class'].map((name) => words.say(`column.${name}`)),
    profiles.map((profile) => [
      profile.iccid,
      words.say(`profileState.${profile.state}`),
      profileTitle(profile),
      orNone(words, profile.serviceProviderName),
      words.say(`profileClass.${profile.profileClass}`),
    ]),
  );
}

/** Starts one change of one profile, follows it, and shows what the chip holds afterwards. */
async function change(
  terminal: Terminal,
  { given, required }: Input,
  done: 'enabled' | 'disabled' | 'deleted' | 'renamed',
  start: (desk: Desk, on: { readonly deviceId: string; readonly iccid: string }) => Promise<{ readonly taskId: string }>,
): Promise<Outcome> {
  const wanted = required('PROFILE');
  const opened = await terminal.open(reachOf(given('DEVICE')));
  const device = await findDevice(opened, terminal, given('DEVICE'), 'euicc');
  const { deviceId } = device;
  const profile = findProfile(euiccOf(device).profiles, wanted);
  const task = await followTask(terminal, opened.desk, () => start(opened.desk, { deviceId, iccid: profile.iccid }));
  const after = await readingAfter(opened.desk, deviceId);
  const { words } = terminal;
  return {
    data: { deviceId, iccid: profile.iccid, task, profiles: after },
    text: [words.say(`done.${done}`, { name: plain(profileTitle(profile)) }), ...registered(words, task)].join('\n'),
  };
}

/** What the task itself read back from the chip. */
async function readingAfter(desk: Desk, deviceId: string): Promise<readonly Profile[] | null> {
  for await (const { devices } of await desk.devices.watch()) {
    return devices.find((device) => device.deviceId === deviceId)?.euicc?.profiles ?? null;
  }
  return null;
}

function registered(words: Words, { modem }: Task): readonly string[] {
  if (modem === null) return [];
  const operator = modem.operator?.name ?? modem.operator?.mccMnc ?? null;
  const state = words.say(`registration.${modem.registration.state}`);
  return [operator === null ? state : words.say('done.registered', { operator: plain(operator), state })];
}
