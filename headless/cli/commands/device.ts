import type { Problem } from '#contract/common.ts';
import type { Device, DevicesSnapshot } from '#contract/desk/devices.ts';
import type { Kit } from '../command-kit.ts';
import { findDevice, reachOf, settledDevices } from '../find-device.ts';
import { profileTitle } from '../find-profile.ts';
import { modemPairs } from '../modem-view.ts';
import { formatTime, orNone, plain } from '../text.ts';
import type { Words } from '../words.ts';
import { describeEuiccs } from './euicc.ts';

export function addDeviceCommands(kit: Kit): void {
  const { words } = kit;
  kit.command(null, 'devices', '', async (terminal) => {
    const opened = await terminal.open('all');
    terminal.progress.begin(words.say('progress.devices'));
    const snapshot = await settledDevices(opened, terminal, null);
    return { data: snapshot, text: terminal.options.json ? '' : await describeAll(words, snapshot) };
  });

  const group = kit.group('device');
  kit.command(group, 'info', '[DEVICE]', async (terminal, { given }) => {
    const opened = await terminal.open(reachOf(given('DEVICE')));
    const device = await findDevice(opened, terminal, given('DEVICE'), 'anything');
    return { data: device, text: terminal.options.json ? '' : await describeOne(words, device) };
  });
}

async function describeAll(words: Words, { devices, transports }: DevicesSnapshot): Promise<string> {
  const { table } = await import('../table.ts');
  const problems = transports.flatMap(({ kind, problem }) =>
    problem === null ? [] : [`${words.say(`transport.${kind}`)}: ${explain(words, problem)}`],
  );
  const rows = devices.map((device) => [device.deviceId, words.say(`deviceState.${device.state}`), device.name, summary(words, device)]);
  const head = ['device', 'state', 'name', 'reaches'].map((name) => words.say(`column.${name}`));
  return [rows.length === 0 ? words.say('none.devices') : table(head, rows), ...problems].join('\n');
}

/** What is reachable through the device; of a blocked one, what blocks it. */
function summary(words: Words, device: Device): string {
  const problem = device.ladder.find(({ state }) => state === 'unmet')?.problem ?? null;
  if (device.euicc === null && device.modem === null) return problem === null ? '' : words.error(problem.code, problem.details).sentence;
  const enabled = device.euicc?.profiles.find(({ state }) => state === 'enabled');
  return [
    ...(device.euicc === null ? [] : [words.say('reaches.euicc', { count: device.euicc.profiles.length })]),
    ...(enabled === undefined ? [] : [words.say('reaches.enabled', { name: profileTitle(enabled) })]),
    ...(device.modem === null ? [] : [words.say(`registration.${device.modem.registration.state}`)]),
    ...(device.modem?.operator === null || device.modem === null ? [] : [device.modem.operator.name ?? device.modem.operator.mccMnc ?? '']),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

async function describeOne(words: Words, device: Device): Promise<string> {
  const { pairs } = await import('../table.ts');
  const general: [string, string][] = [
    [words.say('column.device'), device.deviceId],
    [words.say('column.name'), device.name],
    [words.say('field.virtual'), words.say(device.virtual ? 'value.yes' : 'value.no')],
    [words.say('column.state'), words.say(`deviceState.${device.state}`)],
    [words.say('field.seen'), formatTime(words, device.seenAt)],
  ];
  const ladder = device.ladder.map(({ name, state, evidence, problem }) => {
    const why = problem === null ? orNone(words, evidence) : explain(words, problem);
    return [
      words.say(`rung.${name}`),
      `${words.say(`rungState.${state}`)}${evidence === null && problem === null ? '' : `  ${plain(why)}`}`,
    ] as const;
  });
  const parts = [pairs(general), pairs(ladder)];
  if (device.euicc !== null) parts.push(await describeEuiccs(words, [device.euicc, ...device.otherEuiccs]));
  if (device.modem !== null) parts.push(pairs(modemPairs(words, device.modem)));
  return parts.join('\n\n');
}

function explain(words: Words, { code, details }: Problem): string {
  const { sentence, remedy } = words.error(code, details);
  return `${sentence} ${remedy}`;
}
