import type { CommandPart } from './command-line.ts';
import { parseFinalResult, type FinalResult } from './final-result.ts';
import { afterPrefix, wholeNumber } from './line-fields.ts';
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
  /** Part of the answer to something else: a command that was given up, or one that another program has sent. */
  | { readonly kind: 'stale'; readonly isFinal: boolean };

const echo: ClassifiedLine = { kind: 'echo' };
const answer: ClassifiedLine = { kind: 'answer' };
const unsolicited: ClassifiedLine = { kind: 'unsolicited' };
const stale: ClassifiedLine = { kind: 'stale', isFinal: false };
const staleFinal: ClassifiedLine = { kind: 'stale', isFinal: true };

/**
 * Whose line this is. The echo is the anchor: what comes before it is either unsolicited or the late answer to a command whose deadline had
 * passed, and is never taken for the answer to the command under way.
 */
export function classifyLine(line: string, context: LineContext | null): ClassifiedLine {
  if (context !== null && isEcho(line, context.line)) return echo;
  const final = parseFinalResult(line);
  if (context === null) return final === null ? unsolicited : staleFinal;
  if (final !== null) return context.echoSeen || !context.echoRequired ? { kind: 'final', final } : staleFinal;
  const prefix = linePrefix(line);
  if (isUnsolicited(line, prefix) && !isAskedFor(line, prefix, context.parts)) return unsolicited;
  return context.echoSeen || !context.echoRequired ? answer : stale;
}

/** The echo of this command. Noise in front of it and capitals do not matter; some firmwares cut the echo of a long line. */
export function isEcho(line: string, command: string): boolean {
  if (line === command) return true;
  const surplus = line.length - command.length;
  if (surplus < 0) return line.length >= 40 && command.toUpperCase().startsWith(line.toUpperCase());
  if (surplus > 8 || (surplus > 0 && command.length < 3)) return false;
  return line.slice(surplus).toUpperCase() === command.toUpperCase();
}

/** Looks like the echo of some command, not necessarily the one under way: nobody but us writes command lines. */
export function looksLikeEcho(line: string): boolean {
  const first = line.charCodeAt(0);
  return (first === 0x41 || first === 0x61) && /^AT(?:$|[+^#%!*$&]|E[01]?$)/i.test(line);
}

/**
 * A line that can come by itself is an answer only where its command was asked to report: the read, test and execute forms. After a set command
 * (`AT+CUSD=1,…`) the same line is news.
 */
function isAskedFor(line: string, prefix: string | null, parts: readonly CommandPart[]): boolean {
  if (prefix === null) return false;
  for (const part of parts) {
    if (part.name === prefix && part.form !== 'set') return !(registrationPrefixes.has(prefix) && isRegistrationNews(line, prefix));
  }
  return false;
}

const registrationPrefixes: ReadonlySet<string> = new Set(['+CREG', '+CGREG', '+CEREG', '+C5GREG']);

/** The answer to `+CREG?` has `<n>,<stat>`; the news has `<stat>` alone or followed by an area code (3GPP TS 27.007 §7.2). */
export function isRegistrationNews(line: string, prefix: string): boolean {
  const rest = afterPrefix(line, prefix) ?? '';
  if (rest.startsWith('(')) return false; // the answer to a test command
  const comma = rest.indexOf(',');
  return comma < 0 ? !/^0x/i.test(rest) : !hasNumberAfter(rest, comma);
}

/** A field of one to three digits; an area code has four, or quotes around it. */
function hasNumberAfter(text: string, comma: number): boolean {
  const end = text.indexOf(',', comma + 1);
  const field = text.slice(comma + 1, end < 0 ? text.length : end).trim();
  return field.length <= 3 && wholeNumber(field) !== null;
}
