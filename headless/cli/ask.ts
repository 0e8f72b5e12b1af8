import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { LebError } from '#contract/errors.ts';
import type { Input } from './command-kit.ts';
import type { Terminal } from './terminal.ts';

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

/** Asks on the terminal; without one there is nobody to ask, and the answer is empty. @throws LebError CANCELLED */
export async function ask(terminal: Terminal, question: string, echo: boolean): Promise<string> {
  if (!process.stdin.isTTY) return '';
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: echo ? process.stderr : silent, terminal: true });
  const stopped = new AbortController();
  lines.on('SIGINT', () => stopped.abort());
  try {
    return (await lines.question('', { signal: AbortSignal.any([terminal.interrupted, stopped.signal]) })).trim();
  } catch {
    throw new LebError('CANCELLED');
  } finally {
    lines.close();
    if (!echo) process.stderr.write('\n');
  }
}
