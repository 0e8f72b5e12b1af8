import { answerError } from '../../answer-error.ts';
import { explainLine } from '../../explain/explain-line.ts';
import type { ExplainedFields, ExplainedValue } from '../../explain/explanation.ts';

/** What the decoder of that kind says of the first line that it knows; null where there is none. */
export function explained(lines: readonly string[] | null | undefined, command: string, kind: string): ExplainedFields | null {
  for (const line of lines ?? []) {
    const explanation = explainLine(line, { command });
    if (explanation?.kind === kind) return explanation.value;
  }
  return null;
}

/** @throws DeviceError AT_ANSWER where there is none */
export function needExplained(lines: readonly string[] | null | undefined, command: string, kind: string): ExplainedFields {
  const value = explained(lines, command, kind);
  if (value === null) throw answerError(command.slice(2), lines ?? []);
  return value;
}

/** The texts of a list; others are left out. */
export function texts(value: ExplainedValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.flatMap((one: ExplainedValue) => (typeof one === 'string' ? [one] : [])) : [];
}

/** The records of a list. */
export function records(value: ExplainedValue | undefined): readonly ExplainedFields[] {
  return Array.isArray(value) ? value.map((one: ExplainedValue) => record(one)) : [];
}

export function record(value: ExplainedValue | undefined): ExplainedFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as ExplainedFields) : {};
}
