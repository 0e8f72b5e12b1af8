import { concatBytes } from '#native/euicc/tlv/hex.ts';
import type { AtRequest } from './at-input.ts';
import { makeLineReader, parseCommandLine } from './at-input.ts';
import type { CmeCode } from './cme-error.ts';
import { CmeError, formatCmeError } from './cme-error.ts';
import { CmsError } from './cms-error.ts';
import { commandsOf } from './commands/all-commands.ts';
import { runBasic } from './commands/basic-commands.ts';
import { makeMessagePrompt } from './message-prompt.ts';
import type { ModemClock } from './modem-clock.ts';
import type { ModemOutput } from './modem-output.ts';
import type { ModemContext } from './modem-state.ts';

/** The ear of the modem: bytes of the host become command lines, and these are run one after the other. */
export type CommandRunner = {
  receive(bytes: Uint8Array): void;
  /** Forgets what was begun and what waits. */
  stop(): void;
};

/** Lines before the final result, or why there are none; null: nothing at all is said, not even a final result. */
type Outcome = readonly string[] | CmeCode | CmsError | null;

/** What a port holds back while a command runs; the rest is lost. */
const mostUnread = 1_000_000;
/** Every so many lines one is late, where the modem is of that kind. */
const lateEvery = 4;

export function makeCommandRunner(options: {
  readonly clock: ModemClock;
  readonly output: ModemOutput;
  readonly context: ModemContext;
  /** A line was answered. */
  readonly onLineEnd: () => void;
}): CommandRunner {
  const { clock, output, context } = options;
  const { state, kind } = context;
  const { traits } = kind;
  const commands = commandsOf(kind);
  const prompt = makeMessagePrompt();
  let unread: Uint8Array = new Uint8Array();
  let isBusy = false;
  let linesRun = 0;
  /** Ends the command that is under way; null where that cannot be. */
  let abandon: (() => void) | null = null;
  let readLines = makeLineReader(run);

  /** While a command runs the port is not read: what comes in then is echoed, and looked at, when its turn has come. */
  function read(): void {
    while (unread.length > 0 && listens()) {
      if (prompt.open) {
        const rest = prompt.type(unread);
        consume(unread.length - rest.length);
      } else {
        const end = unread.indexOf(0x0d);
        readLines(consume(end < 0 ? unread.length : end + 1));
      }
    }
  }

  function listens(): boolean {
    return !isBusy || prompt.open;
  }

  function consume(length: number): Uint8Array {
    const taken = unread.subarray(0, length);
    unread = unread.subarray(length);
    if (echoes()) output.write(taken);
    return taken;
  }

  function echoes(): boolean {
    return traits.echo === 'switchable' ? state.echo : traits.echo === 'on';
  }

  function run(line: string): void {
    const requests = parseCommandLine(line);
    if (requests === null) {
      // A line that is no command line is passed over without a word.
      if (/^\s*at/i.test(line)) output.say('ERROR');
      return;
    }
    isBusy = true;
    linesRun += 1;
    const late = linesRun % lateEvery === 0 ? traits.lateBy : 0;
    const takes = requests.reduce((sum, request) => sum + timeOf(request), late);
    let isOver = false;
    const end = (finished: boolean): void => {
      if (isOver) return;
      isOver = true;
      abandon = null;
      if (!finished) output.say('OK');
      if (!finished || finish(requests)) goOn();
    };
    clock.after(takes, () => end(true));
    if (requests.some(isAbortable)) abandon = () => end(false);
  }

  function goOn(): void {
    isBusy = false;
    options.onLineEnd();
    read();
  }

  /** Milliseconds of the modem's time. */
  function timeOf(request: AtRequest): number {
    if (request.kind === 'basic') return 0;
    const command = commands.get(request.name);
    const more = command?.takesMore?.(context, request.kind, request.kind === 'set' ? request.parameters : []) ?? 0;
    return (command?.takes?.[request.kind] ?? 0) + more;
  }

  /** The first command that fails ends the line (ITU-T V.250 §5.4.1), and so does one that prompts. @returns whether the line is done */
  function finish(requests: readonly AtRequest[]): boolean {
    for (const request of requests) {
      const outcome = runOne(request);
      if (outcome === null || !answer(outcome)) return true;
      if (request.kind === 'set' && commands.get(request.name)?.message !== undefined) {
        askForMessage(request.name, request.parameters);
        return false;
      }
    }
    output.say('OK');
    return true;
  }

  /** @returns false where the command was refused, which ends the line */
  function answer(outcome: Exclude<Outcome, null>): boolean {
    if (typeof outcome === 'number') output.say(formatCmeError(outcome, traits.errors === 'words' ? 2 : state.cmee));
    else if (outcome instanceof CmsError) output.say(`+CMS ERROR: ${outcome.code}`);
    else output.answer(outcome);
    return Array.isArray(outcome);
  }

  function askForMessage(name: string, parameters: readonly string[]): void {
    const command = commands.get(name);
    output.write(Buffer.from('\r\n> '));
    prompt.ask((text) => {
      clock.after(text === null ? 0 : (command?.takes?.message ?? 0), () => {
        const outcome = text === null ? [] : attempt(() => command?.message?.(context, parameters, text) ?? []);
        if (outcome === null || answer(outcome)) output.say('OK');
        goOn();
      });
    });
  }

  function runOne(request: AtRequest): Outcome {
    if (request.kind === 'basic') return runBasic(context, request.name, request.number);
    const handler = commands.get(request.name)?.[request.kind];
    if (handler === undefined) return 4;
    return attempt(() => handler(context, request.kind === 'set' ? request.parameters : []));
  }

  return {
    receive(bytes) {
      if (abandon !== null) {
        abandon();
        return;
      }
      if (unread.length + bytes.length > mostUnread) return;
      unread = unread.length === 0 ? bytes : concatBytes(unread, bytes);
      read();
    },
    stop() {
      isBusy = false;
      abandon = null;
      unread = new Uint8Array();
      prompt.close();
      readLines = makeLineReader(run);
    },
  };
}

/** A scan: any character that comes meanwhile ends it (ITU-T V.250 §5.6.1). */
function isAbortable(request: AtRequest): boolean {
  return request.kind === 'test' && request.name === '+COPS';
}

function attempt(work: () => readonly string[] | null): Outcome {
  try {
    return work();
  } catch (error) {
    if (error instanceof CmeError) return error.code;
    if (error instanceof CmsError) return error;
    throw error;
  }
}
