import { LebError } from '#contract/errors.ts';
import type { Explanation } from '#native/at/explain/explanation.ts';
import { toTableError } from '../failure.ts';
import type { Kit } from '../command-kit.ts';
import { findDevice, modemOf, reachOf } from '../find-device.ts';
import { plain, styled } from '../text.ts';
import { addAtExplain } from './at-explain.ts';

type Answer = {
  readonly command: string;
  readonly lines: readonly string[];
  readonly final: string;
  /** One for each line, and one for the final result; null where it is not known what a line says. */
  readonly explained: readonly (Explanation | null)[];
};

export function addAtCommands(kit: Kit): void {
  const { words } = kit;
  const group = kit.group('at');
  addAtExplain(kit, group);
  kit.command(group, 'send', '[DEVICE] COMMAND…', async (terminal, { given, rest }) => {
    const opened = await terminal.open(reachOf(given('DEVICE')));
    const device = await findDevice(opened, terminal, given('DEVICE'), 'modem');
    if (device.kind === 'reader') modemOf(device);
    // Loaded for this command only: what all makers' lines mean is much to read.
    const [{ createExplainer }, { explainedText }] = await Promise.all([
      import('#native/at/explain/explainer.ts'),
      import('../explained-text.ts'),
    ]);
    const describe = ({ command, lines, final, explained }: Answer): string => {
      const told = lines.map((line, index) => explainedText(words, line, explained[index] ?? null));
      const end = final === 'OK' ? styled('dim', plain(final)) : explainedText(words, final, explained[lines.length] ?? null);
      return [styled('dim', plain(command)), ...told, end].join('\n');
    };
    const answers: Answer[] = [];
    for (const command of rest) {
      terminal.progress.begin(words.say('progress.at', { command }));
      try {
        const answer = await opened.desk.modem.send({ deviceId: device.deviceId, command });
        const explainer = createExplainer({ command });
        const explained = [...answer.lines, answer.final].map((line) => explainer.explain(line).explanation);
        answers.push({ command, ...answer, explained });
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
