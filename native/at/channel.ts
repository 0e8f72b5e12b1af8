import { DeviceError } from '../errors.ts';
import type { SerialConnection } from '../transport/serial-transport.ts';
import { createAnswerReader } from './answer-reader.ts';
import { usualTimings, type AtChannel, type AtChannelTimings, type AtExchange, type AtRequest } from './channel-types.ts';
import { commandLabel } from './command-line.ts';
import { finalResultError, type FinalResult } from './final-result.ts';
import { makePendingCommand, type PendingCommand } from './pending-command.ts';
import { createQuietLine } from './quiet-line.ts';
import { regainModem } from './regain-modem.ts';
import { createRequestQueue } from './request-queue.ts';

/** A modem that misses so many deadlines in a row is gone, whatever the port says: some USB hang-ups are never reported. */
const deadAfterTimeouts = 10;
const escape = Uint8Array.of(0x1b);
const escapeAndReturn = Uint8Array.of(0x1b, 0x0d);
const carriageReturn = Uint8Array.of(0x0d);
const controlZ = Uint8Array.of(0x1a);

/** Takes over the connection's only listener. `onUnsolicited` gets each line that the modem sends by itself, in order. */
export function createAtChannel(
  connection: SerialConnection,
  listener: { onUnsolicited(line: string): void; onClose(unplugged: boolean): void },
  timings: AtChannelTimings = usualTimings,
): AtChannel {
  const line = createQuietLine();
  const queue = createRequestQueue<PendingCommand>(timings.heldPollMs, pump);
  const reader = createAnswerReader({
    onUnsolicited(text) {
      if (!closed) listener.onUnsolicited(text);
    },
    onPrompt: answerPrompt,
    onFinal: finish,
    onStray() {
      answersTwice ||= !suspect;
    },
  });
  let running: { readonly command: PendingCommand; timer: NodeJS.Timeout } | null = null;
  let isReading = false;
  let commandCount = 0;
  let timeoutsInARow = 0;
  /** A deadline was missed: whether the modem listens is not known before it has answered again. */
  let suspect = false;
  let isRegaining = false;
  /** At the beginning: one that another program left open. */
  let promptMayBeOpen = true;
  let answersTwice = false;
  let gap: NodeJS.Timeout | undefined;
  let lastEnd = 0;
  let closed = false;

  connection.listen({
    onData(bytes) {
      line.touch();
      // What is here already cannot be the answer to what is sent from now on: the next command waits for the end of it.
      isReading = true;
      reader.push(bytes);
      isReading = false;
      pump();
    },
    onClose: shutDown,
  });

  function send(request: AtRequest, begin: (command: PendingCommand) => void): Promise<AtExchange> {
    return new Promise((resolve, reject) => {
      const command = makePendingCommand(request, { resolve, reject });
      if (closed) reject(portClosed(command.label));
      else begin(command);
    });
  }

  function exchange(request: AtRequest): Promise<AtExchange> {
    return send(request, (command) => {
      queue.add(command, request.priority ?? 'user');
      pump();
    });
  }

  /** Begins the next command, if there is one and it may begin now. */
  function pump(): void {
    if (closed || isReading || running !== null || isRegaining || !queue.waiting) return;
    if (suspect) {
      void regain();
      return;
    }
    const rest = restOfGap();
    const next = rest <= 0 || isAnchored() ? queue.next(rest <= 0) : null;
    if (next === null) {
      clearTimeout(gap);
      gap = setTimeout(pump, Math.ceil(rest));
    } else if (next.signal?.aborted === true) {
      next.reject(new DeviceError('CANCELLED', { command: next.label }));
      pump();
    } else start(next, false);
  }

  /** Answers can be told apart by the echo in front of them. */
  function isAnchored(): boolean {
    return reader.echo !== 'off' && !answersTwice;
  }

  /** Milliseconds until the line counts as quiet; one that never is does not keep anybody waiting for long. */
  function restOfGap(): number {
    return Math.min(timings.gapMs - line.quietFor(), lastEnd + 10 * timings.gapMs - performance.now());
  }

  function start(command: PendingCommand, isPing: boolean): void {
    const deadline = command.payload === null ? command.timeoutMs : Math.min(command.timeoutMs, timings.promptMs);
    running = { command, timer: setTimeout(onDeadline, deadline, command, isPing) };
    command.signal?.addEventListener('abort', onAbort);
    commandCount += 1;
    reader.expect(command);
    write(Buffer.from(`${command.line}\r`, 'utf8'));
  }

  /** Any character ends a command that can be ended. */
  function onAbort(): void {
    write(carriageReturn);
  }

  function answerPrompt(): void {
    if (running === null) return;
    const { payload, timeoutMs } = running.command;
    // A message command that came without a message is given up with ESC; the modem must not stay in the prompt (TS 27.005 §3.5.1).
    if (payload === null) {
      write(escape);
      return;
    }
    clearTimeout(running.timer);
    running.timer = setTimeout(onDeadline, timeoutMs, running.command, false);
    write(Buffer.concat([payload, controlZ]));
  }

  function write(bytes: Uint8Array): void {
    connection.write(bytes).catch(() => {
      // A port that takes no bytes is gone; its close event may come later or never.
      shutDown(true);
      void connection.close();
    });
  }

  /** The command under way is not under way any more. */
  function take(): PendingCommand | null {
    if (running === null) return null;
    const { command, timer } = running;
    running = null;
    clearTimeout(timer);
    command.signal?.removeEventListener('abort', onAbort);
    return command;
  }

  function finish(final: FinalResult, lines: readonly string[] | null): void {
    timeoutsInARow = 0;
    lastEnd = performance.now();
    const command = take();
    if (lines === null) command?.reject(new DeviceError('AT_ANSWER', { command: command.label, reason: 'too long' }));
    else command?.resolve({ lines, final });
  }

  function onDeadline(command: PendingCommand, isPing: boolean): void {
    if (running?.command !== command) return;
    take();
    reader.giveUp();
    suspect = true;
    promptMayBeOpen ||= command.prompts;
    command.reject(new DeviceError('AT_TIMEOUT', { command: command.label, timeoutMs: command.timeoutMs }));
    if (!isPing) countTimeout();
    pump();
  }

  function countTimeout(): void {
    timeoutsInARow += 1;
    if (timeoutsInARow < deadAfterTimeouts) return;
    shutDown(true);
    void connection.close();
  }

  async function regain(): Promise<void> {
    isRegaining = true;
    const answers = await regainModem(
      {
        escape: () => write(escapeAndReturn),
        settled: () => line.settled(timings.quietMs),
        ping: () =>
          send({ line: 'AT', timeoutMs: timings.pingMs }, (command) => start(command, true)).then(
            () => true,
            () => false,
          ),
        doubtEcho: () => reader.doubtEcho(),
        get closed() {
          return closed;
        },
      },
      promptMayBeOpen,
    );
    isRegaining = false;
    promptMayBeOpen = false;
    suspect = !answers;
    if (suspect && !closed) {
      const next = queue.next(true);
      next?.reject(new DeviceError('AT_TIMEOUT', { command: next.label, reason: 'the modem stopped answering' }));
      countTimeout();
    }
    pump();
  }

  function portClosed(command: string): DeviceError {
    return new DeviceError('PORT_CLOSED', { command, port: connection.path });
  }

  function shutDown(unplugged: boolean): void {
    if (closed) return;
    closed = true;
    line.stop();
    clearTimeout(gap);
    reader.giveUp();
    const command = take();
    command?.reject(portClosed(command.label));
    for (const waiting of queue.clear()) waiting.reject(portClosed(waiting.label));
    listener.onClose(unplugged);
  }

  return {
    exchange,
    async request(request) {
      const answer = await exchange(request);
      const error = finalResultError(answer.final, commandLabel(request.line));
      if (error !== null) throw error;
      return answer;
    },
    holdPolling: () => queue.hold(),
    get commandCount() {
      return commandCount;
    },
    get closed() {
      return closed;
    },
    async close() {
      shutDown(false);
      await connection.close();
    },
  };
}
