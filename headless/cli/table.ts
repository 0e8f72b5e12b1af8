import stringWidth from 'string-width';
import { plain, styled } from './text.ts';

/** Aligned columns. Chinese characters are two columns wide, which `length` does not know. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cleaned = rows.map((row) => row.map(plain));
  const widths = head.map((title, column) =>
    Math.max(...[head, ...cleaned].map((row) => stringWidth(row[column] ?? '')), stringWidth(title)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [styled('dim', line(head)), ...cleaned.map(line)].join('\n');
}

/** Names and values, one pair a line. */
export function pairs(entries: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...entries.map(([name]) => stringWidth(name)));
  return entries.map(([name, value]) => `${styled('dim', pad(name, width))}  ${plain(value)}`).join('\n');
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
