import type { CommandPart } from './command-line.ts';
import { parseFinalResult, type FinalResult } from './final-result.ts';
import { splitFields, afterPrefix } from './line-fields.ts';
import { isUnsolicited, linePrefix } from './unsolicited.ts';

/** The command that is under way, as far as telling lines apart needs it. */
export type LineContext = {
  readonly line: string;
  readonly parts: readonly CommandPart[];
  readonly echoSeen: boolean;
  /** The modem echoes what we send: nothing before the echo can be this command's answer. */
  readonly echoRequired: boolean;
};

export type ClassifiedLine =
  | { readonly kind: 'echo' }
  | { readonly kind: 'final'; readonly final: FinalResult }
  | { readonly kind: 'answer' }
  | { readonly kind: 'unsolicited' }
  /** Part of the late answer to a command that was given up. */
  | { readonly kind: 'stale' };

/**
 * Whose line this is. The echo is the anchor: what comes before it is either unsolicited or the late answer to a command whose deadline had
 * passed, and is never taken for the answer to the command under way.
 */
export function classifyLine(line: string, context: LineContext | null): ClassifiedLine {
  if (context === null) return parseFinalResult(line) === null ? { kind: 'unsolicited' } : { kind: 'stale' };
  if (isEcho(line, context.line)) return { kind: 'echo' };
  if (isUnsolicited(line) && !isAskedFor(line, context.parts)) return { kind: 'unsolicited' };
  if (!started(context)) return { kind: 'stale' };
  const final = parseFinalResult(line);
  return final === null ? { kind: 'answer' } : { kind: 'final', final };
}

function started(context: LineContext): boolean {
  return context.echoSeen || !context.echoRequired;
}

/** Noise in front of the echo and capitals do not matter; some firmwares cut the echo of a long line. */
function isEcho(line: string, command: string): boolean {
  const seen = line.toUpperCase();
  const sent = command.toUpperCase().trim();
  if (seen === sent) return true;
  if (seen.length > sent.length) return seen.endsWith(sent) && seen.length - sent.length <= 8 && sent.length > 2;
  return seen.length >= 40 && sent.startsWith(seen);
}

/** Looks like the echo of some command, not necessarily the one under way: nobody but us writes command lines. */
export function looksLikeEcho(line: string): boolean {
  return /^AT(?:$|[+^#%!*$&]|E[01]?$)/i.test(line);
}

/**
 * A line that can come by itself is an answer only where its command was asked to report: the read, test and execute forms. After a set command
 * (`AT+CUSD=1,…`) the same line is news.
 */
function isAskedFor(line: string, parts: readonly CommandPart[]): boolean {
  const prefix = linePrefix(line);
  if (prefix === null) return false;
  const asked = parts.some((part) => part.name === prefix && part.form !== 'set');
  return asked && !(registrationPrefixes.has(prefix) && isRegistrationNews(line, prefix));
}

const registrationPrefixes: ReadonlySet<string> = new Set(['+CREG', '+CGREG', '+CEREG', '+C5GREG']);

/** The answer to `+CREG?` has `<n>,<stat>`; the news has `<stat>` alone or followed by an area code (3GPP TS 27.007 §7.2). */
export function isRegistrationNews(line: string, prefix: string): boolean {
  const rest = afterPrefix(line, prefix) ?? '';
  if (rest.startsWith('(')) return false; // the answer to a test command
  const fields = splitFields(rest);
  if (fields.length < 2) return !/^0x/i.test(rest);
  const second = rest.slice(rest.indexOf(',') + 1).trimStart();
  return second.startsWith('"') || !/^\d{1,3}$/.test(fields[1] ?? '');
}
