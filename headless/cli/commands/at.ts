import { LebError } from '#contract/errors.ts';
import { toTableError } from '../failure.ts';
import type { Kit } from '../command-kit.ts';
import { findDevice, modemOf, reachOf } from '../find-device.ts';
import { plain, styled } from '../text.ts';
import { addAtExplain } from './at-explain.ts';

type Answer = { readonly command: string; readonly lines: readonly string[]; readonly final: string };

export function addAtCommands(kit: Kit): void {
  const { words } = kit;
  const group = kit.group('at');
  addAtExplain(kit, group);
  kit.command(group, 'send', '[DEVICE] COMMAND…', async (terminal, { given, rest }) => {
    const opened = await terminal.open(reachOf(given('DEVICE')));
    const device = await findDevice(opened, terminal, given('DEVICE'), 'modem');
    if (device.kind === 'reader') modemOf(device);
    const answers: Answer[] = [];
    for (const command of rest) {
      terminal.progress.begin(words.say('progress.at', { command }));
      try {
        answers.push({ command, ...(await opened.desk.modem.send({ deviceId: device.deviceId, command })) });
      } catch (error) {
        // What the modem answered before is not lost with the command that failed.
        if (!terminal.options.json) for (const answer of answers) process.stdout.write(`${describe(answer)}\n`);
        const known = toTableError(error);
        throw new LebError(known.code, { ...known.details, command }, { cause: error });
      }
      terminal.progress.end('done');
    }
    return { data: { deviceId: device.deviceId, answers }, text: answers.map(describe).join('\n') };
  });
}

function describe({ command, lines, final }: Answer): string {
  return [styled('bold', plain(command)), ...lines.map(plain), styled('dim', plain(final))].join('\n');
}
