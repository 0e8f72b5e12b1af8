import { DeviceError } from '../errors.ts';
import type { SerialConnection } from '../transport/serial-transport.ts';

/** A port in memory whose other end is a script; for tests only. */
export type ScriptedPort = {
  readonly connection: SerialConnection;
  /** Every line that was written, without its line end. */
  readonly written: readonly string[];
  /** The modem says something by itself. */
  say(text: string): void;
  unplug(): void;
};

export type ScriptedPortOptions = {
  readonly echo?: boolean;
  /** Bytes in one piece; all at once where it is left out. */
  readonly pieces?: number;
  /** Unplugs after so many bytes. */
  readonly unplugAfter?: number;
};

/** `answer` gives the raw text for a line, or null for silence. Text is sent after the writer's own turn, as a real port does. */
export function createScriptedPort(answer: (line: string) => string | null, options: ScriptedPortOptions = {}): ScriptedPort {
  const written: string[] = [];
  let listener: Parameters<SerialConnection['listen']>[0] | null = null;
  let buffered = '';
  let sent = 0;
  let open = true;
  let echo = options.echo ?? true;

  function say(text: string): void {
    const bytes = Buffer.from(text, 'utf8');
    const size = options.pieces ?? Math.max(1, bytes.length);
    for (let start = 0; start < bytes.length && open; start += size) {
      const piece = bytes.subarray(start, start + size);
      const rest = (options.unplugAfter ?? Number.POSITIVE_INFINITY) - sent;
      if (rest > 0) listener?.onData(piece.subarray(0, rest));
      sent += piece.length;
      if (sent >= (options.unplugAfter ?? Number.POSITIVE_INFINITY)) unplug();
    }
  }

  function unplug(): void {
    if (!open) return;
    open = false;
    listener?.onClose(true);
  }

  return {
    written,
    say,
    unplug,
    connection: {
      path: '/dev/scripted',
      async write(bytes) {
        if (!open) throw new DeviceError('PORT_CLOSED', { port: '/dev/scripted' });
        buffered += Buffer.from(bytes).toString('utf8');
        for (let end = lineEnd(buffered); end >= 0; end = lineEnd(buffered)) {
          const line = buffered[end] === '\r' ? buffered.slice(0, end) : buffered.slice(0, end + 1);
          buffered = buffered.slice(end + 1);
          written.push(line);
          const echoed = echo && line !== '\u001b' ? `${line}\r` : '';
          if (/^ATE0/i.test(line)) echo = false;
          if (/^ATE1/i.test(line)) echo = true;
          const text = answer(line);
          setImmediate(() => {
            say(echoed + (text ?? ''));
          });
        }
      },
      listen(next) {
        listener = next;
      },
      async close() {
        if (!open) return;
        open = false;
        listener?.onClose(false);
      },
    },
  };
}

/** A line ends with a carriage return, a message with Ctrl-Z or ESC. */
function lineEnd(text: string): number {
  return Array.from(text).findIndex((character) => character === '\r' || character === '\u001a' || character === '\u001b');
}
