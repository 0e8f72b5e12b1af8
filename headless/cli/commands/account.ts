import type { AccountSnapshot } from '#contract/desk/account.ts';
import { LebError } from '#contract/errors.ts';
import { ask, readPassword } from '../ask.ts';
import type { Input, Kit } from '../command-kit.ts';
import { readAccount } from '../signed-in.ts';
import type { OpenedDesk, Terminal } from '../terminal.ts';
import { formatDate, orNone, plain } from '../text.ts';
import type { Words } from '../words.ts';
import { addAddressCommands } from './account-addresses.ts';
import { addAccountDataCommands } from './account-data.ts';
import { addSignInCommands } from './account-sign-in.ts';

export function addAccountCommands(kit: Kit): void {
  const { words } = kit;
  const group = kit.group('account');
  const passwordOption = words.say('option.passwordStdin');

  kit
    .command(group, 'register', '[LOGIN]', async (terminal, input) => {
      const credentials = { login: await readLogin(terminal, input), password: await readPassword(terminal, input) };
      const opened = await terminal.open('none');
      terminal.progress.begin(words.say('progress.account'));
      await opened.desk.account.register(credentials);
      return showAccount(opened, terminal, 'done.registeredAccount');
    })
    .option('--password-stdin', passwordOption);
  kit
    .command(group, 'sign-in', '[LOGIN]', async (terminal, input) => {
      const typed = input.flag('sample')
        ? null
        : { login: await readLogin(terminal, input), password: await readPassword(terminal, input) };
      const opened = await terminal.open('none');
      const credentials = typed ?? (await readAccount(opened, terminal)).service?.sample ?? null;
      if (credentials === null) throw new LebError('CREDENTIALS_WRONG', { sample: false });
      terminal.progress.begin(words.say('progress.account'));
      await opened.desk.account.signIn(credentials);
      return showAccount(opened, terminal, 'done.signedIn');
    })
    .option('--password-stdin', passwordOption)
    .option('--sample', words.say('option.sample'));
  kit.command(group, 'sign-out', '', async (terminal) => {
    const opened = await terminal.open('none');
    await readAccount(opened, terminal);
    await opened.desk.account.signOut();
    return { data: { state: 'signedOut' }, text: words.say('done.signedOut') };
  });
  kit.command(group, 'show', '', async (terminal) => {
    const opened = await terminal.open('none');
    const snapshot = await readAccount(opened, terminal);
    const { pairs } = await import('../table.ts');
    return { data: dataOf(snapshot), text: pairs(accountPairs(words, snapshot)) };
  });
  kit.command(group, 'forgot-password', '[LOGIN]', async (terminal, input) => {
    const login = await readLogin(terminal, input);
    const opened = await terminal.open('none');
    terminal.progress.begin(words.say('progress.account'));
    const { validMinutes } = await opened.desk.account.forgotPassword({ login });
    return { data: { validMinutes }, text: words.say('done.forgotPassword', { count: validMinutes }) };
  });
  addSignInCommands(kit, group);
  addAddressCommands(kit, group);
  addAccountDataCommands(kit, group);
}

async function readLogin(terminal: Terminal, { given }: Input): Promise<string> {
  const login = given('LOGIN') ?? (await ask(terminal, terminal.words.say('ask.login'), true));
  if (login === '') throw new LebError('LOGIN_INVALID', { missing: 'login' });
  return login;
}

async function showAccount(opened: OpenedDesk, terminal: Terminal, done: string): Promise<{ data: unknown; text: string }> {
  const { words } = terminal;
  const snapshot = await readAccount(opened, terminal);
  if (snapshot.sessionStore === 'memory') terminal.progress.note(words.say('note.memoryOnly'));
  const login = orNone(words, snapshot.account?.email ?? snapshot.account?.phone);
  return { data: dataOf(snapshot), text: words.say(done, { login }) };
}

function dataOf({ state, service, account, sessionStore, lines, orders, asOf, problem }: AccountSnapshot): object {
  return { state, service, account, sessionStore, lines: lines.length, orders: orders.length, asOf, problem };
}

function address(words: Words, text: string | null | undefined, verified: boolean | undefined): string {
  if (text === null || text === undefined) return words.say('value.none');
  return `${plain(text)} ${words.say(verified === true ? 'value.verified' : 'value.unverified')}`;
}

function accountPairs(
  words: Words,
  { state, service, account, sessionStore, lines, orders }: AccountSnapshot,
): readonly (readonly [string, string])[] {
  return [
    [words.say('field.account'), words.say(`accountState.${state}`)],
    [words.say('field.email'), address(words, account?.email, account?.emailVerified)],
    [words.say('field.phone'), address(words, account?.phone, account?.phoneVerified)],
    ...(account === null
      ? []
      : [[words.say('field.mailLanguage'), words.say(`mailLanguage.${account.languageFollows ? 'window' : account.language}`)] as const]),
    [words.say('field.since'), formatDate(words, account?.createdAt ?? null)],
    [words.say('field.session'), words.say(`sessionStore.${sessionStore}`)],
    [words.say('field.lines'), String(lines.length)],
    [words.say('field.orders'), String(orders.length)],
    [words.say('field.service'), service === null ? words.say('value.none') : `${service.name} ${service.version}`],
    ...(service?.trial === true ? [[words.say('field.trial'), words.say('value.trial')] as const] : []),
  ];
}
