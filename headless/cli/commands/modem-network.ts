import type { Command } from 'commander';
import type { RegistrationReport } from '#contract/desk/modem.ts';
import type { ScannedNetwork } from '#contract/desk/tasks.ts';
import type { Input, Kit } from '../command-kit.ts';
import { followTask } from '../follow-task.ts';
import { openModem, registrationPairs } from '../modem-view.ts';
import { resultLines } from '../task-result.ts';
import type { Outcome, Terminal } from '../terminal.ts';
import { orNone, plain } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

export function addNetworkCommands(kit: Kit, modem: Command): void {
  kit.command(modem, 'registration', '[DEVICE]', registration);
  kit.command(modem, 'networks', '[DEVICE]', networks);
  kit.command(modem, 'register', '[DEVICE] NETWORK', register);
  kit.command(modem, 'restart', '[DEVICE]', restart);
  kit.command(modem, 'free-channels', '[DEVICE]', freeChannels);
}

async function registration(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  const { desk, device } = await openModem(terminal, input);
  const report = await desk.modem.registration({ deviceId: device.deviceId });
  const { pairs, table } = await import('../table.ts');
  const facts = [
    ...registrationPairs(words, report),
    [words.say('field.selection'), report.selection === null ? words.say('value.unknown') : words.say(`selection.${report.selection}`)],
    ...(report.rejectCause === null ? [] : [[words.say('field.rejectCause'), describeCause(words, report.rejectCause)]]),
  ] as const;
  const head = ['domain', 'state', 'technology', 'areaCode', 'cellId'] as const;
  const rows = report.domains.map((domain) => describeDomain(words, domain));
  return {
    data: { deviceId: device.deviceId, ...report },
    text: [
      pairs(facts.map(([name = '', value = '']) => [name, value])),
      table(
        head.map((name) => words.say(`column.${name}`)),
        rows,
      ),
    ].join('\n\n'),
  };
}

function describeDomain(words: Words, domain: RegistrationReport['domains'][number]): readonly string[] {
  return [
    words.say(`domain.${domain.domain}`),
    words.say(`registration.${domain.state}`),
    describeTechnology(words, domain.technology),
    orNone(words, domain.areaCode),
    orNone(words, domain.cellId),
  ];
}

/** In words, with the number that manuals have; a cause that is newer than our words has only that. */
function describeCause(words: Words, cause: number): string {
  const text = words.rejectCause(cause);
  return text === null ? String(cause) : `${text} (${cause})`;
}

function describeTechnology(words: Words, technology: ScannedNetwork['technology']): string {
  return technology === null ? words.say('value.none') : words.say(`technology.${technology}`);
}

async function networks(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  const { desk, device } = await openModem(terminal, input);
  const { deviceId } = device;
  const task = await followTask(terminal, desk, () => desk.modem.scan({ deviceId }));
  const found = task.networks ?? [];
  const { table } = await import('../table.ts');
  const head = ['network', 'mccMnc', 'technology', 'state'].map((name) => words.say(`column.${name}`));
  const rows = found.map((network) => [
    plain(network.name ?? network.mccMnc),
    network.mccMnc,
    describeTechnology(words, network.technology),
    words.say(`networkState.${network.state}`),
  ]);
  return { data: { deviceId, networks: found }, text: found.length === 0 ? words.say('none.networks') : table(head, rows) };
}

async function register(terminal: Terminal, input: Input): Promise<Outcome> {
  const { words } = terminal;
  const network = input.required('NETWORK');
  if (network !== 'auto' && !/^\d{5,6}$/u.test(network)) throw new UsageError(words.say('usage.network', { value: network }));
  const { desk, device } = await openModem(terminal, input);
  const { deviceId } = device;
  const task = await followTask(terminal, desk, () => desk.modem.selectNetwork({ deviceId, mccMnc: network === 'auto' ? null : network }));
  return { data: { deviceId, modem: task.modem }, text: resultLines(terminal, task).join('\n') };
}

async function restart(terminal: Terminal, input: Input): Promise<Outcome> {
  const { desk, device } = await openModem(terminal, input);
  const { deviceId } = device;
  const task = await followTask(terminal, desk, () => desk.modem.restart({ deviceId }));
  return { data: { deviceId, modem: task.modem }, text: terminal.words.say('done.restarted') };
}

async function freeChannels(terminal: Terminal, input: Input): Promise<Outcome> {
  const { desk, device } = await openModem(terminal, input);
  const { deviceId } = device;
  await followTask(terminal, desk, () => desk.modem.freeChannels({ deviceId }));
  return { data: { deviceId }, text: terminal.words.say('done.channelsFreed') };
}
