import { DeviceError } from '../errors.ts';
import type { SerialConnection } from '../transport/serial-transport.ts';
import { usualTimings, type AtChannel, type AtChannelTimings, type AtExchange, type AtRequest } from './channel-types.ts';
import { classifyLine, looksLikeEcho } from './classify-line.ts';
import { commandDeadline, commandLabel, parseCommandLine, type CommandPart } from './command-line.ts';
import { finalResultError, type FinalResult } from './final-result.ts';
import { createAtFramer, type AtToken } from './framer.ts';
import { createQuietLine } from './quiet-line.ts';
import { createRequestQueue } from './request-queue.ts';
import { changesQuoting, trailingLines } from './unsolicited.ts';

type Waiting = {
  readonly line: string;
  readonly label: string;
  readonly parts: readonly CommandPart[];
  readonly timeoutMs: number;
  readonly payload: Uint8Array | null;
  readonly signal: AbortSignal | null;
  readonly ping: boolean;
  resolve(exchange: AtExchange): void;
  reject(error: DeviceError): void;
};
type Running = Waiting & { echoSeen: boolean; readonly lines: string[]; size: number; tooLong: boolean; timer: NodeJS.Timeout };

/** A modem that misses so many deadlines in a row is gone, whatever the port says: some USB hang-ups are never reported. */
const deadAfterTimeouts = 10;
/** The longest answers (a whole phone book) stay far under this; an answer without end must not fill the memory. */
const maximumAnswerBytes = 2_000_000;
const maximumLineLength = 16_000;
const escape = Uint8Array.of(0x1b);
const escapeAndReturn = Uint8Array.of(0x1b, 0x0d);
const carriageReturn = Uint8Array.of(0x0d);
const controlZ = 0x1a;

/** Takes over the connection's only listener. `onUnsolicited` gets each line that the modem sends by itself, in order. */
export function createAtChannel(
  connection: SerialConnection,
  listener: { onUnsolicited(line: string): void; onClose(unplugged: boolean): void },
  timings: AtChannelTimings = usualTimings,
): AtChannel {
  const framer = createAtFramer();
  const line = createQuietLine(timings.quietMs);
  const queue = createRequestQueue<Waiting>(timings.heldPollMs, pump);
  let running: Running | null = null;
  /** Unknown until the modem has shown what it does; `on` makes the echo the anchor of every answer. */
  let echo: 'unknown' | 'on' | 'off' = 'unknown';
  let trailing = 0;
  let insideText = false;
  let commandCount = 0;
  let timeoutsInARow = 0;
  let suspect = false;
  let promptLeftOpen = false;
  let recovering = false;
  let closed = false;

  connection.listen({
    onData(bytes) {
      line.touch();
      for (const token of framer.push(bytes)) {
        if (closed) return;
        onToken(token);
      }
    },
    onClose(unplugged) {
      shutDown(unplugged);
    },
  });

  function onToken(token: AtToken): void {
    switch (token.kind) {
      case 'prompt':
        if (running !== null) answerPrompt(running);
        return;
      case 'overflow':
        if (running !== null) running.tooLong = true;
        return;
      case 'line':
        onLine(token.text);
    }
  }

  function onLine(text: string): void {
    if (trailing > 0) {
      trailing = insideText && changesQuoting(text) ? 0 : trailing - 1;
      listener.onUnsolicited(text);
      return;
    }
    if (echo === 'unknown' && running?.echoSeen === false && looksLikeEcho(text) && text.toUpperCase() !== running.line.toUpperCase()) {
      // The echo of a command that was given up: this modem echoes, so the command under way has not been answered yet.
      echo = 'on';
      return;
    }
    const classified = classifyLine(text, running === null ? null : { ...contextOf(running), echoRequired: echo === 'on' });
    switch (classified.kind) {
      case 'echo':
        if (running !== null) running.echoSeen = true;
        return;
      case 'unsolicited':
        trailing = trailingLines(text);
        insideText = trailing > 1;
        listener.onUnsolicited(text);
        return;
      case 'answer':
        if (running === null) return;
        running.size += text.length;
        if (running.size > maximumAnswerBytes) running.tooLong = true;
        else running.lines.push(text);
        return;
      case 'final':
        if (running !== null) finish(running, classified.final);
        return;
      case 'stale':
        return;
    }
  }

  function answerPrompt(command: Running): void {
    if (command.payload !== null) {
      clearTimeout(command.timer);
      command.timer = setTimeout(onDeadline, command.timeoutMs, command);
    }
    // A message command that came without a message is given up with ESC; the modem must not stay in the prompt (TS 27.005 §3.5.1).
    const bytes = command.payload === null ? escape : Buffer.concat([command.payload, Uint8Array.of(controlZ)]);
    write(bytes);
  }

  function finish(command: Running, final: FinalResult): void {
    clearTimeout(command.timer);
    running = null;
    framer.expectPrompt(false);
    timeoutsInARow = 0;
    learnEcho(command, final);
    if (command.tooLong) command.reject(new DeviceError('AT_ANSWER', { command: command.label, reason: 'too long' }));
    else command.resolve({ lines: command.lines, final });
    pump();
  }

  function learnEcho(command: Running, final: FinalResult): void {
    const setting = final.kind === 'ok' ? /^AT(?:[QVX]\d?)*E([01])/i.exec(command.line)?.[1] : undefined;
    if (setting === '0') echo = 'off';
    // The command that turns the echo on may not be echoed itself: the next one shows whether the modem keeps its word.
    else if (setting === '1' && !command.echoSeen) echo = 'unknown';
    else echo = command.echoSeen ? 'on' : 'off';
  }

  function enqueue(request: AtRequest, ping: boolean): Promise<AtExchange> {
    return new Promise((resolve, reject) => {
      const text = request.line.trim();
      const label = commandLabel(text);
      if (closed) {
        reject(portClosed(label));
        return;
      }
      // oxlint-disable-next-line no-control-regex -- control characters end a line or leave the command mode
      if (text === '' || text.length > maximumLineLength || /[\u0000-\u001f\u007f]/.test(text)) {
        reject(new DeviceError('AT_ERROR', { command: label, result: 'not sent', reason: 'not one line of text' }));
        return;
      }
      const timeoutMs = request.timeoutMs ?? commandDeadline(text);
      const waiting: Waiting = {
        line: text,
        label,
        parts: parseCommandLine(text),
        timeoutMs,
        payload: request.payload ?? null,
        signal: request.signal ?? null,
        ping,
        resolve,
        reject,
      };
      if (ping) {
        start(waiting);
        return;
      }
      queue.add(waiting, request.priority ?? 'user');
      pump();
    });
  }

  function pump(): void {
    if (closed || running !== null || recovering || !queue.waiting) return;
    if (suspect) {
      void recover();
      return;
    }
    const next = queue.next();
    if (next === null) return;
    if (next.signal?.aborted === true) {
      next.reject(new DeviceError('CANCELLED', { command: next.label }));
      pump();
    } else start(next);
  }

  function start(waiting: Waiting): void {
    const deadline = waiting.payload === null ? waiting.timeoutMs : Math.min(waiting.timeoutMs, timings.promptMs);
    const timer = setTimeout(() => {
      onDeadline(command);
    }, deadline);
    const command: Running = { ...waiting, echoSeen: false, lines: [], size: 0, tooLong: false, timer };
    running = command;
    waiting.signal?.addEventListener('abort', () => (running === command ? write(carriageReturn) : undefined), { once: true });
    commandCount += 1;
    framer.expectPrompt(waiting.payload !== null || waiting.parts.some((part) => part.name === '+CMGS' || part.name === '+CMGW'));
    write(Buffer.from(`${waiting.line}\r`, 'utf8'));
  }

  function write(bytes: Uint8Array): void {
    connection.write(bytes).catch(() => {
      // A port that takes no bytes is gone; its close event may come later or never.
      shutDown(true);
      void connection.close();
    });
  }

  function onDeadline(command: Running): void {
    if (running !== command) return;
    running = null;
    framer.expectPrompt(false);
    suspect = true;
    promptLeftOpen ||= command.payload !== null;
    command.reject(new DeviceError('AT_TIMEOUT', { command: command.label, timeoutMs: command.timeoutMs }));
    if (!command.ping) countTimeout();
    pump();
  }

  function countTimeout(): void {
    timeoutsInARow += 1;
    if (timeoutsInARow < deadAfterTimeouts) return;
    shutDown(true);
    void connection.close();
  }

  /**
   * After a missed deadline the answer may still come. Nothing new is sent before the line has been quiet for a moment and the modem has
   * answered `AT`; whatever comes until then belongs to the command that was given up.
   */
  async function recover(): Promise<void> {
    recovering = true;
    for (let attempt = 0; attempt < 3 && suspect; attempt += 1) {
      // Ends a message prompt: one of ours that came too late, or, at the last try, one that somebody left open. ESC does nothing elsewhere.
      if (promptLeftOpen || attempt === 2) write(escapeAndReturn);
      promptLeftOpen = false;
      await line.settled();
      if (closed) return;
      if (attempt > 0) echo = 'unknown';
      const answered = await enqueue({ line: 'AT', timeoutMs: timings.pingMs }, true).then(
        () => true,
        () => false,
      );
      if (answered) {
        await line.settled();
        suspect = false;
      }
    }
    recovering = false;
    if (suspect && !closed) {
      const next = queue.next();
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
    if (running !== null) {
      clearTimeout(running.timer);
      running.reject(portClosed(running.label));
      running = null;
    }
    for (const waiting of queue.clear()) waiting.reject(portClosed(waiting.label));
    listener.onClose(unplugged);
  }

  return {
    exchange: (request) => enqueue(request, false),
    async request(request) {
      const exchange = await enqueue(request, false);
      const error = finalResultError(exchange.final, commandLabel(request.line));
      if (error !== null) throw error;
      return exchange;
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

function contextOf(command: Running): { readonly line: string; readonly parts: readonly CommandPart[]; readonly echoSeen: boolean } {
  return { line: command.line, parts: command.parts, echoSeen: command.echoSeen };
}
