import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { LebError } from '#contract/errors.ts';
import { ask, readPassword } from '../ask.ts';
import type { Input, Kit } from '../command-kit.ts';
import { readSignedIn } from '../signed-in.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** What is stored about the person: as a file, or deleted. */
export function addAccountDataCommands(kit: Kit, group: Command): void {
  const { words } = kit;
  kit
    .command(group, 'export', '', async (terminal, { option }) => {
      const file = option('out') ?? '';
      const opened = await terminal.open('none');
      await readSignedIn(opened, terminal);
      const { text } = await opened.desk.account.exportData();
      try {
        await writeFile(file, text, { mode: 0o600 });
      } catch {
        throw new UsageError(words.say('usage.notWritten', { value: file }));
      }
      return { data: { file, bytes: Buffer.byteLength(text) }, text: words.say('done.exported', { file }) };
    })
    .requiredOption('--out <FILE>', words.say('option.outFile'));
  kit
    .command(group, 'delete', '', async (terminal, input) => {
      await requireWord(terminal, input);
      const password = await readPassword(terminal, input);
      const opened = await terminal.open('none');
      await readSignedIn(opened, terminal);
      terminal.progress.begin(words.say('progress.account'));
      const left = await opened.desk.account.deleteAccount({ password });
      return {
        data: left,
        text: [
          words.say('done.accountDeleted'),
          words.say('done.ordersKept', { count: left.ordersKept }),
          words.say('done.linesReleased', { count: left.linesReleased }),
        ].join('\n'),
      };
    })
    .option('--confirm <WORD>', words.say('option.confirmDeletion'))
    .option('--password-stdin', words.say('option.passwordStdin'));
}

/** The word of either language does; a script should not depend on the one that it runs in. @throws LebError DELETION_NOT_CONFIRMED */
async function requireWord(terminal: Terminal, { option }: Input): Promise<void> {
  const { words } = terminal;
  const typed = option('confirm') ?? (await ask(terminal, words.say('ask.deletion'), true));
  if (!['delete', '删除'].includes(typed.trim().toLowerCase())) throw new LebError('DELETION_NOT_CONFIRMED', { option: '--confirm' });
}
