import { looksLikeEcho } from '../classify-line.ts';
import { parseFinalResult } from '../final-result.ts';
import { decodersOf, lineDecoders } from './decoders.ts';
import { contextOf, decodeLine, type ExplainContext } from './explain-line.ts';
import type { ExplainedFields, ExplainedValue, Explanation, LineDecoder } from './explanation.ts';

/** Explains the lines of a modem one after the other. */
export type Explainer = {
  /**
   * Null where nothing is known of the line. `continues`: it belongs to the line before and says both lines' meaning. `specification`: what defines
   * the line, where one command's answer does.
   */
  explain(line: string): { readonly explanation: Explanation | null; readonly continues: boolean; readonly specification: string | null };
};

/** A text over more lines than this is not one: a quote got lost. */
const mostLines = 64;
const longestText = 16_384;

type Open = {
  readonly decoder: LineDecoder;
  readonly explanation: Explanation;
  /** All the lines of a text between quotes that is not at its end yet. */
  readonly text: string | null;
  readonly lines: number;
};

/**
 * Remembers what a line can need of those before it: the command, which the echo tells where the caller does not know it, a message whose PDU or
 * text follows, a text that goes on. What it keeps is bounded.
 */
export function createExplainer(given: ExplainContext = {}): Explainer {
  let context = contextOf(given);
  let open: Open | null = null;

  function goesOn(line: string): Explanation | null {
    if (open === null || open.lines >= mostLines) return null;
    const { decoder, explanation, text, lines } = open;
    if (text !== null) {
      const longer = `${text}\n${line}`;
      const decoded = longer.length > longestText ? null : decodeLine(longer, context);
      if (decoded?.decoder !== decoder) return null;
      open = { decoder, explanation: decoded.explanation, text: isUnfinished(longer) ? longer : null, lines: lines + 1 };
      return decoded.explanation;
    }
    const value = decoder.body?.(explanation.value, line) ?? null;
    if (value === null) return null;
    const longer = { kind: explanation.kind, value };
    open = { decoder, explanation: longer, text: null, lines: lines + 1 };
    return longer;
  }

  return {
    explain(raw) {
      const line = raw.trim();
      if (open?.text === null && (parseFinalResult(line) !== null || startsAnother(line))) open = null;
      const further = goesOn(line);
      if (further !== null) return { explanation: further, continues: true, specification: open?.decoder.specification ?? null };
      if (given.command === undefined && looksLikeEcho(line)) context = contextOf({ ...given, command: line });
      const decoded = decodeLine(line, context);
      const decoder = decoded?.decoder ?? null;
      const text = decoder?.spansLines === true && isUnfinished(line) ? line : null;
      open =
        decoded !== null && decoder !== null && (text !== null || decoder.body !== undefined)
          ? { decoder, explanation: decoded.explanation, text, lines: 1 }
          : null;
      return { explanation: decoded?.explanation ?? null, continues: false, specification: decoder?.specification ?? null };
    },
  };
}

/** A quote is open at the end. */
function isUnfinished(text: string): boolean {
  return (text.split('"').length - 1) % 2 === 1;
}

/** A line with a name that is known is no text of the message before it. */
function startsAnother(line: string): boolean {
  const name = /^([-+^#%!*$][A-Za-z]\w{0,20})\s*:/.exec(line)?.[1]?.toUpperCase();
  return name !== undefined && decodersOf(name).length > 0;
}

/**
 * What the lines of an answer say together: the entries of a list in one explanation, lines that stand for themselves each in its own, in the
 * order in which they came.
 */
export function explainAnswer(lines: readonly string[], given: ExplainContext = {}): readonly Explanation[] {
  const explainer = createExplainer(given);
  const found: { readonly kind: string; readonly values: ExplainedFields[] }[] = [];
  for (const line of lines) {
    const { explanation, continues } = explainer.explain(line);
    if (explanation === null) continue;
    const { kind, value } = explanation;
    const before = found.findLast((one) => one.kind === kind);
    if (before !== undefined && continues) before.values.pop();
    if (before !== undefined && (continues || joins(kind, value))) before.values.push(value);
    else found.push({ kind, values: [value] });
  }
  for (const part of contextOf(given).parts) {
    for (const { kind, form, empty } of decodersOf(part.name)) {
      const isAsked = (form === 'test') === (part.form === 'test');
      if (isAsked && empty !== undefined && !found.some((one) => one.kind === kind)) found.push({ kind, values: [empty] });
    }
  }
  return found.map(({ kind, values }) => ({ kind, value: values.reduce((before, further) => merged(kind, before, further)) }));
}

function decoderOfKind(kind: string): LineDecoder | undefined {
  return lineDecoders.find((decoder) => decoder.kind === kind);
}

/** Whether the line is one of several that make a whole. */
function joins(kind: string, value: ExplainedFields): boolean {
  const lists = Object.values(value).filter((field) => Array.isArray(field));
  return decoderOfKind(kind)?.merge !== undefined || (lists.length === 1 && Object.keys(value).length === 1);
}

function merged(kind: string, before: ExplainedFields, further: ExplainedFields): ExplainedFields {
  const own = decoderOfKind(kind)?.merge?.(before, further);
  if (own !== undefined) return own;
  const value: Record<string, ExplainedValue> = { ...before };
  for (const [name, now] of Object.entries(further)) {
    const then = value[name];
    value[name] = Array.isArray(then) && Array.isArray(now) ? [...then, ...now] : now;
  }
  return value;
}
