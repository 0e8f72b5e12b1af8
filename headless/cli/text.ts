/** How values are written for people. Dates, money and numbers only through `Intl`. */
import { styleText } from 'node:util';
import type { Money } from '#contract/common.ts';
import type { Words } from './words.ts';

/** What devices and services call things must not steer the terminal. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu, '\u{FFFD}');
}

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow';
/** Colour only where the stream is a terminal and the person did not set NO_COLOR. */
export function styled(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return styleText(style, text, { stream });
}

export function formatDate(words: Words, instant: string | null): string {
  return instant === null
    ? words.say('value.none')
    : new Intl.DateTimeFormat(words.language, { dateStyle: 'long' }).format(new Date(instant));
}

export function formatTime(words: Words, instant: string | null): string {
  if (instant === null) return words.say('value.none');
  return new Intl.DateTimeFormat(words.language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
}

/** The time of day, with seconds. */
export function formatClock(words: Words, instant: string): string {
  return new Intl.DateTimeFormat(words.language, { timeStyle: 'medium' }).format(new Date(instant));
}

export function formatMoney(words: Words, { amountMinor, currency }: Money): string {
  const format = new Intl.NumberFormat(words.language, { style: 'currency', currency });
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** Bytes in the decimal units in which plans are sold. */
export function formatBytes(words: Words, bytes: number | null): string {
  if (bytes === null) return words.say('value.none');
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const step = Math.min(Math.max(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 0), units.length - 1);
  return new Intl.NumberFormat(words.language, { style: 'unit', unit: units[step] ?? 'byte', maximumFractionDigits: 1 }).format(
    bytes / 1000 ** step,
  );
}

export function formatNumber(words: Words, value: number | null): string {
  return value === null ? words.say('value.none') : new Intl.NumberFormat(words.language).format(value);
}

/** Share of a whole. */
export function formatPercent(words: Words, part: number, whole: number): string {
  return new Intl.NumberFormat(words.language, { style: 'percent' }).format(whole === 0 ? 1 : part / whole);
}

export function formatList(words: Words, names: readonly string[]): string {
  return names.length === 0 ? words.say('value.none') : names.join(words.say('value.separator'));
}

/** Things said of the same, one after the other. */
export function joinPhrases(words: Words, phrases: readonly string[]): string {
  return phrases.join(words.say('value.phraseSeparator'));
}

export function orNone(words: Words, text: string | null | undefined): string {
  return text === null || text === undefined || text === '' ? words.say('value.none') : plain(text);
}
