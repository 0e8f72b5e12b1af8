/**
 * The parameters of an information response (3GPP TS 27.007 §4.1), as text without quotes. A comma inside quotes belongs to the text
 * (`"Op, Inc."`), a quote that is never closed reaches to the end, a missing value is an empty string.
 */
export function splitFields(text: string): readonly string[] {
  const fields: string[] = [];
  let start = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) quoted = !quoted;
    else if (code === comma && !quoted) {
      fields.push(fieldBetween(text, start, index));
      start = index + 1;
    }
  }
  fields.push(fieldBetween(text, start, text.length));
  return fields;
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const blank = 0x20;

/** Without the blanks around it and the quotes around that. */
function fieldBetween(text: string, start: number, end: number): string {
  if (start === end) return '';
  const first = text.charCodeAt(start);
  const last = text.charCodeAt(end - 1);
  if (first === quote && last === quote && end - start > 1) return text.slice(start + 1, end - 1);
  return isInk(first) && first !== quote && isInk(last) ? text.slice(start, end) : unquote(text.slice(start, end));
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
  const end = prefix.length;
  // Nearly every line is told apart by its first letters, without making another text of it.
  for (let index = 0; index < end; index += 1) {
    const code = line.charCodeAt(index);
    const wanted = prefix.charCodeAt(index);
    if (code !== wanted && !(wanted >= 0x41 && wanted <= 0x5a && code === wanted + 0x20)) return null;
  }
  if (line.charCodeAt(end) === colon) return trimmed(line, end + 1);
  const rest = line.slice(end).trimStart();
  return rest.startsWith(':') ? trimmed(rest, 1) : null;
}

/** The text from there on without blanks around it. */
function trimmed(text: string, from: number): string {
  let start = from;
  while (text.charCodeAt(start) === blank) start += 1;
  const rest = text.slice(start);
  return isInk(rest.charCodeAt(0)) && isInk(rest.charCodeAt(rest.length - 1)) ? rest : rest.trim();
}

/** Neither a blank nor a character of which that must be looked up. */
function isInk(code: number): boolean {
  return code > blank && code < 0x7f;
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
  if (field === undefined || field === '') return null;
  return field.length <= 10 && isDigits(field) ? Number(field) : hexNumber(field);
}

function isDigits(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

function hexNumber(field: string): number | null {
  return /^0x[0-9a-f]{1,8}$/i.test(field) ? Number.parseInt(field.slice(2), 16) : null;
}
