import { makeLineReader } from '../at-input.ts';
import { makeMessagePrompt } from '../message-prompt.ts';
import { makeModemClock } from '../modem-clock.ts';
import type { PluggableModem } from '../modem-plug.ts';
import type { RecordedEvent, RecordedExchange, Recording } from './read-recording.ts';

/**
 * A modem that is a recording: each command gets the lines that it got then, as late as then. The same command again gets its next answer,
 * at the end the last one for ever; one that was never asked is an error.
 */
export function makeReplayedModem(recording: Recording, timeScale: number): PluggableModem {
  const clock = makeModemClock(timeScale);
  const answers = recording.exchanges.map((exchange) => ({ exchange, matches: matcherOf(exchange.command), given: false }));
  const prompt = makeMessagePrompt();
  let output: ((bytes: Uint8Array) => void) | null = null;
  let leave: (() => void) | null = null;
  let isOn = false;
  let readLines = makeLineReader(hear);

  function write(text: string): void {
    if (isOn) output?.(Buffer.from(text, 'latin1'));
  }

  function hear(line: string): void {
    if (line === '') return;
    const exchange = next(line);
    if (exchange === null) write(`${line}\r\r\nERROR\r\n`);
    else play(echoed(exchange, line), 0);
  }

  /** The next answer to this command that was not given yet, or the last one. */
  function next(line: string): RecordedExchange | null {
    const fitting = answers.filter(({ matches }) => matches.test(line));
    const chosen = fitting.find(({ given }) => !given) ?? fitting.at(-1);
    if (chosen !== undefined) chosen.given = true;
    return chosen?.exchange ?? null;
  }

  /** An echo is written at once, and as it was typed now. */
  function echoed({ command, events }: RecordedExchange, line: string): readonly RecordedEvent[] {
    const index = events.findIndex((event) => event.kind === 'line' && event.line === command);
    if (index < 0) return events;
    write(`${line}\r`);
    return events.toSpliced(index, 1);
  }

  /** @param from of the time that has gone by already */
  function play(events: readonly RecordedEvent[], from: number): void {
    const asks = events.findIndex((event) => event.kind === 'line' && event.line.startsWith('>'));
    for (const event of asks < 0 ? events : events.slice(0, asks)) {
      clock.after(Math.max(0, event.after - from), () => (event.kind === 'left' ? leave?.() : write(`\r\n${event.line}\r\n`)));
    }
    const question = events[asks];
    if (question === undefined) return;
    // The prompt has no line end: the trace has it when the answer to the message came.
    clock.after(0, () => {
      write('\r\n> ');
      prompt.ask((text) => {
        if (text === null) write('\r\nOK\r\n');
        else play(events.slice(asks + 1), question.after);
      });
    });
  }

  return {
    powerOn() {
      isOn = true;
      play(recording.start, 0);
    },
    powerOff() {
      isOn = false;
      prompt.close();
      clock.stop();
      readLines = makeLineReader(hear);
    },
    receive(bytes) {
      if (isOn) readLines(prompt.open ? prompt.type(bytes) : bytes);
    },
    onOutput(listener) {
      output = listener;
    },
    onReboot(listener) {
      leave = listener;
    },
  };
}

/** Numbers that were kept out of the trace (`<15 digits>`, `…`) can be any. */
function matcherOf(command: string): RegExp {
  const parts = command.split(/(<\d+ digits>|…)/u).map((part) => {
    const digits = /^<(\d+) digits>$/u.exec(part)?.[1];
    if (digits !== undefined) return `[+0-9A-Fa-f]{${digits}}`;
    return part === '…' ? '.*' : part.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join('')}$`, 'u');
}
