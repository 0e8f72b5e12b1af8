import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errorCodes } from '#contract/errors.ts';

const languages = ['en', 'zh-CN'] as const;
type Language = (typeof languages)[number];
type Entries = ReadonlyMap<string, string>;

/** All strings of a file under their dotted keys. */
function read(language: Language, file: string): Entries {
  const entries = new Map<string, string>();
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') entries.set(key, value);
    else if (Array.isArray(value)) value.forEach((item, index) => walk(item, `${key}[${index}]`));
    else if (typeof value === 'object' && value !== null)
      for (const [name, inner] of Object.entries(value)) walk(inner, key === '' ? name : `${key}.${name}`);
    else throw new Error(`${file} ${key}: only strings belong into a locale`);
  };
  walk(JSON.parse(readFileSync(new URL(`./${language}/${file}`, import.meta.url), 'utf8')), '');
  return entries;
}

const pluralSuffix = /_(zero|one|two|few|many|other)$/u;
const withoutPlural = (key: string): string => key.replace(pluralSuffix, '');
const keys = (entries: Entries): readonly string[] => [...new Set([...entries.keys()].map(withoutPlural))].sort();
const placeholders = (text: string): readonly string[] => [...new Set(text.match(/\{\{\s*\w+\s*\}\}/gu) ?? [])].sort();

const files = readdirSync(new URL('./en/', import.meta.url)).filter((file) => file.endsWith('.json'));

test('both languages have the same files', () => {
  expect(readdirSync(new URL('./zh-CN/', import.meta.url)).filter((file) => file.endsWith('.json'))).toEqual(files);
  expect(files).toContain('desk.json');
  expect(files).toContain('errors.json');
});

describe.each(files)('%s', (file) => {
  const english = read('en', file);
  const chinese = read('zh-CN', file);

  test('has the same keys in both languages; plural forms are those of each language', () => {
    expect(keys(chinese)).toEqual(keys(english));
    for (const [language, entries] of [
      ['en', english],
      ['zh-CN', chinese],
    ] as const) {
      const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
      const plurals = Map.groupBy(
        [...entries.keys()].filter((key) => pluralSuffix.test(key)),
        withoutPlural,
      );
      for (const [key, forms] of plurals) {
        expect(forms.map((form) => pluralSuffix.exec(form)?.[1]).toSorted(), `${language} ${key}`).toEqual(categories);
      }
    }
  });

  test('has the same placeholders in both languages', () => {
    for (const [key, text] of chinese) {
      // The singular of English may say "tomorrow"; what counts is the form that both languages have.
      expect(placeholders(text), key).toEqual(placeholders(english.get(key) ?? ''));
    }
  });

  test('has no empty string, and no untranslated sentence in Chinese', () => {
    for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe('');
    for (const [key, text] of chinese) {
      const words =
        english
          .get(key)
          ?.replaceAll(/\{\{\s*\w+\s*\}\}/gu, '')
          .match(/[a-z]{2,}/gu) ?? [];
      if (words.length >= 3) expect(text, key).toMatch(/\p{Script=Han}/u);
    }
  });

  test('writes Chinese with full-width punctuation', () => {
    for (const [key, text] of chinese) expect(text, key).not.toMatch(/\p{Script=Han}\s*[,;:!?](?!\/)/u);
  });
});

test('every error code has its sentence and its remedy, and there is no word for a code that is gone', () => {
  for (const language of languages) {
    const expected = errorCodes.flatMap((code) => [`${code}.remedy`, `${code}.sentence`]).toSorted();
    expect([...read(language, 'errors.json').keys()].toSorted()).toEqual(expected);
  }
});
