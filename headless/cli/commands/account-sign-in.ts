import type { Command } from 'commander';
import type { SessionEntry } from '#contract/account/index.ts';
import { readPasswordChange } from '../ask.ts';
import type { Kit } from '../command-kit.ts';
import { readSignedIn } from '../signed-in.ts';
import { formatDate, formatTime, orNone } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

/** The password of the account, and where it is signed in. */
export function addSignInCommands(kit: Kit, group: Command): void {
  const { words } = kit;
  kit
    .command(group, 'change-password', '', async (terminal, input) => {
      const change = await readPasswordChange(terminal, input);
      const opened = await terminal.open('none');
      await readSignedIn(opened, terminal);
      terminal.progress.begin(words.say('progress.account'));
      const account = await opened.desk.account.changePassword(change);
      return { data: { account }, text: words.say('done.passwordChanged') };
    })
    .option('--password-stdin', words.say('option.passwordsStdin'));
  kit.command(group, 'sessions', '', async (terminal) => {
    const opened = await terminal.open('none');
    await readSignedIn(opened, terminal);
    const sessions = await opened.desk.account.sessions();
    const { table } = await import('../table.ts');
    const head = ['session', 'program', 'used', 'since'].map((name) => words.say(`column.${name}`));
    return {
      data: sessions,
      text: table(
        head,
        sessions.map((session) => sessionRow(words, session)),
      ),
    };
  });
  kit
    .command(group, 'end-session', '[SESSION]', async (terminal, { given, flag }) => {
      const sessionId = given('SESSION');
      if ((sessionId === null) !== flag('others')) throw new UsageError(words.say('usage.sessionOrOthers'));
      const opened = await terminal.open('none');
      await readSignedIn(opened, terminal);
      const { account } = opened.desk;
      if (sessionId === null) {
        const { ended } = await account.endOtherSessions();
        return { data: { ended }, text: words.say('done.sessionsEnded', { count: ended }) };
      }
      const known = (await account.sessions()).some((session) => session.sessionId === sessionId);
      if (!known) throw new UsageError(words.say('usage.noSession', { value: sessionId }));
      await account.endSession({ sessionId });
      return { data: { ended: 1 }, text: words.say('done.sessionsEnded', { count: 1 }) };
    })
    .option('--others', words.say('option.others'));
}

function sessionRow(words: Words, { sessionId, shell, platform, version, createdAt, usedAt, current }: SessionEntry): readonly string[] {
  const program = shell === null ? words.say('value.unknown') : words.say(`program.${shell}`, { system: orNone(words, platform) });
  return [
    sessionId,
    [program, version, current ? words.say('value.thisProgram') : null].filter((part) => part !== null).join(' '),
    formatTime(words, usedAt),
    formatDate(words, createdAt),
  ];
}
