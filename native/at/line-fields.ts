/**
 * The parameters of an information response (3GPP TS 27.007 §4.1), as text without quotes. A comma inside quotes belongs to the text
 * (`"Op, Inc."`), a quote that is never closed reaches to the end, a missing value is an empty string.
 */
export function splitFields(text: string): readonly string[] {
  const fields: string[] = [];
  let start = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) {
      fields.push(unquote(text.slice(start, index)));
      start = index + 1;
    }
  }
  fields.push(unquote(text.slice(start)));
  return fields;
}

function unquote(field: string): string {
  const trimmed = field.trim();
  if (!trimmed.startsWith('"')) return trimmed;
  return trimmed.endsWith('"') && trimmed.length > 1 ? trimmed.slice(1, -1) : trimmed.slice(1);
}

/**
 * What stands after `+NAME:`, or null where the line has another beginning. A blank before the colon (`+GTDUALSIM : 0`) and small letters
 * are accepted.
 */
export function afterPrefix(line: string, prefix: string): string | null {
  if (line.slice(0, prefix.length).toUpperCase() !== prefix) return null;
  const rest = line.slice(prefix.length).trimStart();
  return rest.startsWith(':') ? rest.slice(1).trim() : null;
}

/** The parameters of the first line with that prefix, or null where there is none. */
export function fieldsOf(lines: readonly string[], prefix: string): readonly string[] | null {
  for (const line of lines) {
    const rest = afterPrefix(line, prefix);
    if (rest !== null) return splitFields(rest);
  }
  return null;
}

/** A whole number from 0 up, in decimal or with `0x` in hexadecimal; null for anything else. */
export function wholeNumber(field: string | undefined): number | null {
  if (field === undefined) return null;
  if (/^\d{1,10}$/.test(field)) return Number(field);
  return /^0x[0-9a-f]{1,8}$/i.test(field) ? Number.parseInt(field.slice(2), 16) : null;
}
