import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UsageError } from '../../usage-error.ts';

/** What a modem said, or that it left its bus, so long after the command before. */
export type RecordedEvent = { readonly after: number } & ({ readonly kind: 'line'; readonly line: string } | { readonly kind: 'left' });

/** A command, and what came until the next one. */
export type RecordedExchange = { readonly command: string; readonly events: readonly RecordedEvent[] };

export type Recording = {
  /** Before the first command. */
  readonly start: readonly RecordedEvent[];
  readonly exchanges: readonly RecordedExchange[];
};

/** Of the lines of a trace those that a modem has to do with; all others are passed over. */
const traceLine = z.union([
  z.object({
    at: z.iso.datetime(),
    kind: z.literal('at'),
    deviceId: z.string(),
    direction: z.enum(['sent', 'received']),
    line: z.string().max(16_384),
  }),
  z.object({ at: z.iso.datetime(), kind: z.literal('port'), deviceId: z.string(), what: z.string() }),
  z.object({ kind: z.enum(['apdu', 'card', 'http']) }),
]);
type ModemLine = Exclude<z.infer<typeof traceLine>, { kind: 'apdu' | 'card' | 'http' }>;

/** Ctrl-Z and ESC (3GPP TS 27.005 §3.5.1). */
const endsOfMessage = ['\u001a', '\u001b'];

/**
 * The trace of a session as `leb --trace` writes it, JSON lines; of several devices the first one that AT was spoken with.
 * @throws UsageError that names the line that is none of a trace
 */
export function readRecording(path: string): Recording {
  const lines = readLines(path).flatMap((text, index) => (text.trim() === '' ? [] : parseLine(text, index + 1)));
  const device = lines.find(({ kind }) => kind === 'at')?.deviceId;
  if (device === undefined) throw new UsageError('--replay: no AT command in the trace.');
  return take(lines.filter(({ deviceId }) => deviceId === device));
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch (error) {
    throw new UsageError(`--replay: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parseLine(text: string, number: number): readonly ModemLine[] {
  try {
    const line = traceLine.parse(JSON.parse(text));
    return line.kind === 'at' || line.kind === 'port' ? [line] : [];
  } catch {
    throw new UsageError(`--replay: line ${number} is none of a trace.`);
  }
}

function take(lines: readonly ModemLine[]): Recording {
  const start: RecordedEvent[] = [];
  const exchanges: { command: string; events: RecordedEvent[] }[] = [];
  let since = Date.parse(lines[0]?.at ?? '');
  for (const entry of lines) {
    const at = Date.parse(entry.at);
    const events = exchanges.at(-1)?.events ?? start;
    const after = Math.max(0, at - since);
    if (entry.kind === 'port') {
      if (entry.what === 'unplugged') events.push({ kind: 'left', after });
    } else if (entry.direction === 'received') events.push({ kind: 'line', line: entry.line, after });
    else {
      // A message ends without a line end, so that the trace has it in front of the next command.
      const command = entry.line.slice(Math.max(...endsOfMessage.map((end) => entry.line.lastIndexOf(end))) + 1);
      if (command === '') continue;
      exchanges.push({ command, events: [] });
      since = at;
    }
  }
  return { start, exchanges };
}
