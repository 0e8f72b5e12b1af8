/** What the terminal says, in the language of the person. */
import { readFileSync } from 'node:fs';
import type { Language } from '#contract/common.ts';
import type { ErrorCode } from '#contract/errors.ts';

export type WordValues = Readonly<Record<string, string | number>>;

export type Words = {
  readonly language: Language;
  /** From now on everything is said in another language. */
  speak(language: Language): void;
  /**
   * The text under a dotted key of `cli.json`, with its `{{placeholders}}` filled in. `count` chooses the plural form.
   * @throws Error for a key that does not exist: a defect that a test finds
   */
  say(key: string, values?: WordValues): string;
  error(code: ErrorCode): { readonly sentence: string; readonly remedy: string };
};

type Entries = { readonly [name: string]: string | Entries };

export function createWords(first: Language): Words {
  let language = first;
  const files = new Map<string, Entries>();
  const file = (name: 'cli' | 'errors'): Entries => {
    const path = `../../resources/locales/${language}/${name}.json`;
    const known = files.get(path);
    if (known !== undefined) return known;
    const read = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Entries;
    files.set(path, read);
    return read;
  };
  const find = (name: 'cli' | 'errors', key: string): string | null => {
    let found: string | Entries | undefined = file(name);
    for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined;
    return typeof found === 'string' ? found : null;
  };
  return {
    get language() {
      return language;
    },
    speak(next) {
      language = next;
    },
    say(key, values = {}) {
      const { count } = values;
      const plural = typeof count === 'number' ? find('cli', `${key}_${new Intl.PluralRules(language).select(count)}`) : null;
      const text = plural ?? find('cli', key);
      if (text === null) throw new Error(`no words for ${key}`);
      return text.replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => String(values[name] ?? ''));
    },
    error(code) {
      return { sentence: find('errors', `${code}.sentence`) ?? code, remedy: find('errors', `${code}.remedy`) ?? '' };
    },
  };
}
