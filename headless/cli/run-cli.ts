import { readFileSync } from 'node:fs';
import { systemLanguage, terminalLanguages } from '../system-language.ts';
import { toFailure, type Failure } from './failure.ts';
import { readCommandLine } from './program.ts';
import { createProgress } from './progress.ts';
import type { OpenedDesk, Terminal } from './terminal.ts';
import { plain, styled } from './text.ts';
import { createWords, type Words } from './words.ts';

/**
 * One command from its words to its exit status (`contract/errors.ts`: 1 failed, 2 wrong usage, 3 the device is gone or busy, 4 needs something
 * from the person). With `--json` exactly one document goes to stdout, whatever happens.
 */
export async function runCli(argv: readonly string[]): Promise<number> {
  const words = createWords(askedLanguage(argv) ?? systemLanguage(terminalLanguages(process.env)));
  const json = argv.includes('--json');
  const closers: (() => Promise<void>)[] = [];
  const progress = createProgress();
  const interrupt = new AbortController();
  const onInterrupt = (): void => {
    // The second Ctrl-C is meant: the person does not want to wait for what is safe.
    if (interrupt.signal.aborted) process.exit(1);
    interrupt.abort();
  };
  try {
    const chosen = readCommandLine(argv, words, readVersion());
    if (chosen === null) return 0;
    process.on('SIGINT', onInterrupt).on('SIGTERM', onInterrupt);
    let opened: Promise<OpenedDesk> | null = null;
    const terminal: Terminal = {
      words,
      options: chosen.options,
      progress,
      interrupted: interrupt.signal,
      open(reach, { openPages } = { openPages: () => true }) {
        opened ??= (async () => {
          const { openDesk } = await import('./open-terminal.ts');
          const desk = await openDesk(reach, chosen.options, words, openPages);
          closers.push(() => desk.close());
          return desk;
        })();
        return opened;
      },
    };
    const outcome = await chosen.act(terminal, chosen.input);
    progress.end('done');
    if (outcome === 'streamed') return 0;
    if (outcome === 'streamedFailures') return 1;
    if (json) process.stdout.write(`${JSON.stringify({ ok: true, data: outcome.data })}\n`);
    else if (outcome.text !== '') process.stdout.write(`${outcome.text}\n`);
    return 0;
  } catch (error) {
    progress.end('failed');
    const failure = toFailure(error, words);
    if (json) {
      const { code, message, remedy, details } = failure;
      process.stdout.write(`${JSON.stringify({ ok: false, error: { code, message, remedy, details } })}\n`);
    } else process.stderr.write(`${describe(failure, words)}\n`);
    return failure.exit;
  } finally {
    for (const close of closers) await close().catch(() => undefined);
    process.off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
  }
}

/** The sentence, what to do next, and one line below the facts that a supporter asks for. */
function describe({ code, message, remedy, details }: Failure, words: Words): string {
  const facts = Object.entries(details).map(([name, value]) => `${name}=${String(value)}`);
  return [
    `${styled('red', words.say('failed'), process.stderr)} ${plain(message)}`,
    ...(remedy === '' ? [] : [plain(remedy)]),
    styled('dim', plain([code, ...facts].join(' ')), process.stderr),
  ].join('\n');
}

/** Wanted before anything is parsed: wrong usage is told in the language that was asked for. */
function askedLanguage(argv: readonly string[]): 'en' | 'zh-CN' | null {
  const position = argv.indexOf('--lang');
  const value = position >= 0 ? argv[position + 1] : argv.find((word) => word.startsWith('--lang='))?.slice('--lang='.length);
  return value === 'en' || value === 'zh-CN' ? value : null;
}

function readVersion(): string {
  return (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string }).version;
}
