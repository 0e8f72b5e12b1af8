import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lineDecoders } from '#native/at/explain/decoders.ts';
import { explainLine } from '#native/at/explain/explain-line.ts';
import { explainedText } from './explained-text.ts';
import { createWords } from './words.ts';

const languages = ['en', 'zh-CN'] as const;

describe('explainedText', () => {
  it.each(languages)('has words in %s for every line that is known, and for no other', (language) => {
    const words = createWords(language);
    const kinds = [...new Set(lineDecoders.map(({ kind }) => kind)), 'command', 'final-result', 'cme-error', 'cms-error', 'notice'];
    expect(kinds.filter((kind) => words.find(`at.kind.${kind}`) === null)).toEqual([]);
    const file = JSON.parse(readFileSync(new URL(`../../resources/locales/${language}/cli.json`, import.meta.url), 'utf8')) as {
      readonly at: { readonly kind: object };
    };
    expect(Object.keys(file.at.kind).filter((kind) => !kinds.includes(kind))).toEqual([]);
  });

  it('names what was said and leaves out what was not', () => {
    const words = createWords('en');
    const line = '+COPS: (1,"One","","00101",7)';
    expect(
      explainedText(words, line, explainLine(line))
        .split('\n')
        .map((text) => text.trimEnd()),
    ).toEqual([
      line,
      '  Networks that were found',
      '    networks[0].status        available',
      '    networks[0].operatorLong  One',
      '    networks[0].operatorCode  00101',
      '    networks[0].act           7',
      '    networks[0].accessTech    lte',
    ]);
    expect(explainedText(words, 'x\u{1B}[2J', null)).toBe('x\u{FFFD}[2J\n  Nothing is known of this line.');
  });
});
