import { parseCommandLine, type CommandPart } from '../command-line.ts';
import { looksLikeEcho } from '../classify-line.ts';
import { parseFinalResult, type FinalResult } from '../final-result.ts';
import { isUnsolicited, linePrefix } from '../unsolicited.ts';
import { decodersOf } from './decoders.ts';
import type { ExplainedFields, Explanation, LineContext, LineDecoder } from './explanation.ts';
import { decodePacketEvent } from './standard/packet-data/decode-packet-event.ts';

/** What the caller knows of a line. */
export type ExplainContext = {
  /** The command line that was sent: `AT+CREG?`. */
  readonly command?: string | undefined;
  /** The maker, where it is known: some commands mean other things to others. */
  readonly vendor?: string | undefined;
};

/** An explanation and the decoder that gave it, for the lines that follow. */
export type DecodedLine = {
  readonly explanation: Explanation;
  readonly decoder: LineDecoder | null;
};

/**
 * What a line of a modem says, in fields with names and units. Null where nothing is known of it. Pure and without state: a line that
 * belongs to the one before it needs `createExplainer`.
 */
export function explainLine(line: string, context: ExplainContext = {}): Explanation | null {
  return decodeLine(line, contextOf(context))?.explanation ?? null;
}

/** The context in the form in which decoders take it, for every line of an answer. */
export function contextOf({ command, vendor }: ExplainContext): { parts: readonly CommandPart[]; vendor: string | null } {
  return { parts: command === undefined ? [] : parseCommandLine(command.trim().slice(0, 4_096)), vendor: vendorName(vendor) };
}

const vendors = ['quectel', 'simcom', 'fibocom', 'sierra', 'telit', 'u-blox', 'huawei', 'zte', 'nordic', 'meig'];

/** The maker alone, without the model: `nordic-nrf91` is Nordic. */
function vendorName(vendor: string | undefined): string | null {
  const name = vendor?.trim().toLowerCase() ?? '';
  return name === '' ? null : (vendors.find((known) => name.startsWith(known)) ?? name);
}

export function decodeLine(raw: string, { parts, vendor }: ReturnType<typeof contextOf>): DecodedLine | null {
  const line = raw.trim();
  const final = parseFinalResult(line);
  if (final !== null) return decodeFinal(final, parts);
  if (looksLikeEcho(line)) return decodeEcho(line);
  const named = namedPart(line);
  if (named !== null) {
    const command = parts.find((part) => part.name === named.name) ?? null;
    const found = firstThatKnows(candidates(named.name, named.rest, command), (decoder) => decoder.decode(named.rest, { command, vendor }));
    if (found !== null) return found;
  }
  return decodeBareLine(line, parts, vendor);
}

/** The name in front of the colon, with the vendors that put none before a bracket. */
function namedPart(line: string): { readonly name: string; readonly rest: string } | null {
  // One maker marks the lines of a list with a star in front.
  const match = /^(?:\* )?([-+^#%!*$]?[A-Za-z][\w /]{0,24}?)\s*(?::|(?=\())/.exec(line);
  if (match?.[1] === undefined) return null;
  return { name: match[1].toUpperCase(), rest: line.slice(match[0].length).trim() };
}

/** First those for the form that the command has or, where it is not known, that the line looks like. */
function candidates(name: string, rest: string, command: CommandPart | null): readonly LineDecoder[] {
  const isTest = command === null ? /^[\s,]*\(/.test(rest) : command.form === 'test';
  const all = decodersOf(name);
  const fitting = all.filter((decoder) => (decoder.form === 'test') === isTest);
  return command === null || fitting.length === 0 ? [...fitting, ...all.filter((decoder) => !fitting.includes(decoder))] : fitting;
}

function firstThatKnows(
  decoders: readonly LineDecoder[],
  read: (decoder: LineDecoder) => ExplainedFields | null | undefined,
): DecodedLine | null {
  for (const decoder of decoders) {
    const value = read(decoder) ?? null;
    if (value !== null) return { explanation: { kind: decoder.kind, value }, decoder };
  }
  return null;
}

/** Lines without a name are the answer of the command that was sent; a few are known by what they look like. */
function decodeBareLine(line: string, parts: readonly CommandPart[], vendor: string | null): DecodedLine | null {
  for (const command of parts) {
    const context: LineContext = { command, vendor };
    const fitting = decodersOf(command.name).filter((decoder) => (decoder.form === 'test') === (command.form === 'test'));
    const found = firstThatKnows(fitting, (decoder) => decoder.decodeBare?.(line, context));
    if (found !== null) return found;
  }
  const event = decodePacketEvent(line);
  if (event !== null) return { explanation: { kind: 'cgev', value: event }, decoder: null };
  // ICCIDs begin with 89 (ITU-T E.118), or with 98 where the modem shows the card's file as it lies there.
  if (/^"?(?:89|98)[0-9Ff]{16,20}"?$/.test(line)) {
    return firstThatKnows(decodersOf('+CCID'), (decoder) => decoder.decodeBare?.(line, { command: null, vendor }));
  }
  if (linePrefix(line) === null && isUnsolicited(line))
    return { explanation: { kind: 'notice', value: { text: line.slice(0, 200) } }, decoder: null };
  return null;
}

function decodeFinal(final: FinalResult, parts: readonly CommandPart[]): DecodedLine {
  const isError = final.kind !== 'ok' && final.kind !== 'connect';
  if (final.kind === 'cme' || final.kind === 'cms') {
    const { code, name } = final;
    for (const part of parts) {
      for (const decoder of decodersOf(part.name)) {
        const value = decoder.decodeError?.(code) ?? null;
        if (value !== null) return { explanation: { kind: decoder.kind, value: { ...value, code, name } }, decoder };
      }
    }
    return {
      explanation: { kind: `${final.kind}-error`, value: { final: true, error: true, class: final.kind, code, name } },
      decoder: null,
    };
  }
  const value = { final: true, error: isError, class: final.kind, text: final.line };
  return { explanation: { kind: 'final-result', value }, decoder: null };
}

/** The line is a command itself, the echo of what was sent. Its arguments can hold a PIN, and say nothing of the modem. */
function decodeEcho(line: string): DecodedLine {
  const commands = parseCommandLine(line).map(({ name, form }) => ({ name, form }));
  return { explanation: { kind: 'command', value: { commands } }, decoder: null };
}
