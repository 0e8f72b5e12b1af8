import { splitFields } from '../line-fields.ts';
import type { ExplainedFields, ExplainedValue } from './explanation.ts';

/** Reads one parameter; null where it is absent or something else. */
export type Reader = (text: string) => ExplainedValue;

export type NamedReader = readonly [field: string, read: Reader];

/** A whole number from 0 up. Leading zeros and `0x` are accepted, sixteen digits are the most that a number can hold. */
export function whole(text: string): number | null {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  return /^0x[0-9a-f]{1,13}$/i.test(text) ? Number.parseInt(text.slice(2), 16) : null;
}

/** A whole number with or without a sign. */
export function signed(text: string): number | null {
  return /^[-+]?\d{1,15}$/.test(text) ? Number(text) : null;
}

/** A number with decimals. */
export function decimal(text: string): number | null {
  return /^[-+]?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : null;
}

/** Text; an empty one counts as absent. */
export function word(text: string): string | null {
  return text === '' ? null : text;
}

/** 1 or 0. */
export function flag(text: string): boolean | null {
  return text === '1' ? true : text === '0' ? false : null;
}

/** Hexadecimal digits in capitals, with or without `0x` in front. */
export function hexDigits(text: string): string | null {
  const digits = text.replace(/^0x/i, '');
  return /^[0-9A-Fa-f]{1,16}$/.test(digits) ? digits.toUpperCase() : null;
}

/** The number that hexadecimal digits stand for; null where there are more than a number holds exactly. */
export function hexNumber(text: string): number | null {
  const digits = hexDigits(text)?.replace(/^0+(?=.)/, '');
  return digits === undefined || digits.length > 13 ? null : Number.parseInt(digits, 16);
}

/** A number that chooses a name; the names stand at their numbers. */
export function choice(names: readonly (string | null)[]): (text: string) => string | null {
  return (text) => {
    const index = whole(text);
    return index === null ? null : (names[index] ?? null);
  };
}

/** A number that chooses a name out of few that lie far apart. */
export function chosen(names: Readonly<Record<number, string>>): (text: string) => string | null {
  return (text) => {
    const index = whole(text);
    return index === null ? null : (names[index] ?? null);
  };
}

/** A number in the range, turned into a unit; null for 99, 255 and whatever else stands for "not known". */
export function scaled(lowest: number, highest: number, turn: (index: number) => number): (text: string) => number | null {
  return (text) => {
    const index = signed(text);
    return index === null || index < lowest || index > highest ? null : turn(index);
  };
}

/** Parameters by their place. Null where one of the first `required` is absent; what follows may be. */
export function readFields(rest: string, readers: readonly NamedReader[], required = 1): ExplainedFields | null {
  return namedFields(splitFields(rest), readers, required);
}

/** The same for fields that are already apart. */
export function namedFields(fields: readonly string[], readers: readonly NamedReader[], required = 1): ExplainedFields | null {
  const value: Record<string, ExplainedValue> = {};
  for (const [index, [name, read]] of readers.entries()) {
    value[name] = read(fields[index] ?? '');
    if (index < required && value[name] === null) return null;
  }
  return value;
}
