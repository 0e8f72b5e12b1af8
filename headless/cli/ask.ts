import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { LebError } from '#contract/errors.ts';
import type { Input } from './command-kit.ts';
import type { Terminal } from './terminal.ts';
import type { Words } from './words.ts';

/**
 * The password: from standard input with `--password-stdin`, from `LEB_PASSWORD`, or asked for without an echo. Never from an argument,
 * which every program on the machine could read.
 * @throws LebError CREDENTIALS_WRONG where there is none to be had
 */
export async function readPassword(terminal: Terminal, { flag }: Input): Promise<string> {
  const given = flag('passwordStdin') ? (await text(process.stdin)).replace(/\r?\n$/u, '') : (process.env['LEB_PASSWORD'] ?? '');
  const password = given === '' && !flag('passwordStdin') ? await ask(terminal, terminal.words.say('ask.password'), false) : given;
  if (password === '') throw new LebError('CREDENTIALS_WRONG', { missing: 'password' });
  return password;
}

/**
 * The present password and the next one, as `readPassword` does: two lines of standard input, `LEB_PASSWORD` and `LEB_NEW_PASSWORD`, or asked
 * for, the new one twice.
 * @throws LebError PASSWORD_WRONG, PASSWORD_WEAK where there is none to be had; INPUT_INVALID where the two are not the same
 */
export async function readPasswordChange(
  terminal: Terminal,
  { flag }: Input,
): Promise<{ readonly currentPassword: string; readonly newPassword: string }> {
  const { words } = terminal;
  if (flag('passwordStdin')) {
    const [currentPassword = '', newPassword = ''] = (await text(process.stdin)).split(/\r?\n/u);
    return requireBoth(currentPassword, newPassword);
  }
  const currentPassword = process.env['LEB_PASSWORD'] || (await ask(terminal, words.say('ask.currentPassword'), false));
  const given = process.env['LEB_NEW_PASSWORD'] ?? '';
  const newPassword = given === '' ? await ask(terminal, words.say('ask.newPassword'), false) : given;
  if (given === '' && newPassword !== '' && (await ask(terminal, words.say('ask.newPasswordAgain'), false)) !== newPassword)
    throw new LebError('INPUT_INVALID', { field: 'newPassword' });
  return requireBoth(currentPassword, newPassword);
}

function requireBoth(currentPassword: string, newPassword: string): { readonly currentPassword: string; readonly newPassword: string } {
  if (currentPassword === '') throw new LebError('PASSWORD_WRONG', { missing: 'currentPassword' });
  if (newPassword === '') throw new LebError('PASSWORD_WEAK', { missing: 'newPassword' });
  return { currentPassword, newPassword };
}

/** Whether there is a person who can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY;
}

/**
 * Asks on the terminal; without one there is nobody to ask, and the answer is empty. `over` aborts when nobody waits for it any more.
 * @throws LebError CANCELLED
 */
export async function ask(terminal: Terminal, question: string, echo: boolean, over?: AbortSignal): Promise<string> {
  if (!canAsk()) return '';
  if (!echo) process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: echo ? process.stderr : silent, terminal: true });
  const stopped = new AbortController();
  lines.on('SIGINT', () => stopped.abort()).on('close', () => stopped.abort());
  try {
    const signal = AbortSignal.any([terminal.interrupted, stopped.signal, ...(over === undefined ? [] : [over])]);
    return (await lines.question(echo ? question : '', { signal })).trim();
  } catch {
    if (echo) process.stderr.write('\n');
    throw new LebError('CANCELLED');
  } finally {
    lines.close();
    if (!echo) process.stderr.write('\n');
  }
}

/** A question that is answered with yes or no; everything that is not a yes in the person's language is a no. */
export async function askYes(question: (text: string) => Promise<string>, words: Words, text: string): Promise<boolean> {
  const answer = (await question(`${text} ${words.say('ask.yesNo')} `)).toLowerCase();
  return answer !== '' && words.say('ask.yesAnswers').split(' ').includes(answer);
}
