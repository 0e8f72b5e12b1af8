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

/** A name and its value, or its values: each of them begins a line of its own. */
export type Pair = readonly [name: string, value: string | readonly string[]];

/** Names and values, one below the other. Where the width is known, long values go on below their beginning. */
export function pairs(entries: readonly Pair[], columns: number | undefined = process.stdout.columns): string {
  const width = Math.max(0, ...entries.map(([name]) => stringWidth(name)));
  const left = columns === undefined ? Infinity : Math.max(columns - width - 2, 20);
  return entries
    .flatMap(([name, value]) =>
      [value]
        .flat()
        .flatMap((line) => wrap(plain(line), left))
        .map((line, index) => `${styled('dim', pad(index === 0 ? name : '', width))}  ${line}`),
    )
    .join('\n');
}

/** Breaks a line after spaces, and Chinese anywhere but before a closing sign. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(/(?<=[\s、，。；：\p{Script=Han}])(?![、，。；：）」])/u)) {
    if (line !== '' && stringWidth(line + part.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += part;
  }
  return [...lines, line.trimEnd()];
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
