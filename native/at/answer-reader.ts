import { classifyLine, isEcho, looksLikeEcho } from './classify-line.ts';
import type { CommandPart } from './command-line.ts';
import type { FinalResult } from './final-result.ts';
import { createAtFramer } from './framer.ts';
import { changesQuoting, trailingLines } from './unsolicited.ts';

/** The command whose answer is awaited, as far as reading needs it. */
export type AwaitedCommand = {
  readonly line: string;
  readonly parts: readonly CommandPart[];
  /** The modem may ask for a message. */
  readonly prompts: boolean;
};

export type AnswerListener = {
  /** What the modem says by itself, line by line. */
  onUnsolicited(line: string): void;
  onPrompt(): void;
  /** The awaited command has ended. `lines` is null where they were too many, or one was too long. */
  onFinal(final: FinalResult, lines: readonly string[] | null): void;
  /** A final result came that no command of ours was waiting for. */
  onStray(): void;
};

/** Tells the answer to the command under way from everything else that comes in. */
export type AnswerReader = {
  push(bytes: Uint8Array): void;
  expect(command: AwaitedCommand): void;
  /** No answer is awaited any more; what still comes of it is nobody's. */
  giveUp(): void;
  /** Forgets whether the modem echoes: what it was may not hold any more. */
  doubtEcho(): void;
  /** Unknown until the modem has shown what it does; `on` makes the echo the anchor of every answer. */
  readonly echo: 'unknown' | 'on' | 'off';
};

/** The longest answers (a whole phone book) stay far under this; an answer without end must not fill the memory. */
const maximumAnswerBytes = 2_000_000;

type Awaited = AwaitedCommand & { echoSeen: boolean; echoRequired: boolean; lines: string[]; size: number };

export function createAnswerReader(listener: AnswerListener): AnswerReader {
  const framer = createAtFramer({ onLine, onPrompt, onOverflow });
  let awaited: Awaited | null = null;
  let echo: AnswerReader['echo'] = 'unknown';
  /** Command lines that somebody else has written on this port and that the modem has still to answer, before ours and after ours. */
  let owedBefore = 0;
  let owedAfter = 0;
  /** The command that ended last, in capitals. */
  let ended = '';
  let trailing = 0;
  let insideText = false;

  function onLine(text: string): void {
    if (trailing > 0) {
      trailing = insideText && changesQuoting(text) ? 0 : trailing - 1;
      listener.onUnsolicited(text);
      return;
    }
    if (looksLikeEcho(text) && isForeignEcho(text)) {
      noteForeignEcho(text);
      return;
    }
    const classified = classifyLine(text, awaited);
    switch (classified.kind) {
      case 'echo':
        if (awaited !== null) noteEcho(awaited);
        return;
      case 'unsolicited':
        trailing = trailingLines(text);
        insideText = trailing > 1;
        listener.onUnsolicited(text);
        return;
      case 'answer':
        if (awaited !== null && owedBefore === 0) keep(awaited, text);
        return;
      case 'stale':
        if (classified.isFinal) endForeign();
        return;
      case 'final':
        if (owedBefore > 0) endForeign();
        else if (awaited !== null) finish(awaited, classified.final);
    }
  }

  /** A modem that echoes shows also what another program sends, and late what was given up. */
  function isForeignEcho(text: string): boolean {
    if (awaited === null) return echo === 'on';
    if (echo === 'off' || isEcho(text, awaited.line)) return false;
    // A list of all commands has each of them on a line of its own (3GPP TS 27.007 §8.37).
    return !awaited.echoSeen || !awaited.parts.some(({ name }) => name === '+CLAC');
  }

  function noteForeignEcho(text: string): void {
    echo = 'on';
    if (awaited === null) owedBefore += 1;
    else if (awaited.echoSeen && text.toUpperCase() === ended) {
      // The command before once more: from here on nobody can tell its answer from that to the command under way.
      awaited.echoSeen = false;
      awaited.echoRequired = true;
    } else if (awaited.echoSeen) owedAfter += 1;
    else {
      owedBefore += 1;
      // This modem echoes, so the command under way has not been answered yet.
      awaited.echoRequired = true;
    }
  }

  function endForeign(): void {
    if (owedBefore > 0) owedBefore -= 1;
    else listener.onStray();
  }

  function noteEcho(command: Awaited): void {
    command.echoSeen = true;
    framer.expectPrompt(command.prompts);
  }

  function keep(command: Awaited, text: string): void {
    command.size += text.length;
    if (command.size <= maximumAnswerBytes) command.lines.push(text);
  }

  function onOverflow(): void {
    if (awaited !== null) awaited.size = Number.POSITIVE_INFINITY;
  }

  function onPrompt(): void {
    if (awaited !== null) listener.onPrompt();
  }

  function finish(command: Awaited, final: FinalResult): void {
    learnEcho(command, final);
    stop();
    ended = command.line.toUpperCase();
    owedBefore = owedAfter;
    owedAfter = 0;
    listener.onFinal(final, command.size > maximumAnswerBytes ? null : command.lines);
  }

  function learnEcho({ line, echoSeen }: Awaited, final: FinalResult): void {
    const setting = final.kind === 'ok' ? echoSetting(line) : null;
    if (setting === '0') echo = 'off';
    // The command that turns the echo on may not be echoed itself: the next one shows whether the modem keeps its word.
    else if (setting === '1' && !echoSeen) echo = 'unknown';
    else echo = echoSeen ? 'on' : 'off';
  }

  function stop(): void {
    awaited = null;
    framer.expectPrompt(false);
  }

  return {
    push: (bytes) => framer.push(bytes),
    expect({ line, parts, prompts }) {
      const echoRequired = echo === 'on';
      awaited = { line, parts, prompts, echoSeen: false, echoRequired, lines: [], size: 0 };
      framer.expectPrompt(prompts && !echoRequired);
    },
    giveUp() {
      stop();
      owedBefore = 0;
      owedAfter = 0;
    },
    doubtEcho() {
      echo = 'unknown';
    },
    get echo() {
      return echo;
    },
  };
}

/** `0` or `1` where the line turns the echo off or on (ITU-T V.250 §6.2.4). */
function echoSetting(line: string): string | null {
  const isExtended = line.charCodeAt(2) === 0x2b;
  return isExtended ? null : (/^AT(?:[QVX]\d?)*E([01])/i.exec(line)?.[1] ?? null);
}
