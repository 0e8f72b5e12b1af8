import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Bench } from './figure.ts';

const root = resolve(import.meta.dirname, '../../out/renderer');

/** Files that the page loads before anything can be seen: what index.html names, and what those scripts import statically. */
function firstScreenFiles(): readonly string[] {
  const html = readFileSync(join(root, 'index.html'), 'utf8');
  const found = new Set([...html.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map((match) => join(root, match[1]!)));
  for (const file of found) {
    if (!file.endsWith('.js')) continue;
    const code = readFileSync(file, 'utf8');
    for (const match of code.matchAll(/(?:from|import)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)) found.add(resolve(dirname(file), match[1]!));
  }
  return [join(root, 'index.html'), ...found];
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 102.4) / 10;
}

export const windowBench: Bench = {
  name: 'window',
  how: 'bytes of index.html and all that it loads before the first screen, from the production build',
  async run() {
    const contents = firstScreenFiles().map((file) => readFileSync(file));
    const total = (measure: (content: Buffer) => number): number => kilobytes(contents.reduce((sum, content) => sum + measure(content), 0));
    return [
      { name: 'first screen, files', value: contents.length, unit: 'files', kind: 'count' },
      { name: 'first screen', value: total((content) => content.length), unit: 'kB', kind: 'count' },
      { name: 'first screen, gzip', value: total((content) => gzipSync(content).length), unit: 'kB', kind: 'count' },
    ];
  },
};
