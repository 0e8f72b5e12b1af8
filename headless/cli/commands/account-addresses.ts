import type { Command } from 'commander';
import type { Account, AddressCode } from '#contract/account/index.ts';
import { ask, canAsk, readPassword } from '../ask.ts';
import type { Kit } from '../command-kit.ts';
import { readSignedIn } from '../signed-in.ts';
import type { OpenedDesk, Outcome, Terminal } from '../terminal.ts';
import { orNone } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import type { Words } from '../words.ts';

/** What the account is reached under, and in which language. */
export function addAddressCommands(kit: Kit, group: Command): void {
  const { words } = kit;
  kit
    .command(group, 'change-address', 'ADDRESS', async (terminal, input) => {
      const address = input.required('ADDRESS');
      const password = await readPassword(terminal, input);
      const opened = await terminal.open('none');
      await readSignedIn(opened, terminal);
      return finish(terminal, opened, await opened.desk.account.changeAddress({ address, password }), address);
    })
    .option('--password-stdin', words.say('option.passwordStdin'));
  kit.command(group, 'verify-address', '[KIND]', async (terminal, { given }) => {
    const kind = given('KIND') ?? 'email';
    if (kind !== 'email' && kind !== 'phone') throw new UsageError(words.say('usage.addressKind', { value: kind }));
    const opened = await terminal.open('none');
    const { account } = await readSignedIn(opened, terminal);
    return finish(terminal, opened, await opened.desk.account.verifyAddress({ kind }), account?.[kind] ?? '');
  });
  kit.command(group, 'confirm-address', 'CODE', async (terminal, { required }) => {
    const code = required('CODE');
    const opened = await terminal.open('none');
    await readSignedIn(opened, terminal);
    return confirmed(words, await opened.desk.account.confirmAddress({ code }));
  });
  kit.command(group, 'mail-language', 'LANGUAGE', async (terminal, { required }) => {
    const language = required('LANGUAGE');
    if (language !== 'en' && language !== 'zh-CN' && language !== 'window')
      throw new UsageError(words.say('usage.mailLanguage', { value: language }));
    const opened = await terminal.open('none');
    await readSignedIn(opened, terminal);
    const account = await opened.desk.account.setMailLanguage({ language });
    return { data: { account }, text: words.say(account.languageFollows ? 'done.mailFollows' : `done.mailLanguage.${account.language}`) };
  });
}

/** Asks for the code that is on its way; without a person to ask it comes with a command of its own. */
async function finish(terminal: Terminal, opened: OpenedDesk, { kind, validMinutes }: AddressCode, address: string): Promise<Outcome> {
  const { words } = terminal;
  const sent = words.say('done.codeSent', { address, count: validMinutes });
  if (!canAsk() || terminal.options.json) return { data: { kind, validMinutes }, text: `${sent}\n${words.say('done.codeNext')}` };
  terminal.progress.note(sent);
  const code = await ask(terminal, words.say('ask.addressCode'), true);
  return confirmed(words, await opened.desk.account.confirmAddress({ code: code.replaceAll(/\s/gu, '') }));
}

function confirmed(words: Words, account: Account): Outcome {
  const addresses = [account.emailVerified ? account.email : null, account.phoneVerified ? account.phone : null].filter(
    (address) => address !== null,
  );
  return { data: { account }, text: words.say('done.addressConfirmed', { address: orNone(words, addresses.join(', ')) }) };
}
