import type { AtRequest } from './at-input.ts';
import { makeLineReader, parseCommandLine } from './at-input.ts';
import type { CmeCode } from './cme-error.ts';
import { CmeError, formatCmeError } from './cme-error.ts';
import { CmsError } from './cms-error.ts';
import { allCommands } from './commands/all-commands.ts';
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

/** Lines before the final result, or why there are none. */
type Outcome = readonly string[] | CmeCode | CmsError;

export function makeCommandRunner(options: {
  readonly clock: ModemClock;
  readonly output: ModemOutput;
  readonly context: ModemContext;
}): CommandRunner {
  const { clock, output, context } = options;
  const { state } = context;
  const prompt = makeMessagePrompt();
  const waiting: string[] = [];
  let isBusy = false;
  /** Ends the command that is under way; null where that cannot be. */
  let abandon: (() => void) | null = null;
  let readLines = makeLineReader(enqueue);

  function enqueue(line: string): void {
    waiting.push(line);
    next();
  }

  /** What comes in while a line runs waits. */
  function next(): void {
    if (isBusy) return;
    const line = waiting.shift();
    if (line === undefined) return;
    const requests = parseCommandLine(line);
    if (requests === null) {
      // A line that is no command line is passed over without a word.
      if (/^\s*at/i.test(line)) output.say('ERROR');
      return next();
    }
    isBusy = true;
    const takes = requests.reduce((sum, request) => sum + timeOf(request), 0);
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
    next();
  }

  /** The first command that fails ends the line (ITU-T V.250 §5.4.1), and so does one that prompts. @returns whether the line is done */
  function finish(requests: readonly AtRequest[]): boolean {
    for (const request of requests) {
      if (!answer(runOne(request))) return true;
      if (request.kind === 'set' && allCommands.get(request.name)?.message !== undefined) {
        askForMessage(request.name, request.parameters);
        return false;
      }
    }
    output.say('OK');
    return true;
  }

  /** @returns false where the command was refused, which ends the line */
  function answer(outcome: Outcome): boolean {
    if (typeof outcome === 'number') output.say(formatCmeError(outcome, state.cmee));
    else if (outcome instanceof CmsError) output.say(`+CMS ERROR: ${outcome.code}`);
    else if (outcome.length > 0) output.say(outcome.join('\r\n'));
    return Array.isArray(outcome);
  }

  function askForMessage(name: string, parameters: readonly string[]): void {
    const command = allCommands.get(name);
    output.write(Buffer.from('\r\n> '));
    prompt.ask((text) => {
      clock.after(text === null ? 0 : (command?.takes?.message ?? 0), () => {
        if (text === null || answer(attempt(() => command?.message?.(context, parameters, text) ?? []))) output.say('OK');
        goOn();
      });
    });
  }

  function runOne(request: AtRequest): Outcome {
    if (request.kind === 'basic') return runBasic(state, request.name, request.number);
    const handler = allCommands.get(request.name)?.[request.kind];
    if (handler === undefined) return 4;
    return attempt(() => handler(context, request.kind === 'set' ? request.parameters : []));
  }

  return {
    receive(bytes) {
      if (abandon !== null) {
        abandon();
        return;
      }
      if (state.echo) output.write(bytes);
      readLines(prompt.open ? prompt.type(bytes) : bytes);
    },
    stop() {
      isBusy = false;
      abandon = null;
      waiting.length = 0;
      prompt.close();
      readLines = makeLineReader(enqueue);
    },
  };
}

/** Milliseconds of the modem's time. */
function timeOf(request: AtRequest): number {
  if (request.kind === 'basic') return 0;
  return allCommands.get(request.name)?.takes?.[request.kind] ?? 0;
}

/** A scan: any character that comes meanwhile ends it (ITU-T V.250 §5.6.1). */
function isAbortable(request: AtRequest): boolean {
  return request.kind === 'test' && request.name === '+COPS';
}

function attempt(work: () => readonly string[]): Outcome {
  try {
    return work();
  } catch (error) {
    if (error instanceof CmeError) return error.code;
    if (error instanceof CmsError) return error;
    throw error;
  }
}
