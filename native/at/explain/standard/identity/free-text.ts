import type { ExplainedFields, LineDecoder } from '../../explanation.ts';

function text(line: string): string | null {
  const words = line
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
  return words === '' ? null : words.slice(0, 200);
}

/** The answer is free text, with or without the command's name in front. */
export function freeText(kind: string, field: string, names: readonly string[], specification: string): LineDecoder {
  const decode = (line: string): ExplainedFields | null => {
    const words = text(line);
    return words === null ? null : { [field]: words };
  };
  return { kind, names, specification, decode, decodeBare: decode };
}
